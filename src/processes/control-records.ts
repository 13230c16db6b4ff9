/** Joins the tables of record with what the control API reads: the doors never see a database. */
import { randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import { seenReads } from '#adapters/seen-reads';
import type { ControlReads, UndoRecord } from '#api';
import { changeId, instant } from '#kernel';
import {
  cancelChange,
  countUndone,
  journalOfRow,
  leftSystem,
  listAudit,
  listDeliveries,
  listGenerations,
  listRequests,
  listSendings,
  loadBacklog,
  loadCandidate,
  loadCertificateOf,
  loadChangeEvents,
  loadComponents,
  loadCosts,
  loadEvents,
  loadGeneration,
  loadLedger,
  loadPublicKeys,
  loadRequest,
  loadSources,
  loadUndo,
  saveAudit,
  saveRequest,
  type Undo,
  undoConflicts,
  undosOf,
} from '#store/records';

export function controlRecords(pool: Pool, watchers: Set<(change: string) => void>): ControlReads {
  return {
    ask: async ({ id, caller, ...asking }) => {
      const now = Date.now();
      const name = id ?? randomUUIDv7();
      await saveRequest(pool, {
        id: changeId(name),
        ...asking,
        by: caller.id,
        roles: caller.roles,
        askedAt: instant(now),
      });
      const saved = await loadRequest(pool, name);
      if (saved === null) throw new Error('a request that was saved is there');
      await saveAudit(pool, {
        caller: caller.id,
        action: asking.kind === 'check' ? 'check' : asking.proposal === undefined ? 'ask' : 'propose',
        subject: name,
      });
      return saved;
    },
    cancel: async (change, by, why) => {
      const cancelled = await cancelChange(pool, {
        change: changeId(change),
        at: instant(Date.now()),
        kind: 'ended',
        outcome: 'cancelled',
        why,
      });
      if (cancelled) await saveAudit(pool, { caller: by, action: 'cancel', subject: change });
      return cancelled;
    },
    change: (id) => loadRequest(pool, id),
    changes: (limit, before, checks) => listRequests(pool, limit, before, checks),
    changeEvents: (change, after) => loadChangeEvents(pool, change, after),
    watchChanges: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    candidate: (id) => loadCandidate(pool, id),
    certificateOf: (generation) => loadCertificateOf(pool, generation),
    generations: (limit) => listGenerations(pool, limit),
    generation: (id) => loadGeneration(pool, id),
    components: (generation) => loadComponents(pool, generation),
    sources: (digests) => loadSources(pool, digests),
    log: () => loadEvents(pool, 0),
    ledger: (change, limit) => loadLedger(pool, change, limit),
    costs: (wanted) => loadCosts(pool, wanted),
    audit: (limit) => listAudit(pool, limit),
    note: (entry) => saveAudit(pool, entry),
    journal: (row, limit) => journalOfRow(pool, row, limit),
    publicKeys: () => loadPublicKeys(pool),
    readsSeen: seenReads(pool),
    backlog: () => loadBacklog(pool, Date.now()),
    deliveries: (wanted) => listDeliveries(pool, wanted),
    sendings: (wanted) => listSendings(pool, wanted),
    undo: async (id) => {
      const undo = await loadUndo(pool, id);
      return undo === null ? null : undoRecord(pool, undo);
    },
    undosOf: async (change) => Promise.all((await undosOf(pool, change, listedUndos)).map((undo) => undoRecord(pool, undo))),
    undoConflicts: (undo, wanted) => undoConflicts(pool, undo, wanted),
  };
}

/** More undos of one change, and requests that they found gone, are not listed. */
const [listedUndos, listedOutside] = [10, 50];
async function undoRecord(pool: Pool, undo: Undo): Promise<UndoRecord> {
  const [rows, outside] = await Promise.all([countUndone(pool, undo.id), leftSystem(pool, undo.meant, listedOutside)]);
  return { ...undo, rows, outside };
}
