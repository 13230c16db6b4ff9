/** What the workflow gate accepts and refuses, over the sample system: each workflow beside one that is nearly the same and wrong. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isBarred, mutationGate, workflowGateWithin } from '#gates';
import type { Evidence, Finding, Verdict } from '#kernel';
import { edited, openWorkbench, scopeOf, shopFiles, told, verdictOf } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

type Edits = { readonly [path: string]: string };
/** What is shown here must not hang on how busy the machine is. */
const patient = workflowGateWithin({
  guardMs: 30_000,
  guardsMs: 60_000,
  search: { states: 200_000, moves: 4_000_000, milliseconds: 1, now: () => 0 },
});
const look = (edits: Edits, on = bench.base): Promise<Evidence> => bench.one(patient, edits, scopeOf(['workflow/order']), on);
const all = (evidence: Evidence): string =>
  evidence.findings
    .map(({ verdict, statement, witness, bound }) => `${verdict}: ${statement} [${JSON.stringify(witness) ?? ''}] (${bound ?? ''})`)
    .join('\n');
function finding(evidence: Evidence, statement: RegExp, verdict: Verdict): Finding {
  const found = evidence.findings.find((each) => statement.test(each.statement));
  assert.ok(found !== undefined, `${String(statement)} is not among:\n${all(evidence)}`);
  assert.equal(found.verdict, verdict, all(evidence));
  return found;
}

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const pay = "{ id: 't_pay', name: 'pay', from: ['open'], to: 'paid' }";
const ship = "{ id: 't_ship', name: 'ship', from: ['paid'], to: 'shipped' }";
const cancel = "{ id: 't_canc', name: 'cancel', from: ['open', 'paid'], to: 'cancelled' }";
const path = 'workflows/order.ts';
const order = (transitions: readonly string[], more = ''): Edits => ({
  [path]:
    `${head}import { count, workflow } from 'theseus/sdk';\n\nexport default workflow({ id: 'w_order', name: 'order', on: 'order', field: 'status', starts: 'open', ends: ['shipped', 'cancelled'],\n  transitions: [${transitions.join(',\n    ')}],\n  ${more}\n});\n`.replace(
      transitions.join().includes('count(') ? '' : 'count, ',
      '',
    ),
});
const guarded = (transition: string, when: string): string => transition.replace(/ \}$/, `, when: (order) => ${when} }`);
const whole = order(
  [pay, ship.replace(/ \}$/, ", roles: ['manager'] }"), cancel],
  "never: [{ reach: 'shipped', without: 'paid' }, { reach: 'cancelled', after: 'shipped' }],",
);

test('accepted by all gates: every state is come to, an end from everywhere, and stated orders never happen; all states were seen', async () => {
  const result = await bench.run(whole, scopeOf(['workflow/order']));
  assert.ok(result.passed, told(result));
  const evidence = verdictOf(result, 'workflow');
  assert.ok(evidence !== undefined);
  const reached = finding(evidence, /each of its states is come to from open/, 'pass');
  assert.equal(reached.shownBy, 'exhausted');
  assert.match(reached.bound ?? '', /^all \d+ states, \d+ moves, depth 2$/);
  assert.equal(finding(evidence, /an end can be come to/, 'pass').shownBy, 'exhausted');
  assert.equal(finding(evidence, /never shipped before it was paid$/, 'pass').shownBy, 'exhausted');
  assert.equal(finding(evidence, /never cancelled (?:after|once) it was shipped$/, 'pass').shownBy, 'exhausted');
  finding(evidence, /wherever a row was before, it has a place now/, 'pass');
});

test('accepted: nothing that a workflow stands on changed', async () => {
  const base = await bench.input({ ...shopFiles, ...whole });
  const evidence = await look({}, base);
  assert.deepEqual(
    evidence.findings.map(({ statement }) => statement),
    ['No workflow changed, and nothing that one stands on'],
  );
});

