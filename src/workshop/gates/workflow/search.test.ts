/** What a machine comes to, the shortest way there, what cannot be come to, and that a cap is said and never taken for an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords } from './in-words.ts';
import { KeyTable } from './key-table.ts';
import { broken, created, type Machine, type Move, type Strength, tableOf, type Variable } from './machine.ts';
import { comesTo, reachedBy } from './paths.ts';
import { defaultLimits, explore } from './search.ts';

const slow = { ...defaultLimits, milliseconds: 60_000 };
const variable = (name: string, values: readonly string[]): Variable => ({ name, values });
const move = (
  variables: readonly Variable[],
  name: string,
  from: { readonly [variable: number]: number },
  sets: Move['sets'],
  strength: Strength = 'can',
): Move => {
  const reads = Object.keys(from).map(Number);
  return {
    name,
    reads,
    sets,
    table: tableOf(variables, reads, (values) => (values.every((value, at) => value === from[reads[at] ?? 0]) ? strength : 'never')),
  };
};

/** An order that is approved twice at most, and paid in parts; one that is cancelled after a part was paid is stuck. */
function order(parts: number, cancelAny: boolean): Machine {
  const variables = [
    variable('status', ['draft', 'open', 'cancelled', 'shipped', 'refunded']),
    variable(
      'paid',
      Array.from({ length: parts + 1 }, (_, at) => `${at} of ${parts}`),
    ),
  ];
  const moves = [
    move(variables, 'submit', { 0: 0 }, [[0, 1]]),
    ...Array.from({ length: parts }, (_, at) => move(variables, 'pay', { 0: 1, 1: at }, [[1, at + 1]])),
    move(variables, 'ship', { 0: 1, 1: parts }, [[0, 3]]),
    ...(cancelAny ? [move(variables, 'cancel', { 0: 1 }, [[0, 2]])] : [move(variables, 'cancel', { 0: 1, 1: 0 }, [[0, 2]])]),
    move(variables, 'refund', { 0: 2, 1: parts }, [[0, 4]]),
  ];
  return { variables, moves, monitors: [], starts: [[0, 0]] };
}
const stateOf = (machine: Machine, isIt: (values: Int32Array) => boolean): number => {
  const explored = explore(machine, slow);
  for (let state = 0; state < explored.states; state += 1) if (isIt(explored.valuesOf(state))) return state;
  return -1;
};

test('every state is found once, and the way to it is a shortest one, in words', () => {
  const machine = order(4, true);
  const explored = explore(machine, slow);
  assert.equal(explored.endedBy, undefined);
  const shipped = stateOf(machine, ([status]) => status === 3);
  assert.equal(
    inWords(explored, reachedBy(explored, 'can'), shipped),
    'draft (paid 0 of 4), submit -> open, pay -> 1 of 4, pay -> 2 of 4, pay -> 3 of 4, pay -> 4 of 4, ship -> shipped',
  );
});

test('a state from which no end is come to is told apart from one that only takes long', () => {
  const machine = order(4, true);
  const explored = explore(machine, slow);
  const ends = comesTo(explored, ([status]) => status === 3 || status === 4, 'can');
  const stuck = Array.from(ends, (comes, state) => ({ comes, values: [...explored.valuesOf(state)] })).filter(({ comes }) => comes === 0);
  assert.deepEqual(
    stuck.map(({ values }) => values),
    [
      [2, 0],
      [2, 1],
      [2, 2],
      [2, 3],
    ],
  );
});

test('what is merely not excluded reaches more than what is shown to be possible', () => {
  const variables = [variable('status', ['draft', 'open', 'shipped'])];
  const explored = explore(
    {
      variables,
      monitors: [],
      starts: [[0]],
      moves: [move(variables, 'open', { 0: 0 }, [[0, 1]]), move(variables, 'ship', { 0: 1 }, [[0, 2]], 'may')],
    },
    slow,
  );
  assert.deepEqual(
    [...reachedBy(explored, 'can').by].map((edge) => edge !== -2),
    [true, true, false],
  );
  assert.deepEqual(
    [...reachedBy(explored, 'may').by].map((edge) => edge !== -2),
    [true, true, true],
  );
});

