/**
 * Some rows of an undo: each is walked back, put where it stood in one transaction with the others, and what became of it is told. What
 * one row is refused for takes no other along. Promises: in bounded memory, however long the history of a row; done again after a crash,
 * it does nothing twice.
 */
import type { Pool } from 'pg';
import { type Call, Fault, isRefusal, type JsonObject, type PermanentId, type Refusal } from '#kernel';
import { entityById, secretsIn } from '#model';
import type { PutBack, PutBackDone, Store } from '#store';
import { type ConflictField, heldBefore, type RowToUndo, stepsOf, type Undo, type UndoneRow } from '#store/records';
import type { Loaded } from '../loaded.ts';
import { type RowPlan, walkBack, type WalkedField } from './walk-back.ts';

export interface UndoRowsParts {
  readonly pool: Pool;
  readonly store: Store;
}
/** Steps of a history that are read at once. */
const stepsAtOnce = 20;
/** A row that others go on writing is looked at again so often. */
const mostTries = 5;

/** `envelope`: of each try, since the generation that serves may be another then. */
export async function undoRows(
  parts: UndoRowsParts,
  undo: Undo,
  loaded: Loaded,
  envelope: () => Call,
  rows: readonly RowToUndo[],
): Promise<readonly UndoneRow[] | Refusal> {
  const done: UndoneRow[] = [];
  let left = rows;
  for (let tries = 1; left.length > 0; tries += 1) {
    const planned = await Promise.all((await plansOf(parts.pool, undo, loaded, left)).map((one) => deedOf(parts.pool, one)));
    for (const { row, plan, deed } of planned) if (deed === undefined) done.push(settled(undo, row, plan));
    const deeds = planned.flatMap(({ row, plan, deed }) => (deed === undefined ? [] : [{ row, plan, deed }]));
    if (deeds.length === 0) return done;
    const answers = await write(
      parts.store,
      envelope(),
      loaded,
      deeds.map(({ deed }) => deed),
    );
    if (isRefusal(answers)) return answers;
    const moved: RowToUndo[] = [];
    for (const [at, { row, plan }] of deeds.entries()) {
      const answer = answers[at];
      if (answer === undefined) throw new Fault('bug', 'A row that was to be undone was not.');
      if (tries < mostTries && isRefusal(answer) && (answer.code === 'stale' || answer.code === 'not-found')) moved.push(row);
      else done.push(isRefusal(answer) ? refused(loaded, row, plan, answer) : told(row, plan, answer));
    }
    left = moved;
  }
  return done;
}

async function write(
  store: Store,
  call: Call,
  { prepared }: Loaded,
  deeds: readonly PutBack[],
): Promise<readonly (PutBackDone | Refusal)[] | Refusal> {
  const written = await store.write(call, prepared, { apart: true }, async (tx) => {
    const answers: (PutBackDone | Refusal)[] = [];
    for (const deed of deeds) answers.push(await tx.putBack(deed));
    return answers;
  });
  return isRefusal(written) ? written : written.value;
}

interface Planned {
  readonly row: RowToUndo;
  readonly plan: RowPlan;
  readonly hidden?: true;
}
async function plansOf(pool: Pool, { meant }: Undo, { model }: Loaded, rows: readonly RowToUndo[]): Promise<readonly Planned[]> {
  const steps = await stepsOf(
    pool,
    meant,
    rows.map(({ row, first }) => ({ row, down: first })),
    stepsAtOnce,
  );
  const secrets = secretsIn(model);
  const planned: Planned[] = [];
  for (const row of rows) {
    const entity = entityById(model, row.entity as PermanentId);
    if (entity === undefined) {
      planned.push({ row, plan: { kind: 'as-before' }, hidden: true });
      continue;
    }
    const walk = walkBack();
    let page = steps.get(row.row) ?? [];
    for (;;) {
      const on = page.every((step) => walk.take(step));
      const below = page.at(-1)?.id;
      if (!on || page.length < stepsAtOnce || below === undefined) break;
      page = (await stepsOf(pool, meant, [{ row: row.row, down: row.first, below }], stepsAtOnce)).get(row.row) ?? [];
    }
    // What somebody signs in with stays what they made it, whoever wrote it for them.
    const fields: readonly WalkedField[] = entity.fields
      .filter(({ id }) => !secrets.has(id))
      .map(({ id, derived }) => ({ id, derived: derived !== undefined }));
    planned.push({ row, plan: walk.plan(fields) });
  }
  return planned;
}