const refused: readonly (readonly [what: string, edits: Edits, why: RegExp, witness?: unknown])[] = [
  ['a state that no transition leads to', order([ship, cancel]), /no row ever comes to paid: no transition leads there/],
  [
    'a state that only a guard that never holds leads to',
    order([guarded(pay, 'count(order.lines) < 0'), ship, cancel]),
    /no row ever comes to shipped: no row that is created now comes to where ship from paid could be made/,
  ],
  ['a guard that never holds', order([pay, guarded(ship, 'count(order.lines) < 0'), cancel]), /the guard of ship from paid never holds/],
  [
    'a state from which no end is come to, with the shortest way there',
    order([pay, guarded(ship, 'count(order.lines) < 0'), cancel.replace("'open', 'paid'", "'open'")]),
    /a row that is paid never comes to an end/,
    'open, pay -> paid',
  ],
  [
    'an order that must never be and can, with the shortest way',
    order(
      [pay, ship, cancel, "{ id: 't_back', name: 'takeBack', from: ['shipped'], to: 'cancelled' }"],
      "never: [{ reach: 'cancelled', after: 'shipped' }],",
    ),
    /cancelled (?:after|once) it was shipped: but it can be/,
    'open, pay -> paid, ship -> shipped, takeBack -> cancelled',
  ],
  [
    'a shortcut past a state that must come before',
    order(
      [pay, ship, cancel, "{ id: 't_rush', name: 'rush', from: ['open'], to: 'shipped' }"],
      "never: [{ reach: 'shipped', without: 'paid' }],",
    ),
    /shipped before it was paid: but it can be/,
    'open, rush -> shipped',
  ],
  [
    'one name that leads to two states at once',
    order([pay, ship, cancel, "{ id: 't_two', name: 'pay', from: ['open'], to: 'shipped' }"]),
    /pay from open leads to paid and to shipped, and for some row both hold/,
  ],
  [
    'an end out of which the clock takes every row',
    order([pay, ship, cancel, "{ id: 't_late', name: 'lapse', from: ['shipped'], to: 'cancelled', after: { count: 3, unit: 'days' } }"]),
    /shipped is an end, and the clock takes every row out of it/,
  ],
  [
    'a transition of the clock that another one always comes before',
    order([
      pay,
      ship,
      cancel,
      "{ id: 't_one', name: 'lapse', from: ['open'], to: 'cancelled', after: { count: 1, unit: 'days' } }",
      "{ id: 't_two', name: 'late', from: ['open'], to: 'paid', after: { count: 48, unit: 'hours' } }",
    ]),
    /the clock never makes late from open: lapse comes first/,
  ],
  [
    'two transitions of the clock at one instant',
    order([
      pay,
      ship,
      cancel,
      "{ id: 't_one', name: 'lapse', from: ['open'], to: 'cancelled', after: { count: 1, unit: 'days' } }",
      "{ id: 't_two', name: 'late', from: ['open'], to: 'paid', after: { count: 24, unit: 'hours' } }",
    ]),
    /lapse and late are made by the clock at the same instant from open/,
  ],
  [
    'a state that rows may stand in from before and that it does not name',
    order(["{ id: 't_ship', name: 'ship', from: ['open'], to: 'shipped' }", cancel.replace("'open', 'paid'", "'open'")]),
    /rows may stand in paid from before, and the workflow does not name it/,
    'paid',
  ],
  [
    'a transition that nobody may make',
    {
      ...order([pay, ship, cancel]),
      'theseus.json': (shopFiles['theseus.json'] ?? '').replaceAll('"write": true', '"write": false'),
      'operations/place-order.ts': '',
    },
    /nobody makes pay: no role may write order, and no component does/,
  ],
];
for (const [what, { 'operations/place-order.ts': gone, ...edits }, why, witness] of refused)
  test(`refused: ${what}`, async () => {
    const on =
      gone === undefined
        ? bench.base
        : await bench.input(Object.fromEntries(Object.entries(shopFiles).filter(([file]) => !file.includes('place-order'))));
    const evidence = await look(edits, on);
    const found = finding(evidence, why, 'fail');
    assert.equal(evidence.verdict, 'fail');
    if (witness !== undefined) assert.equal(found.witness, witness, all(evidence));
  });

test('where one name leads to several states, guards that never hold together are accepted, and that is proved', async () => {
  const both = [
    guarded(pay, 'count(order.lines) > 0'),
    "{ id: 't_two', name: 'pay', from: ['open'], to: 'shipped', when: (order) => count(order.lines) === 0 }",
  ];
  const evidence = await look(order([...both, ship, cancel]));
  assert.equal(finding(evidence, /its guards never hold together/, 'pass').shownBy, 'proved');
});

