/** Rows in memory behind the promises of `write/rows.ts`: the same checks, answered by looking. */
import { canonicalJson, type Field, isRefusal, isRowId, type PermanentId } from '#kernel';
import { fromRuleValue } from '#schema';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { notFound } from '../read/reader.ts';
import type { Complete, CompleteItem } from '../write/complete.ts';
import { same } from '../write/complete.ts';
import type { Demands, RowImage, Rows, RowWritten } from '../write/rows.ts';
import type { Lister } from './memory-read.ts';
import type { LayerTables } from './memory-tables.ts';
import type { StoredItem, StoredRow } from '../write/stored-row.ts';
import { keptOf, type World } from '../write/world.ts';

export interface KeptApproval { readonly by: string; readonly at: number; readonly amount: number | null }
/** Approvals by rule and row. */
export type Approvals = Map<string, KeptApproval>;

export interface MemoryRowsOptions {
  readonly prepared: Prepared;
  readonly world: World;
  readonly tables: LayerTables;
  readonly approvals: Approvals;
  readonly lister: Lister;
  readonly by: string;
  readonly at: number;
}

export function memoryRows(options: MemoryRowsOptions): Rows {
  const { prepared, world, tables, approvals, lister } = options;

  const assess = (plan: EntityPlan, row: StoredRow): RowImage => {
    const rule = world.ruleRow(plan.contract.id, row);
    return {
      row: world.plain(plan.contract.id, row),
      broken: new Set(plan.contract.invariants.filter((invariant) => world.evaluate(invariant.holds, rule) === false).map(({ name }) => name)),
      following: new Set(plan.row.fixed.filter((fixed) => world.evaluate(fixed.while, rule) === true).map(({ field }) => field.id)),
      approvals: plan.approvals.map((approval) => {
        const kept = approvals.get(`${approval.id} ${row.id}`);
        const amount = approval.amount === undefined ? null : world.evaluate(approval.amount, rule);
        return { rule: approval, needed: world.evaluate(approval.when, rule) === true, amount: typeof amount === 'number' ? amount : null, approved: kept !== undefined, approvedAmount: kept?.amount ?? null };
      }),
    };
  };
  const store = (plan: EntityPlan, row: StoredRow): StoredRow => {
    tables.set(plan.contract.id, row);
    return row;
  };
  /** Sets each field that has a formula for its default, in order, seeing those before. */
  const filled = (plan: EntityPlan, id: string, complete: Complete): void => {
    for (const { field: list, row: items } of plan.lists) {
      const wanted = items.fields.filter((member) => (complete.lists.get(list) ?? []).some((item) => item.fill.includes(member)));
      for (const member of wanted) {
        const ids = new Set((complete.lists.get(list) ?? []).filter((item) => item.fill.includes(member)).map((item) => item.id));
        const row = tables.get(plan.contract.id, id);
        if (row === undefined) continue;
        const rules = (world.ruleRow(plan.contract.id, row) as { readonly [name: string]: unknown })[list.name] as readonly object[];
        const next = (row.lists[list.id] ?? []).map((item, index) => (ids.has(item.id) ? withValue(item, member, defaultOf(member, rules[index] ?? {})) : item));
        store(plan, { ...row, lists: { ...row.lists, [list.id]: next } });
      }
    }
    for (const field of complete.fill) {
      const row = tables.get(plan.contract.id, id);
      if (row !== undefined) store(plan, withValue(row, field, defaultOf(field, world.ruleRow(plan.contract.id, row))));
    }
  };
  const defaultOf = (field: Field, rule: object): unknown =>
    field.default !== undefined && 'formula' in field.default ? fromRuleValue(field, world.evaluate(field.default.formula, rule)) : null;

  /** Keeps what ceases to follow; fields that cease together see each other's formulas. */
  const frozen = (plan: EntityPlan, id: string, following: ReadonlySet<PermanentId>): void => {
    const groups = new Map<string, (typeof plan.row.fixed)[number][]>();
    for (const fixed of plan.row.fixed) if (following.has(fixed.field.id)) groups.set(canonicalJson(fixed.while), [...(groups.get(canonicalJson(fixed.while)) ?? []), fixed]);
    for (const group of groups.values()) {
      const row = tables.get(plan.contract.id, id);
      const [first] = group;
      if (row === undefined || first === undefined || world.evaluate(first.while, world.ruleRow(plan.contract.id, row)) === true) continue;
      const rule = world.ruleRow(plan.contract.id, row, new Set(group.map(({ field }) => field.id)));
      const kept = Object.fromEntries(group.map(({ field, formula }) => [field.id, keptOf(field, fromRuleValue(field, world.evaluate(formula, rule)))]));
      store(plan, { ...row, kept: { ...row.kept, ...kept } });
    }
  };
  const faultsOf = (plan: EntityPlan, demands: Demands, id: string): { readonly [place: string]: string } => {
    const faults: { [place: string]: string } = {};
    for (const reference of demands.references) {
      if (tables.get(reference.to, reference.id) === undefined) faults[reference.place] = `refers to a ${prepared.row(reference.to).name} that is not there: ${reference.id}`;
    }
    for (const { field, value } of demands.unique) {
      const wanted = keptOf(field, value);
      for (const other of tables.all(plan.contract.id)) {
        if (other.id !== id && same(other.values[field.id] ?? null, wanted)) faults[field.name] = `must be unique: another ${plan.contract.name} has ${String(value).slice(0, 80)} already`;
      }
    }
    return faults;
  };
  const written = (plan: EntityPlan, id: string, demands: Demands): RowWritten => {
    const row = tables.get(plan.contract.id, id);
    if (row === undefined) throw new Error('a row that was written is not there');
    return { faults: faultsOf(plan, demands, id), image: assess(plan, row) };
  };

  return {
    load: async (plan, id) => {
      const row = tables.get(plan.contract.id, id);
      return row === undefined ? null : assess(plan, row);
    },
    insert: async (plan, id, complete, demands) => {
      const lists = Object.fromEntries(plan.lists.map(({ field, row }) => [field.id, (complete.lists.get(field) ?? []).map((item) => itemOf(row.fields, item, undefined))]));
      store(plan, { id, version: 1, values: valuesOf(plan.contract.fields, complete.values, {}), kept: {}, lists });
      filled(plan, id, complete);
      return written(plan, id, demands);
    },
    update: async (plan, before, complete, demands) => {
      const { id } = before.row;
      const old = tables.get(plan.contract.id, id);
      if (old === undefined) throw new Error('a row that is to be updated is not there');
      const lists = Object.fromEntries(plan.lists.map(({ field, row }) => [field.id, (complete.lists.get(field) ?? []).map((item) => itemOf(row.fields, item, old.lists[field.id]?.find((candidate) => candidate.id === item.id)))]));
      store(plan, { ...old, version: old.version + 1, values: valuesOf(plan.contract.fields, complete.values, old.values), lists: { ...old.lists, ...lists } });
      filled(plan, id, complete);
      frozen(plan, id, before.following);
      return written(plan, id, demands);
    },
    remove: async (plan, before) => {
      const { id } = before.row;
      const users = prepared.referrers(plan.contract.id).filter(({ field, entity, list }) => {
        for (const row of tables.all(entity.id)) {
          if (entity.id === plan.contract.id && row.id === id) continue;
          if (list === undefined ? row.values[field.id] === id : (row.lists[list.id] ?? []).some((item) => item.values[field.id] === id)) return true;
        }
        return false;
      });
      if (users.length === 0) tables.delete(plan.contract.id, id);
      return users.map(({ entity, list, field }) => [entity.plural, ...(list === undefined ? [] : [list.name]), field.name].join('.'));
    },
    saveApproval: async (rule, id, amount) => {
      approvals.set(`${rule.id} ${id}`, { by: options.by, at: options.at, amount });
    },
    get: async (entity, id) => {
      const row = isRowId(id) ? tables.get(entity, id) : undefined;
      return row === undefined ? notFound(prepared.entity(entity).contract.name, id) : world.plain(entity, row);
    },
    list: async (entity, query) => lister.list(world, entity, query, true),
    view: async (view, page) => lister.view(world, view, page, true),
    undoable: async (body) => {
      const back = tables.mark();
      const result = await body();
      if (isRefusal(result)) back();
      return result;
    },
  };
}

function valuesOf(fields: readonly Field[], given: { readonly [name: string]: unknown }, before: { readonly [id: string]: unknown }): { readonly [id: string]: unknown } {
  const values: { [id: string]: unknown } = { ...before };
  for (const field of fields) if (field.derived === undefined && field.type.kind !== 'list') values[field.id] = keptOf(field, given[field.name]);
  return values;
}
const itemOf = (fields: readonly Field[], item: CompleteItem, before: StoredItem | undefined): StoredItem => ({ id: item.id, values: valuesOf(fields, item.values, before?.values ?? {}), kept: before?.kept ?? {} });
const withValue = <Item extends StoredItem>(item: Item, field: Field, value: unknown): Item => ({ ...item, values: { ...item.values, [field.id]: keptOf(field, value) } });
