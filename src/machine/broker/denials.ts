/** What components asked for and do not hold: counted for each, the last few kept with what to write. In memory, bounded. */
import type { Json } from '#kernel';

export interface Denial {
  /** `operation/placeOrder`. */
  readonly component: string;
  /** What was asked: `customer.email read`. */
  readonly asked: string;
  readonly why: string;
  /** What would have to stand in the contract; null where no contract could allow it. */
  readonly write: string | null;
}
export interface DenialCount {
  readonly component: string;
  readonly count: number;
  readonly last: readonly (Denial & { readonly at: number })[];
}
export interface Denials {
  add(denial: Denial): void;
  of(component: string): DenialCount;
  all(): readonly DenialCount[];
}
const [mostComponents, mostKept] = [1_000, 10];

export function openDenials(clock: () => number, log: (entry: { readonly [key: string]: Json }) => void): Denials {
  const counts = new Map<string, DenialCount>();
  const of = (component: string): DenialCount => counts.get(component) ?? { component, count: 0, last: [] };
  return {
    of,
    all: () => [...counts.values()],
    add: (denial) => {
      const { count, last } = of(denial.component);
      // The first of a component is told at once; after that each tenfold, so that a flood of asks is no flood of lines.
      if (/^10*$/.test(String(count + 1))) log({ kind: 'denied', ...denial, count: count + 1 });
      const oldest = counts.keys().next().value;
      if (!counts.has(denial.component) && counts.size >= mostComponents && oldest !== undefined) counts.delete(oldest);
      counts.set(denial.component, {
        component: denial.component,
        count: count + 1,
        last: [...last, { ...denial, at: clock() }].slice(-mostKept),
      });
    },
  };
}