/** A crate stands on a pallet; both are new, so that no row was there before. */
const onPallets = (leaves: string, closes: string): Edits => {
  const entity = (name: string, states: string, more: string): string =>
    `${head}import { choice, entity, reference } from 'theseus/sdk';\n\nexport default entity({ id: 'e_${name}', name: '${name}', plural: '${name}s', title: 'state',\n  fields: { state: choice({ id: 'f_${name}s', no: 1, choices: { ${states} } })${more} } });\n`.replace(
      more === '' ? ', reference' : '\0',
      '',
    );
  const flow = (name: string, text: string): string =>
    `${head}import { workflow } from 'theseus/sdk';\n\nexport default workflow({ id: 'w_${name}', name: '${name}', on: '${name}', field: 'state', ${text} });\n`;
  return {
    'entities/pallet.ts': entity('pallet', "free: 'c_pfree', loaded: 'c_pload', gone: 'c_pgone'", ''),
    'entities/crate.ts': entity(
      'crate',
      "packed: 'c_cpack', closed: 'c_cclos', left: 'c_cleft'",
      ", pallet: reference({ id: 'f_cpal', no: 2, to: 'pallet', required: true })",
    ),
    'workflows/pallet.ts': flow(
      'pallet',
      `starts: 'free', ends: ['gone'], transitions: [{ id: 't_load', name: 'load', from: ['free'], to: 'loaded' }, { id: 't_leave', name: 'leave', from: ['loaded'], to: 'gone', when: (pallet) => ${leaves} }]`,
    ),
    'workflows/crate.ts': flow(
      'crate',
      `starts: 'packed', ends: ['left'], transitions: [{ id: 't_close', name: 'close', from: ['packed'], to: 'closed', when: (crate) => ${closes} }, { id: 't_cleave', name: 'leave', from: ['closed'], to: 'left' }]`,
    ),
  };
};

test('accepted: a workflow that waits for another one, looked at together with one row of it, and that is said', async () => {
  const evidence = await look(onPallets("pallet.crates.every((crate) => crate.state !== 'packed')", "crate.pallet.state !== 'gone'"));
  assert.notEqual(evidence.verdict, 'fail', all(evidence));
  const found = finding(evidence, /^crate: each of its states is come to/, 'pass');
  assert.match(found.bound ?? '', /^all \d+ states, .*; with one row each of pallet state beside it/);
  finding(evidence, /^pallet: from wherever a row is, an end can be come to/, 'pass');
});

test('refused: two workflows that wait for one another', async () => {
  const evidence = await look(onPallets("pallet.crates.some((crate) => crate.state === 'closed')", "crate.pallet.state === 'gone'"));
  finding(evidence, /^pallet: the guard of leave from loaded never holds/, 'fail');
  finding(evidence, /^crate: the guard of close from packed never holds/, 'fail');
  finding(evidence, /^crate: a row that is packed never comes to an end/, 'fail');
});

test('a row that waits for what the row beside it has left behind is told with the way of both; that it may be moved to another is not known', async () => {
  const evidence = await look(onPallets('pallet.crates.some((crate) => true)', "crate.pallet.state === 'free'"));
  const found = finding(evidence, /^crate: whether a row that is packed always comes to an end is not known/, 'unknown');
  assert.equal(found.witness, 'packed (pallet state free), pallet state: load -> loaded');
});

test('a workflow that was there may not forget a state in which rows may stand', async () => {
  const base = await bench.input({ ...shopFiles, ...order([pay, ship, cancel]) });
  const without = order(["{ id: 't_ship', name: 'ship', from: ['open'], to: 'shipped' }", cancel.replace("'open', 'paid'", "'open'")]);
  finding(await look(without, base), /rows may stand in paid from before/, 'fail');
  const never = await bench.input({
    ...shopFiles,
    ...order(["{ id: 't_ship', name: 'ship', from: ['open'], to: 'shipped' }", cancel.replace("'open', 'paid'", "'open'")]),
  });
  const drop = cancel.replace("'open', 'paid'", "'open'").replace("'cancel'", "'drop'");
  const evidence = await look(order([ship.replace("'paid'", "'open'"), drop]), never);
  finding(evidence, /wherever a row was before, it has a place now/, 'pass');
});

const steps = 40;
/** A parcel goes through forty stations; an order waits for four of them. */
const stations: Edits = {
  'entities/parcel.ts': `${head}import { choice, entity } from 'theseus/sdk';\n\nexport default entity({ id: 'e_parcel', name: 'parcel', plural: 'parcels', title: 'at',\n  fields: { at: choice({ id: 'f_pat', no: 1, choices: { ${Array.from({ length: steps }, (_, at) => `s${at}: 'c_ps${at}'`).join(', ')} } }) } });\n`,
  'workflows/parcel.ts': `${head}import { workflow } from 'theseus/sdk';\n\nexport default workflow({ id: 'w_parcel', name: 'parcel', on: 'parcel', field: 'at', starts: 's0', ends: ['s${steps - 1}'],\n  transitions: [${Array.from({ length: steps - 1 }, (_, at) => `{ id: 't_ps${at}', name: 'move${at}', from: ['s${at}'], to: 's${at + 1}' }`).join(', ')}] });\n`,
  'entities/order.ts': edited(
    'entities/order.ts',
    '    placedOn: date',
    `${['first', 'second', 'third', 'fourth'].map((name, at) => `    ${name}: reference({ id: 'f_op${at}', no: ${at + 20}, to: 'parcel', required: true }),\n`).join('')}    placedOn: date`,
  ),
  ...order([
    pay,
    guarded(ship, ['first', 'second', 'third', 'fourth'].map((name) => `order.${name}.at === 's${steps - 1}'`).join(' && ')),
    cancel,
  ]),
};

