import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, type Caller, type Command, changeId, decide, digest, emptyState, instant, isRefusal, type KernelState } from '#kernel';
import { openGuilt } from './guilt.ts';
import type { KernelLog } from './kernel-log.ts';
import { loaded } from './specimens.ts';

const version = (number: number) => digest(`sha256:${String(number).padStart(64, '0')}`);
const [first, second, bad, good] = [version(1), version(2), version(8), version(9)];
const owner: Caller = { id: 'o', name: 'Olga', roles: ['owner'] };
const viewer: Caller = { id: 'v', name: 'Vera', roles: ['viewer'] };
const { policy } = loaded.model.settings;

/** A log in memory over the real kernel, in whose line change `2` is the newest and brought `bad`. */
function opened(onQuarantine: 'roll-back' | 'hold' = 'roll-back') {
  const at = instant(0);
  let state: KernelState = [
    { kind: 'installed', generation: first, activation: 1, at, by: 'x' } as const,
    { kind: 'admitted', generation: second, certificate: version(7), change: changeId('2'), base: first, at, by: 'x' } as const,
    { kind: 'activated', generation: second, activation: 2, change: changeId('2'), at, by: 'x' } as const,
  ].reduce(apply, emptyState);
  const log: Pick<KernelLog, 'state' | 'refresh' | 'perform'> = {
    state: () => state,
    refresh: async () => state,
    perform: async (command: Command) => {
      const decided = decide(state, command);
      if (!isRefusal(decided)) state = decided.reduce(apply, state);
      return decided;
    },
  };
  const taken: string[] = [];
  const told: string[] = [];
  const guilt = openGuilt({
    log,
    clock: () => 0,
    policy: () => ({ ...policy, onQuarantine }),
    sourcesOf: async (generation) => new Set<string>(generation === second ? [good, bad] : [good]),
    tookBack: async (event, why) => void taken.push(`${event.changes.join()} ${why}`),
    tell: (entry) => void told.push(String(entry['kind'])),
  });
  const strike = (source: string) => guilt.strike('operation/closeTicket', source, 'its host died with it while it ran alone');
  return { guilt, strike, taken, told, stable: () => state.routing.stable };
}

test('three strikes quarantine a version, and the newest change, which brought it, is taken back', async () => {
  const { guilt, strike, taken, told, stable } = opened();
  assert.equal(guilt.suspect(bad), false);
  await strike(bad);
  assert.deepEqual([guilt.suspect(bad), guilt.quarantined(bad)], [true, null]);
  await strike(bad);
  await strike(bad);
  assert.match(guilt.quarantined(bad) ?? '', /^3 strikes, the last one: its host died/);
  assert.equal(stable(), first);
  assert.match(taken.join(), /^2 Taken back by the kernel itself: operation\/closeTicket was quarantined/);
  assert.deepEqual(told, ['strike', 'strike', 'strike', 'quarantine']);
  await strike(bad);
  assert.equal(taken.length, 1);
});

test('a version that was there before the newest change is quarantined, and nothing is taken back', async () => {
  for (const [source, how] of [
    [good, 'roll-back'],
    [bad, 'hold'],
  ] as const) {
    const { guilt, strike, taken, stable } = opened(how);
    for (let times = 0; times < 3; times += 1) await strike(source);
    assert.deepEqual([guilt.quarantined(source) === null, taken, stable()], [false, [], second]);
  }
});

test('a person who may approve releases by name; nobody else does', async () => {
  const { guilt, strike } = opened('hold');
  for (let times = 0; times < 3; times += 1) await strike(bad);
  const refused = await guilt.release(viewer, 'operation/closeTicket');
  assert.ok(isRefusal(refused) && refused.code === 'forbidden');
  assert.deepEqual(await guilt.release(owner, 'operation/closeTicket'), { released: [bad] });
  assert.deepEqual([guilt.quarantined(bad), guilt.suspect(bad), guilt.held()], [null, false, []]);
  const nothing = await guilt.release(owner, 'operation/closeTicket');
  assert.ok(isRefusal(nothing) && nothing.code === 'not-found');
});
