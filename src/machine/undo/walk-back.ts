/**
 * What is to become of one row, told from its history, which is walked from its newest step back: of each field the writes that are to be
 * undone are passed as long as nobody else's stands among them, and the value before the last of these is where it goes. Promises: what
 * somebody else wrote last stays, and is a conflict where what is undone had altered it before; what an undo took away, this one or that of
 * another change, is as if it had never been written, so that walking a row again after a crash comes to the same. Pure.
 */
import { canonicalJson, type JsonObject, type PermanentId } from '#kernel';
import type { ConflictField, JournalStep, UndoneDeed } from '#store/records';

/** Fields of the generation that serves: others are hidden with their values, and follow nothing. */
export interface WalkedField {
  readonly id: PermanentId;
  /** It follows from others: it is put back with them, and nobody writes it. */
  readonly derived: boolean;
}
/** What an undo has done to the row already, and which. */
export interface Undone {
  readonly deed: UndoneDeed;
  readonly call: string;
}
export type RowPlan =
  /** It stands as it stood before. `undone`: by an undo, which did this. */
  | { readonly kind: 'as-before'; readonly undone?: Undone }
  | { readonly kind: 'delete'; readonly version: number }
  | { readonly kind: 'make-again'; readonly to: JsonObject; readonly next: number }
  | {
      readonly kind: 'put-back';
      readonly version: number;
      readonly to: JsonObject;
      readonly from: JsonObject;
      readonly conflicts: readonly ConflictField[];
      readonly undone?: Undone;
    }
  | { readonly kind: 'conflict'; readonly code: 'written-since' | 'gone'; readonly fields: readonly ConflictField[] };

/** Of one field, from its newest write on. */
interface Trace {
  /** An undo gave it this value back: what came between is as if it had never been. */
  readonly given?: { readonly value: unknown };
  /** Whose the newest write is that an undo has not taken away. */
  readonly last?: 'meant' | 'other';
  /** Older writes that are to be undone lead further back. */
  readonly walking: boolean;
  /** Whether a write of it is to be undone, and what stood before. */
  readonly met: boolean;
  /** Whether somebody else's write is among them. */
  readonly others: boolean;
  readonly before: unknown;
  readonly now: unknown;
}

export interface Walk {
  /** The next older step. Answers whether older ones could tell more. */
  take(step: JournalStep): boolean;
  plan(fields: readonly WalkedField[]): RowPlan;
}

export function walkBack(): Walk {
  let newest: JournalStep | undefined;
  let made = false;
  let undo: Undone | undefined;
  const traces = new Map<string, Trace>();

  return {
    take: (step) => {
      const first = newest === undefined;
      newest ??= step;
      if (step.by === 'undo') undo ??= { deed: deedOf(step), call: step.call };
      // A row that is gone by an undo was made by what that undid. An older deletion was undone by a newer step.
      if (step.action === 'delete') return !(first && step.by === 'undo');
      if (step.action === 'create' && step.by !== 'undo') {
        made = step.by === 'meant';
        return false;
      }
      for (const [field, before, now] of changesIn(step)) traces.set(field, traced(traces.get(field), step.by, before, now));
      return true;
    },
    plan: (fields) => {
      if (newest === undefined) return { kind: 'as-before' };
      const ends = (id: string): Trace | undefined => traces.get(id);
      const known = fields.filter(({ id }) => ends(id)?.last !== undefined);
      const others = [...traces.values()].some((trace) => trace.others);
      const conflicts = known.flatMap(({ id, derived }): readonly ConflictField[] => {
        const trace = ends(id);
        const lost = trace !== undefined && !derived && trace.met && trace.last === 'other' && differs(trace.before, trace.now);
        return lost ? [{ field: id, before: trace.before, now: trace.now }] : [];
      });
      const going = known.flatMap(({ id, derived }) => {
        const trace = ends(id);
        return trace?.last === 'meant' && differs(trace.before, trace.now) ? [{ id, derived, ...trace }] : [];
      });
      const to = Object.fromEntries(going.map(({ id, before }) => [id, before])) as JsonObject;

      if (newest.action === 'delete') {
        if (newest.by === 'meant')
          return made && !others
            ? { kind: 'as-before' }
            : { kind: 'make-again', to: { ...newest.before, ...to }, next: versionIn(newest.before) + 1 };
        if (undo !== undefined) return { kind: 'as-before', undone: undo };
        const lost = going.filter(({ derived }) => !derived).map(({ id, before }) => ({ field: id, before, now: null }));
        const all = [...lost, ...conflicts.map((one) => ({ ...one, now: null }))];
        return made || all.length === 0 ? { kind: 'as-before' } : { kind: 'conflict', code: 'gone', fields: all };
      }
      const version = versionIn(newest.after);
      if (made && !others) return { kind: 'delete', version };
      if (made) {
        const since = known.filter(({ id, derived }) => !derived && ends(id)?.last === 'other');
        return {
          kind: 'conflict',
          code: 'written-since',
          fields: since.map(({ id }) => ({ field: id, before: null, now: ends(id)?.now ?? null })),
        };
      }
      // What only follows from the rest goes along with it, and by itself nowhere.
      if (going.every(({ derived }) => derived) && conflicts.length === 0)
        return { kind: 'as-before', ...(undo === undefined ? {} : { undone: undo }) };
      const from = Object.fromEntries(going.map(({ id, now }) => [id, now])) as JsonObject;
      return { kind: 'put-back', version, to, from, conflicts, ...(undo === undefined ? {} : { undone: undo }) };
    },
  };
}

/** An older write of a field is met. */
function traced(trace: Trace | undefined, by: JournalStep['by'], before: unknown, now: unknown): Trace {
  const known = trace ?? { walking: true, met: false, others: false, before: now, now };
  if (!known.walking) return known;
  if (known.given !== undefined && differs(known.given.value, now)) return known;
  // What an undo put in place leads on from where that value stood before.
  if (by === 'undo') return { ...known, given: { value: now } };
  const { given: _given, ...at } = known;
  if (at.last === undefined) return { ...at, last: by, met: by === 'meant', others: by === 'other', before, now };
  if (by === 'other') return { ...at, others: true, walking: at.last === 'other' && !at.met };
  return at.met && differs(at.before, now) ? { ...at, walking: false } : { ...at, met: true, before };
}

const deedOf = ({ action }: JournalStep): UndoneDeed => (action === 'delete' ? 'deleted' : action === 'create' ? 'made-again' : 'put-back');
/** Fields that got another value; of a row that was made, all. */
function changesIn({ action, before, after }: JournalStep): readonly (readonly [string, unknown, unknown])[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  names.delete('version');
  return [...names].flatMap((name) => {
    const [was, is] = [before?.[name] ?? null, after?.[name] ?? null];
    return action === 'create' || differs(was, is) ? [[name, was, is] as const] : [];
  });
}
const differs = (left: unknown, right: unknown): boolean => canonicalJson(left ?? null) !== canonicalJson(right ?? null);
const versionIn = (image: JsonObject | null): number => Number(image?.['version'] ?? 0);