test('a history that must not be is remembered on the way, whichever way that was', () => {
  const variables = [variable('status', ['draft', 'open', 'shipped']), variable('was open', ['unseen', 'seen', 'broken'])];
  const monitors = [{ variable: 1, watches: 0, sees: 1, reaches: 2, brokenBy: 'unseen' }] as const;
  const moves = [move(variables, 'submit', { 0: 0 }, [[0, 1]]), move(variables, 'ship', { 0: 1 }, [[0, 2]])];
  const brokenIn = (more: readonly Move[]): string[] => {
    const explored = explore({ variables, monitors, starts: [[0, 0]], moves: [...moves, ...more] }, slow);
    const found: string[] = [];
    for (let state = 0; state < explored.states; state += 1)
      if (explored.valuesOf(state)[1] === broken) found.push(inWords(explored, reachedBy(explored, 'can'), state));
    return found;
  };
  assert.deepEqual(brokenIn([]), []);
  assert.deepEqual(brokenIn([move(variables, 'rush', { 0: 0 }, [[0, 2]])]), ['draft, rush -> shipped']);
});

test('to come back to where it started is seen, and being there at first is not', () => {
  const variables = [variable('status', ['draft', 'open']), variable('again', ['unseen', 'seen', 'broken'])];
  const monitors = [{ variable: 1, watches: 0, sees: 0, reaches: 0, brokenBy: 'seen' }] as const;
  const once = [move(variables, 'submit', { 0: 0 }, [[0, 1]])];
  assert.equal(explore({ variables, monitors, starts: [created(monitors, [0, 0])], moves: once }, slow).states, 2);
  const back = explore(
    { variables, monitors, starts: [created(monitors, [0, 0])], moves: [...once, move(variables, 'reject', { 0: 1 }, [[0, 0]])] },
    slow,
  );
  assert.ok(Array.from({ length: back.states }, (_, state) => back.valuesOf(state)[1]).includes(broken));
});

/** Two machines of 43 states each, beside one another. */
const beside = (count: number, states: number): Machine => {
  const variables = Array.from({ length: count }, (_, at) =>
    variable(
      `machine ${at}`,
      Array.from({ length: states }, (__, state) => `s${state}`),
    ),
  );
  const moves = variables.flatMap((_, at) =>
    Array.from({ length: states - 1 }, (__, state) => [
      move(variables, 'on', { [at]: state }, [[at, state + 1]]),
      move(variables, 'over', { [at]: state }, [[at, states - 1]]),
    ]).flat(),
  );
  return { variables, moves, monitors: [], starts: [variables.map(() => 0)] };
};

test('two machines of 43 states are 1,849 states together', () => {
  const explored = explore(beside(2, 43), slow);
  assert.deepEqual([explored.states, explored.endedBy], [1_849, undefined]);
});

test('millions of states: it ends at the cap and says so, as well at the time', () => {
  const explored = explore(beside(4, 43), slow);
  assert.equal(explored.endedBy, '200,000 states');
  assert.ok(explored.states >= 200_000 && explored.states < 201_000 && explored.depth > 3);
  let now = 0;
  assert.equal(explore(beside(4, 43), { ...defaultLimits, now: () => (now += 400) }).endedBy, '300 ms');
});

test('states with more ways between them than can be kept: it ends there and says so', () => {
  assert.equal(explore(beside(3, 20), { ...slow, moves: 10_000 }).endedBy, '10,000 moves');
});

test('many starts are taken one by one, up to the cap', () => {
  const variables = Array.from({ length: 40 }, (_, at) => variable(`fact ${at}`, ['no', 'yes']));
  const starts = function* (): Generator<readonly number[]> {
    for (let at = 0; ; at += 1) yield variables.map((_, bit) => Math.floor(at / 2 ** bit) % 2);
  };
  assert.equal(explore({ variables, moves: [], monitors: [], starts: { [Symbol.iterator]: starts } }, slow).endedBy, '200,000 states');
});

test('more facts than a whole number can name are not looked at, and that is said', () => {
  const variables = Array.from({ length: 54 }, (_, at) => variable(`fact ${at}`, ['no', 'yes']));
  assert.match(explore({ variables, moves: [], monitors: [], starts: [variables.map(() => 0)] }).endedBy ?? '', /more facts/);
});

test('a table of keys gives each key one place, however many collide', () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 5_000 }, (_, at) => at * 0x1_0000_0000 + (at % 7));
  assert.deepEqual(
    keys.map((key) => table.put(key)),
    keys.map((_, at) => at),
  );
  assert.deepEqual(
    keys.map((key) => table.put(key)),
    keys.map((_, at) => at),
  );
  assert.equal(table.key(4_999), keys[4_999]);
});
