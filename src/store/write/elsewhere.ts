/**
 * Holds a write to what rows elsewhere promise: asked before the write which of them are broken already, and after it whether another one
 * is. The refusal names the promise and the row that would break it, where the caller may see that row. All that is asked
 * is read under SERIALIZABLE, so that of two writes that break a promise together one is run again and refused.
 */
import { type Caller, isRefusal, type Refusal, refuse } from '#kernel';
import { sentence } from '../invalid.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { readForbidden } from '../rights.ts';
import type { PlainValues } from '../row.ts';
import { sightOf } from '../sight.ts';
import { type Keeper, keepersMeant, keepersOf, lastOf } from './keepers.ts';
import type { Among, Rows, WrittenNow } from './rows.ts';

export interface Elsewhere {
  readonly prepared: Prepared;
  readonly rows: Rows;
  readonly caller: Caller;
}
/** The written row as it was and as it will be. */
export interface WrittenRow {
  readonly id: string;
  readonly before: PlainValues | null;
  readonly after: PlainValues | null;
}
/** One promise that a write may break, and who made it of the row as it was. */
export interface Kept {
  readonly keeper: Keeper;
  readonly written: WrittenNow;
  readonly among: Among;
  /** The field of the written row that a refusal is told of. */
  readonly place: string;
}
/** Rows that promise something of the row as it was and are told apart from others; where there are more, all are looked at after the write. */
const most = 1_000;

export async function keptElsewhere(
  { prepared, rows }: Elsewhere,
  plan: EntityPlan,
  row: WrittenRow,
  changed: ReadonlySet<string> | 'whole row',
): Promise<readonly Kept[]> {
  const keepers = keepersOf(prepared, plan);
  if (keepers.length === 0) return [];
  const { fields } = plan.contract;
  const ids = changed === 'whole row' ? changed : new Set(fields.filter((field) => changed.has(field.name)).map((field) => field.id));
  const all = keepersMeant(keepers, ids).map(async (keeper): Promise<readonly Kept[]> => {
    const last = lastOf(keeper);
    const via = last?.kind === 'related' ? fields.find((field) => field.id === last.via)?.name : undefined;
    const place = via ?? fields.find((field) => ids !== 'whole row' && ids.has(field.id) && keeper.reads.has(field.id))?.name ?? '';
    const start = new Set(via === undefined ? [row.id] : [row.before, row.after].flatMap((values) => idIn(values?.[via])));
    if (start.size === 0) return [];
    const written = { id: row.id, start: [...start] };
    const were = row.before === null ? [] : await rows.promising(keeper, written, most);
    const without = were.filter(({ broken }) => broken).map(({ id }) => id);
    return [{ keeper, written, among: { also: were.map(({ id }) => id), without, all: were.length >= most }, place }];
  });
  return (await Promise.all(all)).flat();
}

/** Only what held before the write: a promise that is broken already does not keep anybody from mending it. */
export async function brokenElsewhere(elsewhere: Elsewhere, before: readonly Kept[]): Promise<Refusal | undefined> {
  for (const { keeper, written, among, place } of before) {
    const id = await elsewhere.rows.breaking(keeper, written, among);
    if (id === undefined) continue;
    const { invariant, plan } = keeper;
    const { name, seen } = await nameOf(elsewhere, plan, id);
    return refuse('invalid', `${sentence(invariant.message)} It would no longer hold for ${name}.`, {
      fields: { [place]: invariant.message },
      invariant: invariant.name,
      entity: plan.contract.name,
      ...(seen ? { row: id } : {}),
    });
  }
  return undefined;
}

/** A row in words for the caller: by its title where the caller may read both. */
async function nameOf({ prepared, rows, caller }: Elsewhere, plan: EntityPlan, id: string): Promise<{ name: string; seen: boolean }> {
  const { contract } = plan;
  const sight = sightOf(prepared, caller, { by: 'read' });
  const row = readForbidden(prepared.model, caller) === undefined ? await rows.get(contract.id, id, sight) : undefined;
  if (row === undefined || isRefusal(row)) return { name: `a ${contract.name} that you do not see`, seen: false };
  const title = row[contract.title];
  return { name: title === undefined || title === null ? `${contract.name} ${id}` : `${contract.name} ${shortly(title)}`, seen: true };
}
const shortly = (title: unknown): string => {
  const text = typeof title === 'string' ? title : JSON.stringify(title);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
};

const idIn = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);