/** What is to be written; undefined where nothing is. */
async function deedOf(pool: Pool, planned: Planned): Promise<Planned & { readonly deed: PutBack | undefined }> {
  const { row, plan } = planned;
  const base = { entity: row.entity as PermanentId, row: row.row, from: {}, next: 0 };
  const deed = async (): Promise<PutBack | undefined> => {
    switch (plan.kind) {
      case 'delete':
        return { ...base, version: plan.version, to: null };
      case 'make-again':
        // A field that the change had taken away stands in what was written before it.
        return { ...base, version: null, to: { ...(await heldBefore(pool, row.row, row.first)), ...plan.to }, next: plan.next };
      case 'put-back':
        return Object.keys(plan.to).length === 0 ? undefined : { ...base, version: plan.version, to: plan.to, from: plan.from };
      default:
        return undefined;
    }
  };
  return { ...planned, deed: await deed() };
}

const base = { deed: null, code: null, why: null, places: [], fields: [] } as const;
function settled(undo: Undo, { row }: RowToUndo, plan: RowPlan): UndoneRow {
  const mine = 'undone' in plan && plan.undone !== undefined && plan.undone.call === undo.id ? plan.undone.deed : null;
  if (plan.kind === 'conflict') return conflict(row, plan.code, plan.fields);
  if (plan.kind === 'put-back') return { ...conflict(row, 'written-since', plan.conflicts), deed: mine };
  return { ...base, row, state: mine === null ? 'as-before' : 'done', deed: mine };
}
const conflict = (row: string, code: 'written-since' | 'gone', fields: readonly ConflictField[]): UndoneRow => ({
  ...base,
  row,
  state: 'conflict',
  code,
  why: code === 'gone' ? 'It was deleted since.' : 'It was written since.',
  places: fields.map(({ field }) => field),
  fields,
});

function told({ row }: RowToUndo, plan: RowPlan, { deed, otherwise }: PutBackDone): UndoneRow {
  const did = deed === 'none' ? null : deed;
  if (plan.kind !== 'put-back') return { ...base, row, state: did === null ? 'as-before' : 'done', deed: did };
  const unlike = otherwise.map((field): ConflictField => ({ field, before: valueIn(plan.to, field), now: null }));
  const fields = [...plan.conflicts, ...unlike];
  if (fields.length === 0) return { ...base, row, state: did === null ? 'as-before' : 'done', deed: did };
  return { ...conflict(row, 'written-since', fields), deed: did };
}

/** What stands in the way may go with other rows: it is tried again. */
function refused({ model }: Loaded, { row, entity }: RowToUndo, plan: RowPlan, { code, why, evidence }: Refusal): UndoneRow {
  const named = Object.keys(objectOf(objectOf(evidence)['fields']));
  const known = entityById(model, entity as PermanentId)?.fields ?? [];
  const places = named.flatMap((place) => {
    const [, outer, inner] = /^(\w+)(?:\[\d+\]\.(\w+))?/.exec(place) ?? [];
    const field = known.find(({ name }) => name === outer);
    const member = field?.type.kind === 'list' ? field.type.fields.find(({ name }) => name === inner) : undefined;
    return [field, member].flatMap((one) => (one === undefined ? [] : [one.id]));
  });
  const wanted = plan.kind === 'put-back' ? plan : undefined;
  const fields = Object.keys(wanted?.to ?? {}).map((field) => ({
    field,
    before: valueIn(wanted?.to, field),
    now: valueIn(wanted?.from, field),
  }));
  return { ...base, row, state: 'again', code, why, places, fields: [...fields, ...(wanted?.conflicts ?? [])] };
}
const valueIn = (image: JsonObject | undefined, field: string): unknown => image?.[field] ?? null;
const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
