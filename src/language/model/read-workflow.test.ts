import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { canonicalJson, type WorkflowContract } from '#kernel';
import { compareContracts, idsIn, type SourceFiles } from './index.ts';
import { assignIds } from './inspect/assign-ids.ts';
import { openReader, readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const path = 'workflows/order.ts';
const ship =
  "{ id: 't_ship', name: 'ship', from: ['paid'], to: 'shipped', when: (order) => order.placedOn !== undefined, roles: ['manager'] }";
const pay = "{ id: 't_pay', name: 'pay', from: ['open'], to: 'paid' }";
const lapse = "{ id: 't_lapse', name: 'lapse', from: ['open'], to: 'cancelled', after: { count: 30, unit: 'days' } }";
const order = ({
  starts = 'open',
  transitions = [pay, ship, lapse],
  more = "never: [{ reach: 'shipped', without: 'paid' }]",
}: { starts?: string; transitions?: readonly string[]; more?: string } = {}): string => `${head}import { workflow } from 'theseus/sdk';
export default workflow({ id: 'w_order', name: 'order', on: 'order', field: 'status', starts: '${starts}', ends: ['shipped', 'cancelled'],
  transitions: [${transitions.join(',\n    ')}], ${more} });\n`;
const withIt = (text = order(), more: SourceFiles = {}): SourceFiles => ({ ...shop, [path]: text, ...more });
const problemsOf = (files: SourceFiles): string => {
  const reading = readSystem(files);
  return reading.ok ? '' : reading.problems.map((each) => `${each.path}:${each.line} ${each.message}`).join('\n');
};
const contractOf = (files: SourceFiles): WorkflowContract => {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading));
  assert.ok(reading.model.workflows[0]);
  return reading.model.workflows[0];
};

test('a workflow is read with its states by their permanent ids, its guards compiled, and the orders that never happen in words', () => {
  const contract = contractOf(withIt());
  assert.deepEqual(
    { ...contract, transitions: [] },
    {
      kind: 'workflow',
      id: 'w_order',
      name: 'order',
      on: 'e_order',
      field: 'f_ostat',
      starts: 'c_oopen',
      ends: ['c_oship', 'c_ocanc'],
      transitions: [],
      never: [{ statement: 'an order is never shipped before it was paid', reach: 'c_oship', without: 'c_opaid' }],
    },
  );
  const [paying, shipping, lapsing] = contract.transitions;
  assert.deepEqual(paying, { id: 't_pay', name: 'pay', from: ['c_oopen'], to: 'c_opaid', roles: [] });
  assert.deepEqual([shipping?.when?.type.kind, shipping?.roles], ['boolean', ['manager']]);
  assert.deepEqual(lapsing?.after, { count: 30, unit: 'days' });
});

test('one verb may lead to several states, and a guard may ask who calls', () => {
  const small = "{ id: 't_small', name: 'close', from: ['open'], to: 'paid', when: (order, caller) => caller.name !== 'guest' }";
  const large = "{ id: 't_large', name: 'close', from: ['open'], to: 'cancelled' }";
  assert.equal(problemsOf(withIt(order({ transitions: [small, large], more: '' }))), '');
});