test('millions of states are not all seen: that is unknown, says where it ended, and never passes; nobody is kept from asking a person', async () => {
  const evidence = await look(stations);
  assert.equal(evidence.verdict, 'unknown', all(evidence));
  const found = finding(evidence, /^order: /, 'unknown');
  assert.match(
    found.bound ?? '',
    /^bounded: it ended at (?:200,000 states|4,000,000 moves), [\d,]+ states seen, depth \d+; with one row each of/,
  );
  assert.equal(found.shownBy, 'not-shown');
  assert.equal(isBarred(evidence), false);
});

const lapse = "{ id: 't_lapse', name: 'lapse', from: ['open'], to: 'cancelled', after: { count: 30, unit: 'days' } }";
/** The workflow with a time, and examples of it, or none. */
const timed = (...steps: readonly string[]): Edits => ({
  ...order([pay, ship, cancel, lapse]),
  ...(steps.length === 0
    ? {}
    : {
        'workflows/order.test.ts': `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n${steps
          .map(
            (each, at) =>
              `  example('it ${at}', [{ create: 'customer', as: 'ada', with: { name: 'Ada' } }, { create: 'order', as: 'tea', with: { customer: 'ada' } }, ${each}]),\n`,
          )
          .join('')}]);\n`,
      }),
});
const reads = (state: string): string => `{ read: 'tea', then: { status: '${state}' } }`;
const onTime = `{ after: '29 days' }, ${reads('open')}, { after: '1 day' }, ${reads('cancelled')}`;

test('accepted: a time, and an example of what it is shortly before and right after; each mutant of it is noticed', async () => {
  const result = await bench.run(timed(onTime), scopeOf(['workflow/order']));
  assert.ok(result.passed, told(result));
  const mutation = verdictOf(result, 'mutation');
  assert.ok(mutation !== undefined);
  const shown = finding(mutation, /transition\/lapse as stated .* the tests notice 6 of 6 mutants/, 'pass');
  assert.equal(shown.witness, undefined);
});

const untimely: readonly (readonly [what: string, steps: readonly string[], gate: 'mutation' | 'examples', why: RegExp])[] = [
  [
    'a time without an example, with the steps to write',
    [],
    'mutation',
    /no example shows that what is open becomes cancelled by itself after 30 days, such as \{ after: '29 days' \}, \{ read: '\.\.\.', then: \{ status: 'open' \} \}, \{ after: '1 day' \}/,
  ],
  [
    'a time of which only is shown that it comes some day',
    [`{ after: '30 days' }, ${reads('cancelled')}`],
    'mutation',
    /no example shows that what is open is so still shortly before 30 days have passed, such as \{ after: '29 days' \}/,
  ],
  [
    'a time of which is not shown when it comes at last',
    [`{ after: '29 days' }, ${reads('open')}, { after: '60 days' }, ${reads('cancelled')}`],
    'mutation',
    /no example shows that it is cancelled once 30 days have passed, such as \{ after: '30 days' \}/,
  ],
  ['an example of another time', [`{ after: '3 days' }, ${reads('cancelled')}`], 'examples', /status is "open", not "cancelled"/],
];
for (const [what, steps, gate, why] of untimely)
  test(`refused: ${what}`, async () => {
    const result = await bench.run(timed(...steps), scopeOf(['workflow/order']));
    const evidence = verdictOf(result, gate);
    assert.equal(evidence?.verdict, 'fail', told(result));
    assert.match(told(result), why);
  });

test('a time that stood before needs no example; a day that is added to it does', async () => {
  const base = await bench.input({ ...shopFiles, ...timed() });
  const named = { 'workflows/order.ts': (timed()['workflows/order.ts'] ?? '').replace("name: 'cancel'", "name: 'callOff'") };
  assert.equal((await bench.one(mutationGate, named, scopeOf(['workflow/order']), base)).verdict, 'pass');
  const longer = { 'workflows/order.ts': (timed()['workflows/order.ts'] ?? '').replace('count: 30', 'count: 31') };
  assert.equal((await bench.one(mutationGate, longer, scopeOf(['workflow/order']), base)).verdict, 'fail');
});
