/** What a change may alter. Everything outside must be shown equal. A field of the signed formats from the first day. */
import type { ComponentKind } from './contract.ts';
import type { Expression } from './rule-ir.ts';

export interface Scope {
  /** Components that may be added, changed or removed, as `kind/name`. */
  readonly components: readonly `${ComponentKind}/${string}`[];
  /** Contract members that may differ, as `kind/name#member` (`entity/invoice#field/dueDate`). */
  readonly members: readonly string[];
  /** For a rule: the region of its inputs, as a person reads it; empty where the whole rule is new. */
  readonly region?: string;
  /** The same by component, `rule/discount` or `entity/order#field/total`, as a formula over its row: where it does not hold, nothing may differ. */
  readonly regions?: { readonly [component: string]: Expression };
}
