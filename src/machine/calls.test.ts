import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Caller, isRefusal, type Json, refuse } from '#kernel';
import { HostDied, type Hosts } from '#hosts';
import type { PlainRow } from '#store';
import { memoryStore } from '#store/memory';
import { openCalls } from './calls.ts';
import { type Guilt, noGuilt } from './guilt.ts';
import { close, loaded, ticket } from './specimens.ts';

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
    guilt: { ...noGuilt, strike: async (component) => void strikes.push(component) },
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

describe('a component that fails', () => {
  const source = loaded.code.get(close.id) ?? '';
  async function failing(end: Json | Error, as: Caller, held: Partial<Guilt> = {}) {
    const strikes: string[] = [];
    const tries: boolean[] = [];
    const calls = openCalls({
      store: memoryStore(),
      hosts: {
        call: async ({ alone }: { readonly alone: boolean }) => {
          tries.push(alone);
          if (end instanceof Error) throw end;
          return end;
        },
      } as unknown as Hosts,
      clock: Date.now,
      log: () => {},
      guilt: {
        ...noGuilt,
        strike: async (component, digest, why) => void strikes.push(`${component} ${digest === source} ${why}`),
        ...held,
      },
      loaded: () => loaded,
      routed: async () => loaded,
    });
    const made = (await calls.create(loaded, ticket, { what: 'a leak' }, { caller })).value as PlainRow;
    const { value } = await calls.operate(loaded, close, String(made.id), {}, { caller: as });
    assert.ok(isRefusal(value));
    return { value, strikes, tries };
  }
  const said = (more: { readonly [member: string]: Json }): Json =>
    refuse('component-failed', 'operation/closeTicket failed at line 3: secret', {
      component: 'operation/closeTicket',
      message: 'secret',
      line: 3,
      column: 7,
      ...more,
    }) as unknown as Json;
  const clerk: Caller = { id: 'c2', name: 'Carl', roles: ['clerk'] };

  it('is struck for a deed of its own, and for nothing else', async () => {
    for (const deed of ['memory', 'processor', 'flood', 'contract', 'load'])
      assert.match((await failing(said({ deed }), caller)).strikes.join(), /^operation\/closeTicket true it/, deed);
    const others: Json[] = [
      said({}),
      said({ deed: 'toString' }),
      refuse('conflict', 'There is no stock.') as unknown as Json,
      refuse('deadline', 'It did not end in time.') as unknown as Json,
      refuse('busy', 'No host.') as unknown as Json,
    ];
    for (const end of others) assert.deepEqual((await failing(end, caller)).strikes, []);
  });

  it('tells its place to who may see code, and its name alone to others', async () => {
    const { value } = await failing(said({ deed: 'memory' }), caller);
    assert.deepEqual(value.evidence, {
      component: 'operation/closeTicket',
      message: 'secret',
      place: { file: 'operations/close-ticket.ts', line: 3, column: 7 },
    });
    const hidden = (await failing(said({ deed: 'memory' }), clerk)).value;
    assert.deepEqual(hidden.evidence, { component: 'operation/closeTicket' });
    assert.doesNotMatch(JSON.stringify(hidden), /secret|line/);
  });

  it('runs alone with a strike, and dies guilty at once', async () => {
    const { value, tries, strikes } = await failing(new HostDied('operation/closeTicket', 'it used 400 MB', true), caller, {
      suspect: () => true,
    });
    assert.deepEqual([value.code, tries, strikes.length], ['component-failed', [true], 1]);
  });

  it('is not called in quarantine, and the answer says what to do', async () => {
    const { value, tries } = await failing(null, caller, { quarantined: () => '3 strikes' });
    assert.deepEqual([value.code, tries], ['component-failed', []]);
    assert.match(value.why, /operation\/closeTicket is quarantined.*3 strikes.*theseus release operation\/closeTicket/);
  });
});
