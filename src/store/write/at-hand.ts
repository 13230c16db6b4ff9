/**
 * What the rules of a generation say of a row that is at hand, computed by their JavaScript: its whole image, and what is to
 * be kept of fixed fields that cease to follow. Used by the store in memory, and on PostgreSQL wherever the row, its lists and
 * the rows that it refers to are enough: what is not read again cannot conflict. Pure.
 */
import { canonicalJson, type Field, type PermanentId } from '#kernel';
import { fromRuleValue } from '#schema';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Complete, CompleteItem } from './complete.ts';
import type { RowImage } from './rows.ts';
import type { StoredItem, StoredRow } from './stored-row.ts';
import { keptOf, type World } from './world.ts';

export interface KeptApproval {
  readonly by: string;
  readonly at: number;
  readonly amount: number | null;
}

export function imageAtHand(
  plan: EntityPlan,
  world: World,
  row: StoredRow,
  approval: (rule: PermanentId) => { readonly amount: number | null } | undefined,
): RowImage {
  const rule = world.ruleRow(plan.contract.id, row);
  return {
    row: world.plain(plan.contract.id, row),
    broken: new Set(
      plan.contract.invariants.filter((invariant) => world.evaluate(invariant.holds, rule) === false).map(({ name }) => name),
    ),
    following: new Set(
      fixedFields(plan)
        .filter(({ derived }) => world.evaluate(derived.while, rule) === true)
        .map(({ field }) => field.id),
    ),
    approvals: plan.approvals.map((one) => {
      const kept = approval(one.id);
      const amount = one.amount === undefined ? null : world.evaluate(one.amount, rule);
      return {
        rule: one,
        needed: world.evaluate(one.when, rule) === true,
        amount: typeof amount === 'number' ? amount : null,
        approved: kept !== undefined,
        approvedAmount: kept?.amount ?? null,
      };
    }),
    kept: row.kept,
  };
}

type Fixed = { readonly field: Field; readonly derived: Extract<NonNullable<Field['derived']>, { mode: 'fixed' }> };
function fixedFields(plan: EntityPlan): readonly Fixed[] {
  return plan.contract.fields.flatMap((field) => (field.derived?.mode === 'fixed' ? [{ field, derived: field.derived }] : []));
}

/** The row with what is kept of fixed fields that followed before and do not now; those that cease together see each other's formulas. */
export function keptAtHand(plan: EntityPlan, world: World, row: StoredRow, following: ReadonlySet<PermanentId>): StoredRow {
  const groups = new Map<string, Fixed[]>();
  for (const fixed of fixedFields(plan)) {
    if (!following.has(fixed.field.id)) continue;
    const key = canonicalJson(fixed.derived.while);
    groups.set(key, [...(groups.get(key) ?? []), fixed]);
  }
  let now = row;
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined || world.evaluate(first.derived.while, world.ruleRow(plan.contract.id, now)) === true) continue;
    const rule = world.ruleRow(plan.contract.id, now, new Set(group.map(({ field }) => field.id)));
    const kept = Object.fromEntries(
      group.map(({ field, derived }) => [field.id, keptOf(field, fromRuleValue(field, world.evaluate(derived.formula, rule)))]),
    );
    now = { ...now, kept: { ...now.kept, ...kept } };
  }
  return now;
}

/** The row as it is kept once `complete` is written. */
export function rowAtHand(plan: EntityPlan, id: string, complete: Complete, before: StoredRow | null): StoredRow {
  const lists = Object.fromEntries(
    plan.contract.fields.flatMap((field) => {
      if (field.type.kind !== 'list') return [];
      const { fields } = field.type;
      return [
        [
          field.id,
          (complete.lists.get(field) ?? []).map((item) =>
            itemAtHand(
              fields,
              item,
              before?.lists[field.id]?.find((candidate) => candidate.id === item.id),
            ),
          ),
        ],
      ];
    }),
  );
  return {
    id,
    version: (before?.version ?? 0) + 1,
    values: valuesAtHand(plan.contract.fields, complete.values, before?.values ?? {}),
    kept: before?.kept ?? {},
    lists: { ...before?.lists, ...lists },
  };
}
function valuesAtHand(
  fields: readonly Field[],
  given: { readonly [name: string]: unknown },
  before: { readonly [id: string]: unknown },
): { readonly [id: string]: unknown } {
  const values: { [id: string]: unknown } = { ...before };
  for (const field of fields)
    if (field.derived === undefined && field.type.kind !== 'list') values[field.id] = keptOf(field, given[field.name]);
  return values;
}
const itemAtHand = (fields: readonly Field[], item: CompleteItem, before: StoredItem | undefined): StoredItem => ({
  id: item.id,
  values: valuesAtHand(fields, item.values, before?.values ?? {}),
  kept: before?.kept ?? {},
});

/** What is left out and has a formula, computed in order; `undefined` from `compute` leaves a field for later. */
export function filledAtHand(plan: EntityPlan, world: World, id: string, complete: Complete): Complete {
  let made = complete;
  for (const [list, items] of complete.lists) {
    if (list.type.kind !== 'list') continue;
    for (const member of list.type.fields.filter((candidate) => items.some((item) => item.fill.includes(candidate)))) {
      const { itemId } = list.type;
      const rules = (made.lists.get(list) ?? []).map((item) =>
        defaultAtHand(world, itemId, rowOfItem(list.type.kind === 'list' ? list.type.fields : [], item), member),
      );
      const next = (made.lists.get(list) ?? []).map((item, index) =>
        item.fill.includes(member) ? { ...item, values: { ...item.values, [member.name]: rules[index] ?? null } } : item,
      );
      made = { ...made, lists: new Map(made.lists).set(list, next) };
    }
  }
  for (const field of complete.fill) {
    const value = defaultAtHand(world, plan.contract.id, rowAtHand(plan, id, made, null), field);
    made = { ...made, values: { ...made.values, [field.name]: value } };
  }
  return made;
}
const rowOfItem = (fields: readonly Field[], item: CompleteItem): StoredRow => ({
  ...itemAtHand(fields, item, undefined),
  version: 1,
  lists: {},
});

function defaultAtHand(world: World, of: PermanentId, row: StoredRow, field: Field): unknown {
  return field.default !== undefined && 'formula' in field.default
    ? fromRuleValue(field, world.evaluate(field.default.formula, world.ruleRow(of, row)))
    : null;
}
