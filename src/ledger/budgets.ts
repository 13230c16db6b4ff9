/**
 * Whether a call of a model may be made: what was spent and what is held back for calls under way, with what this call may cost
 * at most, against each budget. Pure; whoever asks holds a lock, so that two calls cannot both take what is left.
 */
import { type Budget, type Budgets, type Json, refuse, type Refusal } from '#kernel';

export type BudgetPeriod = keyof Budgets;
/** US dollars and tokens, input and output together. `usd` null: some of it is unknown. */
export interface Amount {
  readonly usd: number | null;
  readonly tokens: number;
}

const names: { readonly [Period in BudgetPeriod]: string } = { change: 'this change', day: 'today', month: 'this month' };

export function withinBudgets(budgets: Budgets, used: { readonly [Period in BudgetPeriod]: Amount }, call: Amount): Refusal | null {
  for (const period of ['change', 'day', 'month'] as const) {
    const over = overBudget(budgets[period], used[period], call);
    if (over === null) continue;
    const evidence: { [name: string]: Json } = {
      budget: period,
      limit: { ...budgets[period] },
      used: { ...used[period] },
      call: { ...call },
    };
    return refuse(
      'over-budget',
      `The next call of a model may cost ${said(call)}, and ${names[period]} may spend ${limitOf(budgets[period])}, of which ${said(used[period])} is spent or held back: ${over}. The call was not made and nothing was changed.`,
      evidence,
    );
  }
  return null;
}

/** A price that is unknown counts as no money: a budget of tokens must bound it, or the call is not made. */
function overBudget(budget: Budget, used: Amount, call: Amount): string | null {
  if (budget.tokens !== undefined && used.tokens + call.tokens > budget.tokens) return 'the tokens would pass it';
  if (budget.usd === undefined) return null;
  if (call.usd === null)
    return budget.tokens === undefined ? 'what this model costs is unknown: state its price in models.json, or a budget in tokens' : null;
  return (used.usd ?? 0) + call.usd > budget.usd ? 'the money would pass it' : null;
}

const dollars = (usd: number): string => `${usd < 0.01 && usd > 0 ? usd.toPrecision(2) : usd.toFixed(2)} US dollars`;
const said = ({ usd, tokens }: Amount): string => `${usd === null ? 'an unknown sum' : dollars(usd)} (${tokens} tokens)`;
const limitOf = ({ usd, tokens }: Budget): string =>
  [...(usd === undefined ? [] : [dollars(usd)]), ...(tokens === undefined ? [] : [`${tokens} tokens`])].join(' and ');
