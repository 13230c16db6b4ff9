/** What a change has spent on models so far, added up from its events by model and phase, and said in words. What is unknown is never shown as nothing. Pure. */
import type { Budget, ChangeEvent, Spent } from './resources.ts';

export interface Spending {
  readonly calls: number;
  /** US dollars of the calls whose price is known. */
  readonly usd: number;
  readonly withoutPrice: number;
  /** Input and output of the calls whose figures are known. */
  readonly input: number;
  readonly output: number;
  readonly withoutTokens: number;
}
export interface SpendingLine extends Spending {
  readonly phase: Spent['phase'];
  readonly provider: string;
  readonly model: string;
}

export function spendingOf(events: readonly ChangeEvent[]): { readonly total: Spending; readonly lines: readonly SpendingLine[] } {
  const spent = events.flatMap((event) => (event.kind === 'spent' ? [event.spent] : []));
  const groups = Map.groupBy(spent, ({ phase, provider, model }) => JSON.stringify([phase, provider, model]));
  const lines = [...groups.values()].flatMap((calls): readonly SpendingLine[] => {
    const [first] = calls;
    return first === undefined ? [] : [{ phase: first.phase, provider: first.provider, model: first.model, ...added(calls) }];
  });
  return { total: added(spent), lines };
}

function added(calls: readonly Spent[]): Spending {
  const sum = (of: (call: Spent) => number): number => calls.reduce((total, call) => total + of(call), 0);
  return {
    calls: calls.length,
    usd: sum(({ usd }) => usd ?? 0),
    withoutPrice: calls.filter(({ usd }) => usd === null).length,
    input: sum(({ tokens }) => tokens?.input ?? 0),
    output: sum(({ tokens }) => tokens?.output ?? 0),
    withoutTokens: calls.filter(({ tokens }) => tokens === null).length,
  };
}

const counts = new Intl.NumberFormat('en');
/** 1,234,567: figures of the product itself are written as its words are. */
export const countText = (count: number): string => counts.format(count);
export const dollars = (usd: number): string => `$${usd > 0 && usd < 0.01 ? usd.toPrecision(2) : usd.toFixed(2)}`;

export function moneyText({ calls, usd, withoutPrice }: Pick<Spending, 'calls' | 'usd' | 'withoutPrice'>): string {
  if (calls === 0) return 'nothing';
  if (withoutPrice === calls) return 'unknown';
  return withoutPrice === 0 ? dollars(usd) : `${dollars(usd)}, and unknown for ${withoutPrice} of ${calls} calls`;
}

export function tokensText({
  calls,
  input,
  output,
  withoutTokens,
}: Pick<Spending, 'calls' | 'input' | 'output' | 'withoutTokens'>): string {
  if (calls > 0 && withoutTokens === calls) return 'unknown';
  const known = `${countText(input)} in, ${countText(output)} out`;
  return withoutTokens === 0 ? known : `${known}, and unknown for ${withoutTokens} of ${calls} calls`;
}

export function budgetText({ usd, tokens }: Budget): string {
  const limits = [...(usd === undefined ? [] : [dollars(usd)]), ...(tokens === undefined ? [] : [`${countText(tokens)} tokens`])];
  return limits.length === 0 ? 'unbounded' : limits.join(' and ');
}

/** How much of its budget is spent, from 0 to 1, by whatever is nearer to its end; null where that cannot be said. */
export function shareSpent(total: Spending, { usd, tokens }: Budget): number | null {
  const shares = [
    ...(usd === undefined || usd === 0 || total.withoutPrice > 0 ? [] : [total.usd / usd]),
    ...(tokens === undefined || tokens === 0 || total.withoutTokens > 0 ? [] : [(total.input + total.output) / tokens]),
  ];
  return shares.length === 0 ? null : Math.min(1, Math.max(...shares));
}
