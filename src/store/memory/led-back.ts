/** The way back along a keeper's path, in memory: from the written row to the rows that promise something of it. Pure. */
import { Fault, type PermanentId } from '#kernel';
import { entityById, rowShape } from '#model';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Step } from '../write/keepers.ts';
import type { StoredItem, StoredRow, Tables } from '../write/stored-row.ts';
import type { World } from '../write/world.ts';

/** `start`: the written row, or what it refers to where the path ends in rows that refer. */
export function ledBackTo(
  prepared: Prepared,
  world: World,
  tables: Tables,
  path: readonly Step[],
  start: readonly string[],
): ReadonlySet<string> {
  return path.reduceRight<ReadonlySet<string>>((ids, step, at) => {
    if (step.kind === 'related' && at === path.length - 1) return ids;
    const found = new Set<string>();
    for (const { row, parent } of rowsOf(prepared, tables, step.in)) {
      const leads = step.kind === 'items' ? parent : referenceIn(prepared, world, step, row);
      if (step.kind === 'follow' && leads !== undefined && ids.has(leads)) found.add(row.id);
      if (step.kind !== 'follow' && leads !== undefined && ids.has(row.id)) found.add(leads);
    }
    return found;
  }, new Set(start));
}

function* rowsOf(prepared: Prepared, tables: Tables, of: PermanentId): Iterable<{ readonly row: StoredItem; readonly parent?: string }> {
  if (entityById(prepared.model, of) !== undefined) {
    for (const row of tables.all(of)) yield { row };
    return;
  }
  const owner = rowShape(prepared.model, of)?.parent;
  if (owner === undefined) throw new Fault('bug', `No rows of ${of} in this generation.`);
  const list = owner.entity.fields.find((field) => field.type.kind === 'list' && field.type.itemId === of);
  for (const row of tables.all(owner.entity.id))
    for (const item of (list === undefined ? undefined : row.lists[list.id]) ?? []) yield { row: item, parent: row.id };
}

function referenceIn(prepared: Prepared, world: World, step: Step, row: StoredItem): string | undefined {
  const name = rowShape(prepared.model, step.in)?.fields.find((field) => field.id === step.via)?.name ?? '';
  const value = (world.ruleRow(step.in, row as StoredRow) as { readonly [name: string]: unknown })[name];
  return typeof value === 'string' ? value : undefined;
}
