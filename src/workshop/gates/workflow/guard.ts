/**
 * How sure it is that a transition can be made from a state: what its guard asks, held against what is known of the row and of the states
 * that rows beside it come to. Where a guard asks more than is tracked, it says so and never calls it more than not excluded.
 */
import type { Expression, Json, PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { partsOf } from '#rules';
import { any, rowOf } from '../proof/statements.ts';
import type { Strength } from './machine.ts';
import type { Possible } from './possible.ts';
import { type Known, placeOf, residueOf } from './residue.ts';
import { entityOf, isAlterable, statesOf, type Surroundings, workflowGoverning } from './surroundings.ts';

/** By workflow: the states that rows of it may be in, and those that they are shown to come to. */
export interface StatesMet {
  readonly may: ReadonlyMap<PermanentId, ReadonlySet<PermanentId>>;
  readonly can: ReadonlyMap<PermanentId, ReadonlySet<PermanentId>>;
}
export interface Judged {
  readonly strength: Strength;
  /** Why it is not known. */
  readonly why?: string;
  /** A row that is let through. */
  readonly row?: { readonly [field: string]: Json };
}
export interface Asked {
  readonly workflow: WorkflowContract;
  readonly from: PermanentId;
  /** Guards that must hold together; none: it can be made whenever a row can be in the state. */
  readonly guards: readonly Expression[];
  readonly known: readonly (Known & { readonly at: Expression })[];
}

export async function judgeGuard(asked: Asked, met: StatesMet, around: Surroundings, possible: Possible): Promise<Judged> {
  const { workflow, from, guards } = asked;
  const states = statesOf(workflow, around);
  if (states === undefined) return { strength: 'never' };
  const own = ownStateOf(workflow, around);
  const known = [...asked.known, { field: workflow.field, value: from, at: own }];
  const invariants = states.entity.invariants.map(({ holds }) => holds);
  const left = [...invariants, ...guards].map((condition) => residueOf(condition, known));
  if (left.some((condition) => isConstant(condition, false))) return { strength: 'never' };
  const asks = left.slice(invariants.length).filter((condition) => !isConstant(condition, true));
  // What holds of every row holds of some row; only where it speaks of the state may it exclude that.
  if (asks.length === 0 && left.slice(0, invariants.length).every((condition, at) => sameText(condition, invariants[at])))
    return { strength: 'can' };
  const given = [...left.filter((condition) => !isConstant(condition, true)), ...known.map(({ at, value }) => equals(at, value))];
  const beside = asks.flatMap((condition) => readsBeside(condition, around));
  const within = (sets: StatesMet['may']): readonly Expression[] =>
    beside.flatMap((read) => (read.confine === undefined ? [] : read.confine(sets)));
  const found = await possible(workflow.on, [...given, ...within(met.can)]);
  const doubt = doubtOf(asks, beside, around, workflow);
  if (found.answer === 'found') {
    const row = found.row === undefined ? {} : { row: found.row };
    return doubt === undefined ? { strength: 'can', ...row } : { strength: 'may', why: doubt, ...row };
  }
  const wider = await possible(workflow.on, [...given, ...within(met.may)]);
  if (wider.answer === 'excluded') return { strength: 'never' };
  return { strength: 'may', why: wider.why ?? doubt ?? 'it hangs on rows beside it that are not shown to come to such a state' };
}

/** What speaks against calling a row that was found one that somebody can make. */
function doubtOf(
  asks: readonly Expression[],
  beside: readonly Beside[],
  around: Surroundings,
  { on }: WorkflowContract,
): string | undefined {
  if (beside.some(({ confine }) => confine === undefined))
    return 'it reads states of rows that are far from this one, and all of them were taken as possible';
  if (isAlterable(around, on)) return undefined;
  return asks.some(readsOwn)
    ? 'it reads facts that nobody may alter once the row is there, and all of them were taken as possible'
    : undefined;
}
const readsOwn = (at: Expression): boolean =>
  (at.node === 'field' && placeOf(at)?.by === undefined && at.of.node === 'input' && at.of.name === 'row') || partsOf(at).some(readsOwn);

interface Beside {
  /** That the rows which are read are in states of these sets; absent where that cannot be said. */
  readonly confine?: (sets: StatesMet['may']) => readonly Expression[];
}
/** Where states are read that another workflow governs. */
export function readsBeside(expression: Expression, around: Surroundings): readonly Beside[] {
  const found: Beside[] = [];
  const visit = (at: Expression, bound: ReadonlyMap<string, Extract<Expression, { node: 'aggregate' }>>): void => {
    if (at.node === 'field') {
      const workflow = workflowGoverning(around, at.id);
      if (workflow !== undefined) found.push(besideOf(at, workflow, bound));
    }
    const inner = at.node === 'aggregate' ? new Map(bound).set(at.item, at) : bound;
    for (const part of partsOf(at)) visit(part, inner);
  };
  const besideOf = (
    at: Extract<Expression, { node: 'field' }>,
    workflow: WorkflowContract,
    bound: ReadonlyMap<string, Extract<Expression, { node: 'aggregate' }>>,
  ): Beside => {
    const inSet = (sets: StatesMet['may']): Expression | undefined => {
      const ids = statesOf(workflow, around)?.ids ?? [];
      const set = sets.get(workflow.id);
      if (set === undefined || ids.every((id) => set.has(id))) return undefined;
      return any([{ node: 'absent', of: at, type: truth }, ...ids.filter((id) => set.has(id)).map((id) => equals(at, id))]);
    };
    const item = at.of.node === 'input' ? bound.get(at.of.name) : undefined;
    if (item?.over.node === 'related' && item.over.of.node === 'input' && !bound.has(item.over.of.name))
      return {
        confine: (sets) => {
          const each = inSet(sets);
          return each === undefined ? [] : [{ node: 'aggregate', op: 'every', over: item.over, item: item.item, value: each, type: truth }];
        },
      };
    if (readsBound(at, bound)) return {};
    return {
      confine: (sets) => {
        const one = inSet(sets);
        return one === undefined ? [] : [one];
      },
    };
  };
  visit(expression, new Map());
  return found;
}
const readsBound = (at: Expression, bound: ReadonlyMap<string, unknown>): boolean =>
  (at.node === 'input' && bound.has(at.name)) || partsOf(at).some((part) => readsBound(part, bound));

const truth = { kind: 'boolean', optional: false } as const;
const isConstant = (at: Expression, value: boolean): boolean => at.node === 'constant' && (at.value === true) === value;
const sameText = (one: Expression, other: Expression | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

export function equals(at: Expression, value: Known['value']): Expression {
  if (value === null) return { node: 'absent', of: at, type: truth };
  return { node: 'binary', op: 'equal', left: at, right: { node: 'constant', type: { ...at.type, optional: false }, value }, type: truth };
}
/** The field of the row that holds its state. */
export function ownStateOf(workflow: WorkflowContract, around: Surroundings): Expression {
  const field = entityOf(around, workflow.on)?.fields.find(({ id }) => id === workflow.field);
  return {
    node: 'field',
    of: rowOf(workflow.on),
    field: field?.name ?? '',
    id: workflow.field,
    type: { kind: 'choice', field: workflow.field, optional: field?.required !== true },
  };
}
export const guardsOf = (...transitions: readonly WorkflowTransition[]): readonly Expression[] =>
  transitions.flatMap(({ when }) => when ?? []);
