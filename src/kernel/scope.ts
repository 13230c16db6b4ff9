/** What a change may alter. Everything outside must be shown equal. A field of the signed formats from the first day. */
import type { ComponentKind } from './contract.ts';
import type { Expression } from './rule-ir.ts';

export interface Scope {
  /** Components that may be added, changed or removed, as `kind/name`. */
  readonly components: readonly `${ComponentKind}/${string}`[];
  /** Contract members that may differ, as `kind/name#member` (`entity/invoice#field/dueDate`). */
  readonly members: readonly string[];
  /** Components that stay as they are, and that what the change alters may come to for whoever reaches it. */
  readonly reaches?: readonly string[];
  /** Earlier examples and properties that may be altered or taken out: `entity/order#its name`, or all that stand beside a component. Left out: those beside `components`. */
  readonly tests?: readonly string[];
  /** What of the stored rows `components` may read and write that they did not before: `order update`, or `order` for all of it; `order.salary read` of a sensitive field. Left out: what they declare. */
  readonly data?: readonly string[];
  /** For which rows formulas may give something else, as a person reads it; left out where none is stated. */
  readonly region?: string;
  /**
   * The same by formula, `rule/discount` or `entity/order#field/total`, as a condition over its row: where it does not hold, nothing may
   * differ. As it is written, `order.total > money('500.00')`, in the names of the candidate; or read already.
   */
  readonly regions?: { readonly [formula: string]: Expression | string };
}

/** What somebody can do in a generation and could not in the one before: decided by the machine over all contracts. */
export interface NewGrant {
  /** A role, `anyone`, or the clock. */
  readonly who: string;
  /** `update product`, `read customer.credit`. */
  readonly what: string;
  /** "viewer can update product: viewer calls operation/x, which emits paid, at which reaction/y runs, which updates product". */
  readonly statement: string;
  readonly path: readonly string[];
  /** The component that does it, as `kind/name`; of plain writes and reads the entity. */
  readonly doer: string;
  /** Components that opened the way: what signs somebody in, access rules that are others. */
  readonly openers: readonly string[];
}
/** How a scope names theseus.json. */
export const settingsMember = 'settings';

/** Adding is free: this is of what was there. */
export const mayAlterTest = (test: string, { components, tests = components }: Scope): boolean =>
  tests.some((allowed) => test === allowed || (!allowed.includes('#') && test.startsWith(`${allowed}#`)));
export const mayTouch = (access: string, { data }: Scope): boolean =>
  data === undefined || data.some((allowed) => access === allowed || access.startsWith(`${allowed} `));

/** A grant was asked for where the change may alter what does it or what opened the way, says that it comes to it, or says who may do what at all. */
export const wasAsked = ({ doer, openers }: NewGrant, { components, members, reaches = [] }: Scope): boolean =>
  members.includes(settingsMember) || reaches.includes(doer) || components.some((allowed) => allowed === doer || openers.includes(allowed));

/** Whether a scope says for which rows a formula may give something else; "for every row" says nothing. */
export function statesRegion(formula: string, { regions = {} }: Scope): boolean {
  const region = regions[formula];
  return (
    region !== undefined &&
    !(typeof region === 'string' ? /^[(\s]*true[)\s]*$/.test(region) : region.node === 'constant' && region.value === true)
  );
}
