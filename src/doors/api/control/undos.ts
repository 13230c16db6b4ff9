/** /_theseus/undos: rows that go back with a change, how far that is, and what could not go back, as far as the asker may see it. */
import {
  type Caller,
  type Field,
  isRefusal,
  isRowId,
  type Json,
  type JsonObject,
  type PermanentId,
  refuse,
  type Refusal,
  type Settings,
} from '#kernel';
import { entityById } from '#model';
import { type Plain, toJson } from '#schema';
import type { UndoConflictRecord, UndoRecord } from '../control-reads.ts';
import type { Items, Rights, UndoConflictJson, UndoJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';
import { holdsFor, type ShownFields, shownFields } from './shown-values.ts';

export function undoRoutes({ machine, reads }: ControlParts): readonly ControlRoute[] {
  const found = async (id: string): Promise<UndoRecord | Refusal> =>
    (isRowId(id.toLowerCase()) ? await reads.undo(id.toLowerCase()) : null) ?? refuse('not-found', `There is no undo ${id.slice(0, 80)}.`);

  async function conflictJson(caller: Caller, rights: Rights, conflict: UndoConflictRecord): Promise<UndoConflictJson> {
    const { no, row, deed, code, why, fields, places } = conflict;
    const running = machine.current();
    const entity = running === null ? undefined : entityById(running.model, conflict.entity as PermanentId);
    const told = { no, entity: entity?.name ?? conflict.entity, deed, code };
    const unseen = { ...told, row: null, why: 'You may not see this row.', fields: [] };
    if (running === null || entity === undefined || !rights.read) return unseen;
    if (holdsFor(running.model, entity, caller) && isRefusal((await machine.get(running, entity, row, { caller })).value)) return unseen;
    const { settings } = running.model;
    const shown = shownFields(running.model, rights.sensitive);
    const hidden = [...places, ...fields.map(({ field }) => field)].some((field) => !shown.has(field));
    return {
      ...told,
      row,
      why: hidden && places.length > 0 ? 'What stands in the way is of a field that you may not see.' : (why ?? ''),
      fields: fields.map(({ field: id, before, now }) => {
        const field = entity.fields.find((known) => known.id === id);
        if (field === undefined || !shown.has(id)) return { field: field?.name ?? id };
        return {
          field: field.name,
          before: shownValue(field, before as Json, shown, settings),
          now: shownValue(field, now as Json, shown, settings),
        };
      }),
    };
  }

  return [
    {
      method: 'GET',
      path: 'undos',
      need: 'steer',
      query: ['change'],
      run: async ({ query }) => {
        const change = query.get('change');
        if (change === null) return refuse('invalid', 'change must be the id of a change.', { fields: { change: 'is required' } });
        const items = await Promise.all((await reads.undosOf(change)).map(undoJson));
        const page: Items<UndoJson> = { items, next: null };
        return ok(page);
      },
    },
    {
      method: 'GET',
      path: 'undos/{id}',
      need: 'steer',
      run: async ({ parameter }) => {
        const undo = await found(parameter('id'));
        return isRefusal(undo) ? undo : ok(undoJson(undo));
      },
    },
    {
      method: 'GET',
      path: 'undos/{id}/conflicts',
      need: 'steer',
      query: ['limit', 'before'],
      run: async ({ identity, rights, parameter, query }) => {
        const limit = numberOf(query, 'limit', 50, 500);
        const text = query.get('before');
        if (isRefusal(limit)) return limit;
        if (text !== null && !/^\d{1,15}$/.test(text))
          return refuse('invalid', 'before must be a whole number.', { fields: { before: 'must be a whole number' } });
        const undo = await found(parameter('id'));
        if (isRefusal(undo)) return undo;
        const all = await reads.undoConflicts(undo.id, { before: text === null ? null : Number(text), limit: limit + 1 });
        const items: UndoConflictJson[] = [];
        for (const conflict of all.slice(0, limit)) items.push(await conflictJson(identity.caller, rights, conflict));
        const page: Items<UndoConflictJson> = { items, next: all.length > limit ? String(items.at(-1)?.no ?? '') : null };
        return ok(page);
      },
    },
  ];
}

const undoJson = ({ id, changes, caller, at, state, endedAt, meant, rows, outside, outsideStopped }: UndoRecord): UndoJson => ({
  id,
  changes,
  by: caller,
  at,
  state,
  endedAt,
  components: [...new Set(meant.map(({ component }) => component))],
  rows: {
    found: rows.rows,
    waiting: rows.waiting,
    deleted: rows.deleted,
    madeAgain: rows.madeAgain,
    putBack: rows.putBack,
    asBefore: rows.asBefore,
    conflicts: rows.conflicts,
  },
  outside: { ...outside, stopped: outsideStopped },
});

/** As the API writes values, of one that an image holds; members of items that are not to be seen are left out. */
function shownValue(field: Field, value: Json | undefined, shown: ShownFields, settings: Settings): Json {
  const { type } = field;
  const seen = type.kind === 'list' ? { ...field, type: { ...type, fields: type.fields.filter(({ id }) => shown.has(id)) } } : field;
  return toJson(seen, plainOf(seen, value ?? null), settings);
}
function plainOf({ type }: Field, value: Json): Plain {
  if (type.kind === 'choice') return type.choices.find(({ id }) => id === value)?.name ?? (value as Plain);
  if (type.kind !== 'list' || !Array.isArray(value)) return value as Plain;
  return value.map((item) => {
    const image = item as JsonObject;
    return {
      id: image['id'] ?? null,
      ...Object.fromEntries(type.fields.map((member) => [member.name, plainOf(member, image[member.id] ?? null)])),
    };
  }) as Plain;
}
