/**
 * Budgets in memory, with real arithmetic: what is reserved and what was spent may together not pass the budget. For benches and tests
 * of what calls models; it prices each token at one unit.
 */
import type { Spent, Tokens } from '#change';
import { refuse } from '#kernel';
import type { Intended, Spending } from '#ports';

export interface CountedSpending extends Spending {
  readonly spent: () => number;
  /** Held back for calls that are under way. */
  readonly held: () => number;
  readonly records: readonly Spent[];
  readonly reservations: () => number;
}

export function countedSpending(budget: number = Number.POSITIVE_INFINITY): CountedSpending {
  const open = new Map<string, { readonly intended: Intended; readonly units: number }>();
  const settled = new Map<string, Spent>();
  let spent = 0;
  let next = 0;
  const unitsOf = ({ input, output }: Tokens): number => input + output;
  const held = (): number => [...open.values()].reduce((sum, { units }) => sum + units, 0);
  return {
    spent: () => spent,
    held,
    reservations: () => next,
    get records() {
      return [...settled.values()];
    },
    reserve: async (intended) => {
      const units = unitsOf(intended.tokens);
      const left = budget - spent - held();
      if (units > left)
        return refuse('over-budget', `The budget has ${Math.max(0, left)} tokens left, and the call may use ${units}.`, {
          budget,
          left,
          units,
        });
      const id = `r${++next}`;
      open.set(id, { intended, units });
      return { id };
    },
    settle: async ({ id }, tokens, wallMs) => {
      const known = settled.get(id);
      if (known !== undefined) return known;
      const reserved = open.get(id);
      if (reserved === undefined) throw new TypeError(`nothing was reserved as ${id}`);
      open.delete(id);
      spent += tokens === null ? reserved.units : unitsOf(tokens);
      const { phase, provider, model } = reserved.intended;
      const record: Spent = { phase, provider, model, tokens, usd: null, prices: 'tokens alone', energyWh: null, wallMs };
      settled.set(id, record);
      return record;
    },
  };
}
