/**
 * Undo with data: the rows that a change wrote go back to where they stood, once its code is taken back. One undo is a durable run of many
 * small transactions, taken up by whichever kernel is there, and goes on until the calls of what was left are over, so that nothing they
 * write is missed. What others wrote since stays, and what could not be put back is kept with both values. Tells no reaction and nobody outside.
 */
import { randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import { type Call, type Caller, changeId, type Digest, instant, isRefusal, type PermanentId, type Refusal } from '#kernel';
import { entityById } from '#model';
import { isFencedOut, type Store } from '#store';
import {
  atUndo,
  beginUndo,
  countUndone,
  endUndo,
  keepFromLeaving,
  leaveUndo,
  leftSystem,
  listRows,
  type Meant,
  nextRound,
  noteStopped,
  otherRows,
  rowsToUndo,
  saveAudit,
  saveUndone,
  type Undo,
  undoComponent,
  writtenRows,
} from '#store/records';
import type { KernelLog } from '../kernel-log.ts';
import type { Loaded, SettingsReader } from '../loaded.ts';
import type { UndoPreview } from '../running.ts';
import { meantWrites } from './meant-writes.ts';
import { undoRows } from './undo-rows.ts';

export interface UndoParts {
  readonly pool: Pool;
  readonly store: Store;
  readonly log: Pick<KernelLog, 'state' | 'refresh'>;
  readonly readSettings: SettingsReader;
  readonly routed: () => Promise<Loaded>;
  readonly clock: () => number;
  readonly note: (what: string, cause: unknown) => void;
}
export interface Undoing {
  /** What an undo of these changes would find, `target` being the generation that serves then. Writes nothing. */
  preview(changes: readonly string[], target: Digest): Promise<UndoPreview>;
  /** Begins one, or answers that which runs for them; its rows follow by themselves. */
  begin(by: Caller, changes: readonly string[]): Promise<string>;
  /** Each second: goes on with an undo that nobody works at. */
  look(): Promise<void>;
  close(): Promise<void>;
}
/** Rows in one transaction: it has to end well within the time of a call. */
const rowsAtOnce = 40;
const [callMs, drainMs, brokeMs] = [10_000, 1_000, 2_000];
/** Passes over rows that others stand in the way of. */
const mostRounds = 20;
const listedOutside = 50;

export function openUndo(parts: UndoParts): Undoing {
  const { pool, log, clock, note } = parts;
  let looking: Promise<void> | undefined;
  let closed = false;
  /** Undos whose rows this kernel has listed: they are listed once more when the calls of what was left are over. */
  const listed = new Set<string>();

  const envelope = (loaded: Loaded, undo: Undo): Call => ({
    call: undo.id,
    // It writes in this person's name, and by no right of a role to see anything: what it is refused is told to others as well.
    caller: { id: undo.caller, name: undo.name, roles: [] },
    generation: loaded.generation,
    activation: loaded.activation,
    component: undoComponent,
    change: undo.changes[0] === undefined ? null : changeId(undo.changes[0]),
    now: instant(clock()),
    deadline: instant(clock() + callMs),
  });

  async function drained({ meant }: Undo): Promise<boolean> {
    const { live } = await log.refresh();
    const left = new Set(meant.map(({ generation }) => generation));
    return !Object.values(live).some(({ generation, state }) => state !== 'closed' && left.has(generation));
  }

  /** Until nothing waits, or the kernel closes. Fewer rows are tried where so many take too long. */
  async function allWaiting(undo: Undo): Promise<void> {
    for (let most = rowsAtOnce; !closed;) {
      const rows = await rowsToUndo(pool, undo.id, most);
      if (rows.length === 0) return;
      const loaded = await parts.routed();
      let done: Awaited<ReturnType<typeof undoRows>>;
      try {
        done = await undoRows(parts, undo, loaded, () => envelope(loaded, undo), rows);
      } catch (cause) {
        if (isFencedOut(cause)) continue;
        throw cause;
      }
      if (!isRefusal(done)) await saveUndone(pool, undo.id, done);
      else if (rows.length > 1) most = Math.max(1, Math.floor(rows.length / 4));
      else
        await saveUndone(
          pool,
          undo.id,
          rows.map(({ row }) => tooLong(row, done as Refusal)),
        );
    }
  }
  const tooLong = (row: string, { code, why }: Refusal) => ({
    row,
    state: 'again' as const,
    deed: null,
    code,
    why,
    places: [],
    fields: [],
  });

  async function work(undo: Undo): Promise<void> {
    const over = await drained(undo);
    if (over || !listed.has(undo.id)) await listRows(pool, undo);
    listed.add(undo.id);
    const stopped = await keepFromLeaving(pool, undo.meant, `Taken back by ${undo.name} with what was written.`);
    if (stopped > 0) await noteStopped(pool, undo.id, stopped);
    do await allWaiting(undo);
    while (!closed && (await nextRound(pool, undo.id, mostRounds)));
    if (closed) return;
    if (!over) return leaveUndo(pool, undo.id, drainMs);
    if (!(await endUndo(pool, undo.id))) return;
    listed.delete(undo.id);
    const counts = await countUndone(pool, undo.id);
    await saveAudit(pool, {
      caller: undo.caller,
      action: 'undo-rows',
      subject: undo.changes.join(' '),
      detail: { undo: undo.id, ...counts },
    });
  }
  /** What breaks is tried again, and not in one go. */
  const orLater = (undo: Undo): Promise<void> =>
    work(undo).catch((cause: unknown) => {
      note('undo', cause);
      return leaveUndo(pool, undo.id, brokeMs);
    });
  async function all(): Promise<void> {
    while (!closed && (await atUndo(pool, orLater)));
  }
  const look = (): Promise<void> =>
    (looking ??= all()
      .catch((cause: unknown) => note('undo', cause))
      .finally(() => {
        looking = undefined;
      }));

  async function meantFor(changes: readonly string[], target: Digest): Promise<readonly Meant[]> {
    return meantWrites(parts, await log.refresh(), changes, target);
  }

  return {
    preview: async (changes, target) => {
      const meant = await meantFor(changes, target);
      const { model } = await parts.routed();
      const [rows, others, outside] = await Promise.all([
        writtenRows(pool, meant),
        otherRows(pool, meant),
        leftSystem(pool, meant, listedOutside),
      ]);
      const components = [...new Set(meant.map(({ component }) => component))];
      return {
        components,
        entities: rows.map(({ entity, ...counts }) => ({ entity: entityById(model, entity as PermanentId)?.name ?? entity, ...counts })),
        others,
        outside,
      };
    },
    begin: async (by, changes) => {
      const { generation } = await parts.routed();
      const meant = await meantFor(changes, generation);
      const { undo, fresh } = await beginUndo(pool, { id: randomUUIDv7(), changes, meant, caller: by.id, name: by.name });
      if (fresh) await saveAudit(pool, { caller: by.id, action: 'begin-undo', subject: changes.join(' '), detail: { undo: undo.id } });
      void look();
      return undo.id;
    },
    look,
    close: async () => {
      closed = true;
      await looking;
    },
  };
}
