import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Caller, type Contract, digest, type EntityContract, isRefusal, type OperationContract, permanentId } from '#kernel';
import { HostDied, type Hosts } from '#hosts';
import { type PlainRow, prepareModel } from '#store';
import { memoryStore } from '#store/memory';
import { linkModel } from '#model';
import { openCalls } from './calls.ts';
import type { Loaded } from './loaded.ts';

const ticket: EntityContract = {
  kind: 'entity',
  id: permanentId('e_tick'),
  name: 'ticket',
  plural: 'tickets',
  title: 'what',
  fields: [{ id: permanentId('f_what'), no: 1, name: 'what', type: { kind: 'text' }, required: true, unique: false, sensitive: false }],
  retired: [],
  invariants: [],
};
const close: OperationContract = {
  kind: 'operation',
  id: permanentId('o_clos'),
  name: 'closeTicket',
  on: ticket.id,
  http: { method: 'POST', path: '/api/tickets/{id}/close', status: 200 },
  input: [],
  output: null,
  capabilities: [],
  roles: [],
  caps: { wallMs: 1_000, capabilityCalls: 1, rows: 1, bytes: 100 },
};
const contracts: readonly Contract[] = [ticket, close];
const model = linkModel(
  {
    name: 'desk',
    currency: { code: 'EUR', digits: 2 },
    timeZone: 'UTC',
    locale: 'en',
    collation: 'und-x-icu',
    roles: [{ name: 'owner', read: true, write: true, sensitive: true }],
    policy: {
      ask: ['owner'],
      approve: ['owner'],
      rollback: ['owner'],
      freeze: ['owner'],
      autonomy: { low: 'act', medium: 'act', high: 'act' },
      approvals: { low: 0, medium: 0, high: 0 },
      gates: { low: [], medium: [], high: [] },
      isolation: 'preferred',
      limits: { calls: null, control: 50, signIns: 20 },
    },
  },
  contracts,
);
const prepared = prepareModel(model);
const loaded: Loaded = {
  ...prepared,
  model,
  prepared,
  activation: 1,
  code: new Map([[close.id, digest(`sha256:${'a'.repeat(64)}`)]]),
  changes: new Map(),
};
const caller: Caller = { id: 'c1', name: 'Olga', roles: ['owner'] };

/** `dies` says how the host of each try ends; after those it lives. Answers what came of closing a ticket. */
async function closing(dies: readonly { readonly explained: boolean }[], version?: number) {
  const tries: boolean[] = [];
  const strikes: string[] = [];
  const hosts: Pick<Hosts, 'call'> = {
    call: async ({ key, alone }) => {
      const death = dies[tries.push(alone === true) - 1];
      if (death !== undefined) throw new HostDied(key, 'it was killed', death.explained);
      return null;
    },
  };
  const calls = openCalls({
    store: memoryStore(),
    hosts: hosts as Hosts,
    clock: Date.now,
    log: () => {},
    strike: (component) => void strikes.push(component),
    loaded: () => loaded,
    routed: async () => loaded,
  });
  const made = (await calls.create(loaded, ticket, { what: 'a leak' }, { caller })).value as PlainRow;
  const answer = await calls.operate(loaded, close, String(made.id), {}, { caller, ...(version === undefined ? {} : { version }) }).then(
    ({ value }) => (isRefusal(value) ? value.code : 'done'),
    (cause: unknown) => (cause instanceof HostDied ? cause.code : cause),
  );
  return { answer, tries, strikes };
}
const killed = { explained: false };
const guilty = { explained: true };

describe('a call whose host dies', () => {
  it('goes again, alone, and is answered', async () => {
    assert.deepEqual(await closing([guilty]), { answer: 'done', tries: [false, true], strikes: [] });
  });

  it('is guilty only where it was alone and its death is explained', async () => {
    assert.deepEqual(await closing([killed, guilty]), {
      answer: 'component-failed',
      tries: [false, true],
      strikes: ['operation/closeTicket'],
    });
    assert.deepEqual(await closing([killed, killed, killed]), { answer: 'done', tries: [false, true, true, true], strikes: [] });
  });

  it('is told to come again, with no strike, where somebody outside goes on killing', async () => {
    const { answer, tries, strikes } = await closing(Array.from({ length: 20 }, () => killed));
    assert.deepEqual({ answer, tries: tries.length, strikes }, { answer: 'host-died', tries: 6, strikes: [] });
  });
});

describe('an operation with If-Match', () => {
  it('is not begun on a row that has moved on', async () => {
    assert.deepEqual(await closing([], 7), { answer: 'stale', tries: [], strikes: [] });
    assert.equal((await closing([], 1)).answer, 'done');
  });
});
