/**
 * The ledger against what is known from outside: tokens and money against what the endpoint told, processor time of the gates against
 * what the operating system counts for this process and all that it started, the database's programs left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { priceList } from '#adapters/price-list';
import { openSpending } from '#adapters/spending';
import type { ChangeEvent } from '#change';
import { isRefusal } from '#kernel';
import type { Spending } from '#ports';
import type { Works } from '../../test/pipeline/workshop.ts';
import { type CountedSpending, countedSpending } from './counted-spending.ts';
import type { Endpoint } from './scripted-endpoint.ts';

/** US dollars a million tokens, of the model that is played. */
const price = { input: 3, cached: 0.3, output: 15 };
export const played = { provider: 'openai-compatible', model: 'scripted' } as const;

export interface Booked {
  readonly spending: Spending;
  /** The same calls by sums of our own. */
  readonly counted: CountedSpending;
  close(): Promise<void>;
}
/** The real budgets and ledger, which decide; beside them the same is counted by simple sums. */
export async function bookedSpending(works: Works, budget: number | undefined): Promise<Booked> {
  const change = budget === undefined ? {} : { tokens: budget };
  const real = await openSpending({
    databaseUrl: works.workshopUrl,
    prices: priceList([{ ...played, ...price }]),
    policy: async () => ({ budgets: { change, day: {}, month: {} }, timeZone: 'UTC' }),
  });
  const counted = countedSpending();
  const beside = new Map<string, string>();
  return {
    counted,
    close: () => real.close(),
    spending: {
      reserve: async (intended) => {
        const reserved = await real.reserve(intended);
        if (isRefusal(reserved)) return reserved;
        const own = await counted.reserve(intended);
        if (!isRefusal(own)) beside.set(reserved.id, own.id);
        return reserved;
      },
      settle: async (reservation, tokens, wallMs) => {
        const own = beside.get(reservation.id);
        if (own !== undefined) await counted.settle({ id: own }, tokens, wallMs);
        return real.settle(reservation, tokens, wallMs);
      },
    },
  };
}

/** How far the ledger's tokens and money of a change are from what the endpoint told: the larger, as a share; null where it told nothing. */
export async function tokensOff(works: Works, change: string, { told }: Endpoint): Promise<number | null> {
  if (told.input + told.output === 0) return null;
  const [row] = await works.query(
    `select coalesce(sum((tokens->>'input')::bigint), 0)::float8 as input, coalesce(sum((tokens->>'cached')::bigint), 0)::float8 as cached,
      coalesce(sum((tokens->>'output')::bigint), 0)::float8 as output, coalesce(sum(usd), 0)::float8 as usd from theseus.spending where change = '${change}'`,
  );
  const usd = ((told.input - told.cached) * price.input + told.cached * price.cached + told.output * price.output) / 1_000_000;
  return Math.max(
    ...(['input', 'cached', 'output'] as const).map((kind) => off(Number(row?.[kind]), told[kind])),
    off(Number(row?.['usd']), usd),
  );
}
const off = (seen: number, told: number): number => (seen === told ? 0 : Math.abs(seen - told) / Math.max(told, 1e-9));

/** Hears when gates begin and end, and reads the clocks of processes then. */
export interface GateClock {
  hear(event: ChangeEvent): void;
  /** Milliseconds of the gates of a change. */
  of(change: string): number;
}
export function gateClock(): GateClock {
  const began = new Map<string, number>();
  const took = new Map<string, number>();
  return {
    hear: (event) => {
      if (event.kind !== 'step' || event.step !== 'gate') return;
      const now = processorMsOfAll();
      if (event.state === 'started') began.set(event.change, now);
      else took.set(event.change, (took.get(event.change) ?? 0) + now - (began.get(event.change) ?? now));
    },
    of: (change) => took.get(change) ?? 0,
  };
}
export async function gatesInLedger(works: Works, change: string): Promise<number> {
  const [row] = await works.query(
    `select coalesce(sum(cpu_ms), 0)::float8 as ms from theseus.ledger where change = '${change}' and phase like 'gate%'`,
  );
  return Number(row?.['ms']);
}

/** Of this process and its descendants, ended ones included. A tick of the operating system is 10 ms. */
function processorMsOfAll(pid: number = process.pid): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    if (name === 'postgres') return 0;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const own = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * 10;
    return childrenOf(pid).reduce((sum, child) => sum + processorMsOfAll(child), own);
  } catch {
    return 0;
  }
}
const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
