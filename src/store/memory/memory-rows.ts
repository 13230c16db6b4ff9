/** Rows in memory behind the promises of `write/rows.ts`: the same checks, answered by looking. */
import { type Call, Fault, isRefusal, isRowId } from '#kernel';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { notFound } from '../read/running.ts';
import { filledAtHand, imageAtHand, type KeptApproval, keptAtHand, rowAtHand } from '../write/at-hand.ts';
import { same } from '../write/complete.ts';
import { ledBackTo } from './led-back.ts';
import { type Keeper, lastOf } from '../write/keepers.ts';
import type { Demands, RowImage, Rows, RowWritten, WrittenNow } from '../write/rows.ts';
import type { StoredRow } from '../write/stored-row.ts';
import { keptOf, type World } from '../write/world.ts';
import { shownRow } from '../sight.ts';
import { isSeenRow, type Lister } from './memory-read.ts';
import type { LayerTables } from './memory-tables.ts';

/** Approvals by rule and row. */
export type Approvals = Map<string, KeptApproval>;

export interface MemoryRowsOptions {
  readonly prepared: Prepared;
  readonly world: World;
  readonly tables: LayerTables;
  readonly approvals: Approvals;
  readonly lister: Lister;
  readonly call: Call;
}

export function memoryRows(options: MemoryRowsOptions): Rows {
  const { call, prepared, world, tables, approvals, lister } = options;

  const assess = (plan: EntityPlan, row: StoredRow): RowImage =>
    imageAtHand(plan, world, row, (rule) => approvals.get(`${rule} ${row.id}`));
  const faultsOf = (plan: EntityPlan, demands: Demands, id: string): { readonly [place: string]: string } => {
    const faults: { [place: string]: string } = {};
    for (const reference of demands.references) {
      if (tables.get(reference.to, reference.id) === undefined)
        faults[reference.place] = `refers to a ${prepared.row(reference.to).name} that is not there: ${reference.id}`;
    }
    for (const { field, value } of demands.unique) {
      const wanted = keptOf(field, value);
      for (const other of tables.all(plan.contract.id)) {
        if (other.id !== id && same(other.values[field.id] ?? null, wanted))
          faults[field.name] = `must be unique: another ${plan.contract.name} has ${String(value).slice(0, 80)} already`;
      }
    }
    return faults;
  };
  const written = (plan: EntityPlan, id: string, demands: Demands): RowWritten => {
    const row = tables.get(plan.contract.id, id);
    if (row === undefined) throw new Fault('bug', 'A row that was written is not there.');
    return { faults: faultsOf(plan, demands, id), image: assess(plan, row) };
  };

  const promises = (keeper: Keeper, { id: written, start }: WrittenNow) =>
    [...ledBackTo(prepared, world, tables, keeper.path, start)].flatMap((id) => {
      const { id: entity } = keeper.plan.contract;
      const row = id === written ? undefined : tables.get(entity, id);
      if (row === undefined) return [];
      const rule = world.ruleRow(entity, row);
      const of = lastOf(keeper)?.in ?? entity;
      const counts = (): boolean => {
        const now = tables.get(of, written);
        return (
          keeper.counts === null ||
          (now !== undefined &&
            keeper.counts.some(({ item, when }) => world.evaluate(when, rule, { [item]: world.ruleRow(of, now) }) === true))
        );
      };
      return [{ id, broken: world.evaluate(keeper.invariant.holds, rule) === false, counts }];
    });

  return {
    load: async (plan, id) => {
      const row = tables.get(plan.contract.id, id);
      return row === undefined ? null : assess(plan, row);
    },
    insert: async (plan, id, complete, demands, version = 1) => {
      tables.set(plan.contract.id, { ...rowAtHand(plan, id, filledAtHand(plan, world, id, complete), null), version });
      return written(plan, id, demands);
    },
    update: async (plan, before, complete, demands) => {
      const { id } = before.row;
      const old = tables.get(plan.contract.id, id);
      if (old === undefined) throw new Fault('bug', 'A row that is to be updated is not there.');
      tables.set(
        plan.contract.id,
        keptAtHand(plan, world, rowAtHand(plan, id, filledAtHand(plan, world, id, complete), old), before.following),
      );
      return written(plan, id, demands);
    },
    remove: async (plan, before) => {
      const { id } = before.row;
      const users = prepared.referrers(plan.contract.id).filter(({ field, entity, list }) => {
        for (const row of tables.all(entity.id)) {
          if (entity.id === plan.contract.id && row.id === id) continue;
          if (list === undefined ? row.values[field.id] === id : (row.lists[list.id] ?? []).some((item) => item.values[field.id] === id))
            return true;
        }
        return false;
      });
      if (users.length === 0) tables.delete(plan.contract.id, id);
      return users.map(({ entity, list, field }) => [entity.plural, ...(list === undefined ? [] : [list.name]), field.name].join('.'));
    },
    keep: async (plan, id, values) => {
      const row = tables.get(plan.contract.id, id);
      if (row === undefined) throw new Fault('bug', 'A row that keeps values is not there.');
      const fixed = plan.contract.fields.filter((field) => field.derived?.mode === 'fixed' && Object.hasOwn(values, field.id));
      const kept = Object.fromEntries(fixed.map((field) => [field.id, keptOf(field, values[field.id])]));
      tables.set(plan.contract.id, { ...row, kept: { ...row.kept, ...kept } });
    },
    holds: async (plan, id, conditions) => {
      const row = tables.get(plan.contract.id, id);
      const rule = row === undefined ? undefined : world.ruleRow(plan.contract.id, row);
      return conditions.map((condition) => rule !== undefined && world.evaluate(condition, rule, { caller: call.caller }) === true);
    },
    saveApproval: async (rule, id, amount) => {
      approvals.set(`${rule.id} ${id}`, { by: call.caller.id, at: call.now, amount });
    },
    get: async (entity, id, sight) => {
      const { contract } = prepared.entity(entity);
      const row = isRowId(id) ? tables.get(entity, id) : undefined;
      if (row === undefined || !isSeenRow(world, entity, row, sight, call)) return notFound(contract.name, id);
      return shownRow(contract.fields, world.plain(entity, row), sight.hidden);
    },
    list: async (entity, query, sight) => lister.list(world, entity, query, sight, call),
    count: async (entity, asked, sight) => lister.count(world, entity, asked, sight, call),
    view: async (view, page, sight) => lister.view(world, view, page, sight, call),
    promising: async (keeper, written, most) =>
      promises(keeper, written)
        .filter(({ counts }) => counts())
        .slice(0, most),
    breaking: async (keeper, written, { also, without, all }) =>
      promises(keeper, written).find(({ id, broken, counts }) => broken && !without.includes(id) && (all || also.includes(id) || counts()))
        ?.id,
    undoable: async (body) => {
      const back = tables.mark();
      const result = await body();
      if (isRefusal(result)) back();
      return result;
    },
  };
}
