/** Records in memory, for tests of the control API's routes and shapes. */
import { changeId, type ChangeId, digest, type Digest, type Generation, instant } from '#kernel';
import type { ChangeEvent, ChangeRequest } from '#change';
import { digestOf } from '#model';
import type { ControlReads, UndoRecord } from '../control-reads.ts';
import { firstGeneration } from './machine.ts';
import { customer } from './model.ts';

export interface SpecimenReads extends ControlReads {
  /** Something happens to a change. */
  add(change: string, event: EventOf<ChangeEvent>): void;
  readonly notes: { readonly caller: string; readonly action: string }[];
}
type EventOf<Event> = Event extends ChangeEvent ? Omit<Event, 'change' | 'seq' | 'at'> : never;

const text = "export default entity({ name: 'customer' });\n";
export const secondGeneration: Digest = digest(`sha256:${'2'.repeat(64)}`);
const generation = (id: Digest): Generation => ({
  id,
  format: 'theseus/generation/1',
  settings: digestOf('{}'),
  components: [{ kind: 'entity', name: 'customer', path: 'entities/customer.ts', source: digestOf(text), contract: digestOf('contract') }],
});

export function specimenReads(): SpecimenReads {
  const requests = new Map<string, ChangeRequest>();
  const events = new Map<string, ChangeEvent[]>();
  const listeners = new Set<(change: string) => void>();
  const notes: { caller: string; action: string }[] = [];
  const tell = (change: string): void => {
    for (const listener of listeners) listener(change);
  };
  return {
    notes,
    add(change, event) {
      const own = events.get(change) ?? [];
      events.set(change, own);
      own.push({ ...event, change: changeId(change), seq: own.length, at: instant(1_000 + own.length) } as ChangeEvent);
      tell(change);
    },
    ask: async ({ id = `change-${requests.size + 1}`, caller, ...asking }) => {
      const known = requests.get(id);
      if (known !== undefined) return known;
      const made: ChangeRequest = {
        id: changeId(id),
        ...asking,
        by: caller.id,
        roles: caller.roles,
        askedAt: instant(1_000),
      };
      requests.set(id, made);
      tell(id);
      return made;
    },
    cancel: async (change, _by, why) => {
      const own = events.get(change) ?? [];
      if (own.some((event) => event.kind === 'ended' || event.kind === 'certified')) return false;
      events.set(change, own);
      own.push({ kind: 'ended', outcome: 'cancelled', why, change: changeId(change), seq: own.length, at: instant(1_000 + own.length) });
      tell(change);
      return true;
    },
    change: async (id) => requests.get(id) ?? null,
    changes: async (limit, before, checks) => {
      const all = [...requests.values()].filter((request) => checks || request.kind !== 'check').reverse();
      const start = before === null ? 0 : all.findIndex((request) => request.id === before) + 1;
      return all.slice(start, start + limit).map((request) => ({ request, last: events.get(request.id)?.at(-1) ?? null }));
    },
    changeEvents: async (change, after = -1) => (events.get(change) ?? []).filter((event) => event.seq > after),
    watchChanges: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    candidate: async (id) =>
      id === 'cand-1'
        ? {
            id,
            files: { 'entities/customer.ts': `${text}// more\n`, 'rules/discount.ts': 'export default 1;\n' },
            base: firstGeneration,
            generation: secondGeneration,
            generator: 'sentences 1',
            notes: ['A customer says more.'],
          }
        : null,
    certificateOf: async () => null,
    generations: async () => [
      { id: secondGeneration, parent: firstGeneration, change: 'change-1', createdAt: '2026-11-23T08:01:00.000Z' },
      { id: firstGeneration, parent: null, change: null, createdAt: '2026-11-23T08:00:00.000Z' },
    ],
    generation: async (id) => (id === firstGeneration || id === secondGeneration ? generation(id) : null),
    components: async () => [
      {
        source: digestOf(text),
        path: 'entities/customer.ts',
        contract: customer,
        contractDigest: digestOf('contract'),
        head: { what: 'A customer buys.', why: 'sales', change: 'start', generator: 'person', date: '2026-11-23' },
      },
    ],
    sources: async (digests) =>
      new Map(
        [...digests]
          .filter((wanted) => wanted === digestOf(text) || wanted === digestOf('{}'))
          .map((wanted) => [wanted, wanted === digestOf(text) ? text : '{}']),
      ),
    log: async () => [
      {
        seq: 1,
        event: { kind: 'installed', at: instant(1), by: 'machine', generation: firstGeneration, activation: 1 },
        previous: '',
        digest: digestOf('1'),
        signature: 'x',
      },
      {
        seq: 2,
        event: { kind: 'activated', at: instant(2), by: 'c1', generation: secondGeneration, activation: 2, change: 'change-1' as ChangeId },
        previous: 'x',
        digest: digestOf('2'),
        signature: 'x',
      },
    ],
    ledger: async () => [],
    undo: async (id) => (id === undoId ? specimenUndo : null),
    undosOf: async (change) => (change === 'ch_1' ? [specimenUndo] : []),
    undoConflicts: async () => [
      {
        no: 7,
        row: '00000000-0000-7000-8000-000000000001',
        entity: 'e_cust',
        deed: 'put-back',
        code: 'written-since',
        why: 'It was written since.',
        places: [],
        fields: [
          { field: 'f_tname', before: 'Ada', now: 'Eve' },
          { field: 'f_tnote', before: 'owes', now: 'paid' },
        ],
      },
    ],
    readsSeen: async () => [],
    costs: async () => [
      {
        change: 'change-1',
        request: 'Add a phone to customers',
        at: '2026-11-23T08:00:00Z',
        outcome: 'live',
        generator: 'model/main',
        phases: [{ phase: 'gate', cpuMs: 200, wallMs: 150 }],
        calls: [
          {
            phase: 'generate',
            provider: 'openai',
            model: 'gpt-5',
            tokens: { input: 1_000, cached: 200, output: 300, reasoning: 100 },
            usd: 0.004,
            prices: 'a list',
            energyWh: { from: 0.5, to: 4, method: 'a method' },
            wallMs: 900,
          },
          { phase: 'generate', provider: 'own', model: 'mine', tokens: null, usd: null, prices: 'a list', energyWh: null, wallMs: 20 },
        ],
      },
    ],
    audit: async () => [{ id: 1, at: '2026-11-23T08:00:00Z', caller: 'c1', action: 'sign-in', subject: null, detail: null }],
    note: async (entry) => void notes.push(entry),
    journal: async (row) => [
      {
        at: '2026-11-23T08:00:00.000Z',
        call: 'call',
        caller: 'c1',
        generation: firstGeneration,
        component: 'entity/customer',
        change: null,
        entity: 'e_cust',
        action: 'create',
        before: null,
        after: { id: row, f_tname: 'Ada', f_tnote: 'owes', f_gone: 1, f_tlines: [{ id: 'x', f_tquantity: 1, f_gone: 2 }] },
      },
    ],
    publicKeys: async () => new Map([['workshop', 'PEM']]),
    backlog: async () => [],
    deliveries: async ({ state, limit }) =>
      [
        {
          no: 7,
          component: 'reaction/tell',
          call: 'call',
          given: { id: 'e', at: 0, row: 'r1' },
          trail: ['reaction/tell'],
          state: 'dead' as const,
          attempts: 3,
          dueAt: 0,
          held: null,
          code: 'conflict',
          why: 'No.',
          evidence: null,
          madeAt: 0,
          endedAt: 5,
          wallMs: 1.2,
          generation: null,
        },
      ]
        .filter((record) => state === undefined || record.state === state)
        .slice(0, limit),
    sendings: async ({ state, limit }) =>
      [
        {
          id: 's1',
          component: 'operation/ship',
          method: 'POST',
          host: 'parcels.example',
          path: '/v1',
          state: 'dead' as const,
          tries: 10,
          status: null,
          why: 'Nobody is there.',
          madeAt: '2026-11-23T08:00:00.000Z',
          at: '2026-11-23T09:00:00.000Z',
          call: 'call',
        },
      ]
        .filter((record) => state === undefined || record.state === state)
        .slice(0, limit),
  };
}

export const undoId = '00000000-0000-7000-8000-00000000000a';
const specimenUndo: UndoRecord = {
  id: undoId,
  changes: ['ch_1'],
  meant: [{ component: 'operation/placeSalesOrder' }],
  caller: 'c1',
  at: '2026-11-24T08:00:00.000Z',
  state: 'done',
  endedAt: '2026-11-24T08:00:13.000Z',
  rows: { rows: 3, waiting: 0, deleted: 1, madeAgain: 0, putBack: 1, asBefore: 1, conflicts: 1 },
  outside: { sent: 0, waiting: 0, first: [] },
  outsideStopped: 0,
};
