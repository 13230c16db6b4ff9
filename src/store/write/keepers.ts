/**
 * Rows elsewhere whose invariants read the rows of an entity: the room whose seats its bookings must not exceed. A write of a booking
 * is held to what the room promises as well, before and after it. Why here: a promise about several rows is broken by a write to any of them.
 */
import type { Expression, Field, Invariant, PermanentId } from '#kernel';
import { partsOf } from '#rules';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';

export interface Keeper {
  /** The reference of the written row to the one that keeps the promise. */
  readonly via: Field;
  readonly plan: EntityPlan;
  readonly invariants: readonly Invariant[];
}

/** Of the entity whose rows are written. */
export function keepersOf(prepared: Prepared, { contract }: EntityPlan): readonly Keeper[] {
  return prepared.once(`keepers ${contract.id}`, () =>
    contract.fields.flatMap((via): Keeper[] => {
      if (via.type.kind !== 'reference' || via.derived !== undefined) return [];
      const plan = prepared.entity(via.type.to);
      const invariants = plan.contract.invariants.filter(({ holds }) =>
        readsRelated(holds, plan.contract.fields, contract.id, via.id, new Set()),
      );
      return invariants.length === 0 ? [] : [{ via, plan, invariants }];
    }),
  );
}

/** Whether a formula over a row reads the rows that refer to it by `via`, by itself or in a field that it reads and that follows from them. */
function readsRelated(
  at: Expression,
  fields: readonly Field[],
  entity: PermanentId,
  via: PermanentId,
  seen: ReadonlySet<PermanentId>,
): boolean {
  if (at.node === 'related' && at.entity === entity && at.via === via) return true;
  if (at.node === 'field' && !seen.has(at.id)) {
    const derived = fields.find((field) => field.id === at.id)?.derived;
    const inside = new Set(seen).add(at.id);
    if (derived?.mode === 'live' && readsRelated(derived.formula, fields, entity, via, inside)) return true;
  }
  return partsOf(at).some((part) => readsRelated(part, fields, entity, via, seen));
}