const refused: readonly (readonly [what: string, files: SourceFiles, why: RegExp])[] = [
  ['a field that is no choice', withIt(order().replace("'status'", "'placedOn'")), /field must be a choice of order that is stored/],
  ['an entity that is not there', withIt(order().replace("on: 'order'", "on: 'parcel'")), /there is no entity parcel/],
  ['a state that is no choice', withIt(order({ starts: 'draft' })), /status has no choice draft; it has open, paid, shipped, cancelled/],
  [
    'a start that the default of the field is not',
    withIt(order({ starts: 'paid' })),
    /order\.status is "open" where nothing is given, and the workflow starts in paid/,
  ],
  ['a role that nobody has', withIt(order({ transitions: [ship.replace('manager', 'captain')] })), /there is no role captain/],
  [
    'a transition from a state to itself',
    withIt(order({ transitions: [pay.replace("to: 'paid'", "to: 'open'")] })),
    /pay leads from open to itself/,
  ],
  [
    'a transition from nowhere',
    withIt(order({ transitions: [pay.replace("['open']", '[]')] })),
    /from names the states that it leads away from/,
  ],
  ['a guard that is no condition', withIt(order({ transitions: [ship.replace('!== undefined', '')] })), /workflows\/order\.ts/],
  [
    'a message that nobody would read',
    withIt(order({ transitions: [pay.replace("to: 'paid'", "to: 'paid', message: 'No.'")] })),
    /add when, or leave it out/,
  ],
  [
    'a transition of the clock that a role should make',
    withIt(order({ transitions: [lapse.replace('after', "roles: ['manager'], after")] })),
    /the clock makes a transition with after/,
  ],
  [
    'a transition of the clock that asks for its caller',
    withIt(order({ transitions: [lapse.replace('after', "when: (order, caller) => caller.name !== 'x', after")] })),
    /there is no caller that its guard could ask for/,
  ],
  [
    'a time of no unit',
    withIt(order({ transitions: [lapse.replace("'days'", "'fortnights'")] })),
    /unit must be one of minutes, hours, days/,
  ],
  ['a time that is none', withIt(order({ transitions: [lapse.replace('30', '0')] })), /count must be a whole number from 1/],
  ['an order that says nothing', withIt(order({ more: "never: [{ reach: 'shipped' }]" })), /an order that never happens is/],
  ['a definition that is computed', withIt(order({ more: '...more' })), /spread/],
  ['an id that is given twice', withIt(order({ transitions: [pay, ship.replace('t_ship', 't_pay')] })), /t_pay stands here twice/],
  [
    'a second workflow of one field',
    withIt(order(), {
      'workflows/again.ts': order()
        .replace("name: 'order'", "name: 'again'")
        .replaceAll(/'(w|t)_/g, "'$1_x"),
    }),
    /is the workflow of this field already/,
  ],
  [
    'an operation that moves a row where no transition leads',
    withIt(order(), {
      'operations/cancel-order.ts': `${head}import { operation } from 'theseus/sdk';
export default operation({ id: 'o_canc', name: 'cancelOrder', on: 'order', transition: { field: 'status', from: ['open', 'paid'], to: 'cancelled' }, output: { row: 'order' },
  capabilities: { order: ['update'] },
  async run({ data, row }) { return data.order.update(row.id, { status: 'cancelled' }); } });\n`,
    }),
    /operations\/cancel-order\.ts.*the workflow order has no transition from open or paid to cancelled/,
  ],
  [
    'a transition at the address of an operation',
    withIt(order(), {
      'operations/pay-order.ts': `${head}import { operation } from 'theseus/sdk';
export default operation({ id: 'o_pay', name: 'payOrder', on: 'order', output: { row: 'order' },
  capabilities: { order: ['read'] },
  async run({ data, row }) { return data.order.get(row.id); } });\n`,
    }),
    /POST \/api\/orders\/\{id\}\/pay is the address of the operation payOrder/,
  ],
];
for (const [what, files, why] of refused)
  test(`${what} is refused`, () => {
    assert.match(problemsOf(files), why);
  });

test('an operation that makes a transition takes its address', () => {
  const paying = `${head}import { operation } from 'theseus/sdk';
export default operation({ id: 'o_pay', name: 'payOrder', on: 'order', transition: { field: 'status', from: ['open'], to: 'paid' }, output: { row: 'order' },
  capabilities: { order: ['update'] },
  async run({ data, row }) { return data.order.update(row.id, { status: 'paid' }); } });\n`;
  assert.equal(problemsOf(withIt(order(), { 'operations/pay-order.ts': paying })), '');
});

test('what is read again after one file changed is what would be read anew', () => {
  const reader = openReader();
  assert.ok(reader.read(withIt()).ok);
  const other = shop['entities/order.ts']?.replace("default: 'open'", "default: 'paid'") ?? '';
  const changed = reader.change({ 'entities/order.ts': other });
  assert.deepEqual(changed, readSystem(withIt(order(), { 'entities/order.ts': other })));
  assert.equal(changed.ok, false);
  assert.ok(reader.change({ 'entities/order.ts': shop['entities/order.ts'] ?? '' }).ok);
});

test('ids that are missing are given to the workflow and to each of its transitions, and kept from then on', () => {
  const bare = order().replaceAll(/id: '\w+', /g, '');
  const made = assignIds({
    files: { [path]: bare },
    base: {},
    taken: idsIn(shop),
    head: { change: 'ch_1', generator: 'person', date: '2026-11-23', request: 'x' },
  });
  assert.deepEqual(made.problems, []);
  assert.equal(made.given.length, 4);
  const first = contractOf(withIt(made.files[path] ?? ''));
  const again = assignIds({
    files: { [path]: bare.replace("name: 'ship'", "name: 'ship', message: 'Not yet.'") },
    base: { [path]: made.files[path] ?? '' },
    taken: idsIn({ ...shop, [path]: made.files[path] ?? '' }),
    head: { change: 'ch_2', generator: 'person', date: '2026-11-23', request: 'x' },
  });
  const second = contractOf(withIt(again.files[path] ?? ''));
  assert.deepEqual(
    second.transitions.map(({ id }) => id),
    first.transitions.map(({ id }) => id),
  );
});

test('what changed of a workflow is told by transition, and a way that is closed is told as incompatible', () => {
  const was = contractOf(withIt());
  const differences = (text: string): readonly string[] =>
    compareContracts([was], [contractOf(withIt(text))]).map(
      ({ member, change, compatible }) => `${member} ${change}${compatible ? '' : ' (!)'}`,
    );
  assert.deepEqual(differences(order()), []);
  assert.deepEqual(differences(order({ transitions: [pay, ship.replace("['manager']", "['clerk']"), lapse.replace('30', '20')] })), [
    'workflow/order#transition/ship may be made by clerk (!)',
    'workflow/order#transition/lapse is made by the clock after 20 days',
  ]);
  assert.deepEqual(differences(order({ transitions: [pay.replace("'open'", "'open', 'cancelled'"), lapse], more: '' })), [
    'workflow/order#never other orders of states never happen',
    'workflow/order#transition/ship is gone (!)',
    'workflow/order#transition/pay leads away from other states',
  ]);
  assert.deepEqual(
    compareContracts([was], []).map(({ compatible }) => compatible),
    [false],
  );
  assert.equal(canonicalJson(was as never), canonicalJson(contractOf(withIt()) as never));
});
