/**
 * Rows elsewhere whose invariants read the rows of an entity: the room whose seats its bookings must not exceed. A write of a booking
 * is held to what the room promises as well, before and after it. Why here: a promise about several rows is broken by a write to any of them.
 */
import type { EntityContract, Expression, Field, Invariant, PermanentId } from '#kernel';
import { nodesOf } from '#rules';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';

export interface Keeper {
  /** The references from the written row to the one that keeps the promise: mostly one, more where fields that follow from rows stand between. */
  readonly path: readonly [Step, ...Step[]];
  readonly plan: EntityPlan;
  readonly invariants: readonly Invariant[];
}
export interface Step {
  readonly via: Field;
  readonly plan: EntityPlan;
}

/** Sums of sums of sums; what a longer way leads to is not held. */
const longest = 4;

/** Of the entity whose rows are written. */
export function keepersOf(prepared: Prepared, { contract }: EntityPlan): readonly Keeper[] {
  return prepared.once(`keepers ${contract.id}`, () => keepersBy(prepared, contract, [], new Set()));
}

/** `moved`: live fields of the entity that a write below moves; empty where its own rows are written. */
function keepersBy(prepared: Prepared, { id, fields }: EntityContract, path: readonly Step[], moved: ReadonlySet<PermanentId>): Keeper[] {
  return fields.flatMap((via): Keeper[] => {
    if (via.type.kind !== 'reference' || via.derived !== undefined) return [];
    const plan = prepared.entity(via.type.to);
    const further: Keeper['path'] = [...path, { via, plan }] as never;
    const reads: Reads = { entity: id, via: via.id, moved, fields: plan.contract.fields };
    const invariants = plan.contract.invariants.filter(({ holds }) => readsRelated(holds, reads, new Set()));
    const follow = plan.contract.fields
      .filter(({ derived }) => derived?.mode === 'live' && readsRelated(derived.formula, reads, new Set()))
      .map((field) => field.id);
    return [
      ...(invariants.length === 0 ? [] : [{ path: further, plan, invariants }]),
      ...(follow.length === 0 || further.length >= longest ? [] : keepersBy(prepared, plan.contract, further, new Set(follow))),
    ];
  });
}

interface Reads {
  readonly entity: PermanentId;
  readonly via: PermanentId;
  readonly moved: ReadonlySet<PermanentId>;
  readonly fields: readonly Field[];
}

/** Whether a formula over a row reads the rows that refer to it by `via` (of them what moved), by itself or in a field that it reads and that follows from them. */
function readsRelated(at: Expression, reads: Reads, seen: ReadonlySet<PermanentId>): boolean {
  const { entity, via, moved, fields } = reads;
  const nodes = [...nodesOf(at)];
  if (nodes.some((node) => node.node === 'related' && node.entity === entity && node.via === via))
    if (moved.size === 0 || nodes.some((node) => node.node === 'field' && moved.has(node.id))) return true;
  return nodes.some((node) => {
    if (node.node !== 'field' || seen.has(node.id)) return false;
    const derived = fields.find((field) => field.id === node.id)?.derived;
    return derived?.mode === 'live' && readsRelated(derived.formula, reads, new Set(seen).add(node.id));
  });
}
