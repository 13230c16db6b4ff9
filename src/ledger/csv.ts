/** The ledger as CSV (RFC 4180): a line a phase and a call of a model. Text that a spreadsheet would take for a formula is quoted so that it does not. */
import type { ChangeCost } from './totals.ts';

const columns = [
  'change',
  'at',
  'request',
  'outcome',
  'generator',
  'kind',
  'phase',
  'provider',
  'model',
  'inputTokens',
  'cachedTokens',
  'outputTokens',
  'reasoningTokens',
  'usd',
  'prices',
  'energyWhFrom',
  'energyWhTo',
  'cpuMs',
  'wallMs',
] as const;

export function csvOf(changes: readonly ChangeCost[]): string {
  const lines = changes.flatMap((change) => {
    const own = [change.change, change.at, change.request, change.outcome, change.generator];
    return [
      ...change.phases.map((phase) => [...own, 'phase', phase.phase, '', '', '', '', '', '', '', '', '', '', phase.cpuMs, phase.wallMs]),
      ...change.calls.map((call) => [
        ...own,
        'call',
        call.phase,
        call.provider,
        call.model,
        call.tokens?.input ?? 'unknown',
        call.tokens?.cached ?? 'unknown',
        call.tokens?.output ?? 'unknown',
        call.tokens?.reasoning ?? 'unknown',
        call.usd ?? 'unknown',
        call.prices,
        call.energyWh?.from ?? 'unknown',
        call.energyWh?.to ?? 'unknown',
        '',
        call.wallMs,
      ]),
    ];
  });
  return [columns, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
