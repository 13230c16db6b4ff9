/** /_theseus/cost: what changes cost in tokens, money, energy and time, added up, as JSON or CSV, and what it comes to against conventional work. */
import { isRefusal, type JsonObject, refuse, type Refusal } from '#kernel';
import {
  assumedOwnership,
  byModelAndPhase,
  csvOf,
  energyMethod,
  energyTableDate,
  type OwnershipInput,
  ownershipOf,
  totalOf,
} from '#ledger';
import { safeHeaders } from '../answers.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

/** Figures of the owner's own, as query parameters of the same names. */
const figures = [
  'conventionalHours',
  'hourlyRate',
  'minutesAChange',
  'askersRate',
  'monthly',
  'coreHour',
  'kilowattHour',
  'ownHardwareMonthly',
] as const;
const most = 100_000;
const month = 365.25 / 12;

export const costRoutes = ({ reads, settings, clock }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'cost',
    need: 'steer',
    query: ['change', 'since', 'until', 'limit', 'format', ...figures],
    run: async ({ query }) => {
      const limit = numberOf(query, 'limit', 1_000, most);
      if (isRefusal(limit)) return limit;
      const since = instantOf(query, 'since');
      const until = instantOf(query, 'until');
      const input = ownershipInput(query);
      for (const read of [since, until, input]) if (isRefusal(read)) return read;
      if (isRefusal(since) || isRefusal(until) || isRefusal(input)) return refuse('invalid', 'The query cannot be read.');
      const format = query.get('format') ?? 'json';
      if (format !== 'json' && format !== 'csv')
        return refuse('invalid', 'format is json or csv.', { fields: { format: 'must be json or csv' } });
      const changes = await reads.costs({ since, until, change: query.get('change'), limit });
      if (format === 'csv')
        return new Response(csvOf(changes), {
          headers: {
            ...safeHeaders,
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="theseus-cost.csv"',
            'cache-control': 'no-store',
          },
        });
      const total = totalOf(changes);
      const first = Date.parse(since ?? changes.at(-1)?.at ?? new Date(clock()).toISOString());
      const last = until === null ? clock() : Date.parse(until);
      const months = Math.max(1, (last - first) / 86_400_000 / month);
      return ok({
        items: changes,
        next: null,
        total,
        byModel: byModelAndPhase(changes),
        energy: { method: energyMethod, table: energyTableDate },
        budgets: settings()?.policy.budgets ?? null,
        ownership: ownershipOf(total, months, input),
      });
    },
  },
];

function instantOf(query: URLSearchParams, name: 'since' | 'until'): string | null | Refusal {
  const text = query.get(name);
  if (text === null) return null;
  const at = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    return refuse('invalid', `${name} must be a date or an instant, such as 2026-01-31 or 2026-01-31T08:00:00Z.`, {
      fields: { [name]: 'must be a date or an instant' },
    });
  return new Date(at).toISOString();
}

function ownershipInput(query: URLSearchParams): OwnershipInput | Refusal {
  const wrong: { [name: string]: string } = {};
  let input = assumedOwnership;
  for (const name of figures) {
    const text = query.get(name);
    if (text === null) continue;
    if (/^\d{1,9}(?:\.\d{1,6})?$/.test(text)) input = { ...input, [name]: { value: Number(text), from: 'stated' } };
    else wrong[name] = 'must be a number from 0 on';
  }
  const evidence: JsonObject = { fields: wrong };
  return Object.keys(wrong).length === 0
    ? input
    : refuse('invalid', `These figures are no numbers: ${Object.keys(wrong).join(', ')}.`, evidence);
}
