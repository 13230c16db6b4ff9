/**
 * What agents and people hand in, from the proposal to the gates: it is completed, told in plain sentences, and judged as
 * everybody's code is. Each hostile proposal is refused by name of what is wrong.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChangeRequest, Proposal } from '#change';
import { changeId, type Digest, instant, isRefusal, type Json, type Scope } from '#kernel';
import { handedInGenerator } from '#handed-in';
import type { GateInput, GatesResult } from '#gates';
import { withShownFields } from '#pipeline';
import type { GeneratorContext, Understood } from '#ports';
import { edited, openWorkbench, shopFiles, told, type Workbench } from './engines.ts';

let bench: Workbench;
before(async () => {
  bench = await openWorkbench();
});
after(() => bench.close());

interface Handed {
  readonly files: Proposal['files'];
  readonly scope?: Scope;
  readonly on?: GateInput;
  readonly base?: Digest;
}
function contextOf({ files, scope, on = bench.base, base }: Handed): GeneratorContext {
  const request: ChangeRequest = {
    id: changeId('ch_1'),
    text: 'Suppliers, with what they bring',
    by: 'agent',
    roles: ['manager'],
    askedAt: instant(0),
    proposal: { from: 'agent', files, notes: [], ...(scope === undefined ? {} : { scope }) },
    ...(base === undefined ? {} : { base }),
  };
  return {
    reading: on.reading as unknown as Json,
    sources: on.files,
    count: async () => 0,
    change: 'ch_1',
    today: '2026-11-23',
    aid: {
      request,
      conversation: [],
      retrieve: async () => [],
      attempts: [],
      signal: new AbortController().signal,
      pieces: [],
      variant: 0,
      sourcesOf: async () => bench.base.files,
    },
  };
}
async function handIn(handed: Handed): Promise<Understood & { readonly result?: GatesResult; readonly made?: Proposal['files'] }> {
  const generator = handedInGenerator(bench.reader);
  const context = contextOf(handed);
  const understood = await generator.understand('Suppliers, with what they bring', context);
  if (understood.kind !== 'understood') return understood;
  const generated = await generator.generate(understood.plan, context);
  assert.ok(!isRefusal(generated));
  const { files } = await withShownFields(generated.files, handed.on ?? bench.base, bench.engines);
  return { ...understood, made: files, result: await bench.run(files, understood.scope, handed.on) };
}
const refusedFor = async (handed: Handed, why: RegExp): Promise<void> => {
  const answer = await handIn(handed);
  if (answer.kind === 'refused') assert.match(answer.why, why);
  else {
    assert.equal(answer.result?.passed, false, 'it passed the gates');
    assert.match(told(answer.result), why);
  }
};

const supplier = `/** A supplier brings what the shop sells. */
import { email, entity, integer, text } from 'theseus/sdk';

export default entity({
  name: 'supplier',
  plural: 'suppliers',
  title: 'name',
  fields: {
    name: text({ required: true }),
    contact: email({}),
    rating: integer({ min: 1, max: 5 }),
  },
});
`;
const supplierTests = `import { example, examples } from 'theseus/sdk';

export default examples([
  example('a supplier is rated from 1 to 5', [
    { create: 'supplier', as: 'best', with: { name: 'Tea & Co', rating: 5 }, then: { rating: 5 } },
    { create: 'supplier', with: { name: 'Worse', rating: 6 }, then: { refused: 'invalid' } },
    { create: 'supplier', with: { name: 'Worst', rating: 0 }, then: { refused: 'invalid' } },
  ]),
]);
`;
const dollars = `/** The price of a product in US dollars, by the rate of the day. */
import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  name: 'priceInDollars',
  on: 'product',
  http: { method: 'GET', path: '/api/products/{id}/price-in-dollars' },
  output: { fields: { dollars: text({ required: true }) } },
  capabilities: { fetch: { 'api.rates.example': { methods: ['GET'], read: true } } },
  async run({ row, fetch, log }) {
    const { status, body } = await fetch('https://api.rates.example/latest');
    if (status !== 200) refuse('conflict', 'The rates are not to be had.');
    const rate = typeof body === 'object' && body !== null && 'rate' in body ? body['rate'] : undefined;
    if (typeof rate !== 'number') return refuse('conflict', 'The rates are not to be read.');
    log({ asked: 'rates', rate });
    return { dollars: ((row.price * rate) / 100).toFixed(2) };
  },
});
`;
const dollarsTests = `import { example, examples } from 'theseus/sdk';

export default examples([
  example('a price in dollars follows the rate', [
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50' } },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'unavailable' } },
    { outside: 'api.rates.example/latest', answers: { rate: 2 } },
    { call: 'priceInDollars', on: 'tea', then: { dollars: '9.00' } },
    { outside: 'api.rates.example/latest', answers: { rate: 'high' } },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'conflict' } },
    { outside: 'api.rates.example/latest', answers: 7 },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'conflict' } },
    { outside: 'api.rates.example/latest', answers: null },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'conflict' } },
    { outside: 'api.rates.example/latest', answers: {} },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'conflict' } },
    { outside: 'api.rates.example/latest', status: 503, answers: { rate: 2 } },
    { call: 'priceInDollars', on: 'tea', then: { refused: 'conflict' } },
  ]),
]);
`;
const orderTests = shopFiles['entities/order.test.ts'] ?? '';

describe('what is handed in', () => {
  it('may ask hosts outside, when its examples say what they answer', async () => {
    const files = { 'operations/price-in-dollars.ts': dollars, 'operations/price-in-dollars.test.ts': dollarsTests };
    const answer = await handIn({ files });
    assert.equal(answer.kind, 'understood');
    if (answer.kind !== 'understood') return;
    assert.ok(answer.result !== undefined);
    assert.equal(answer.result.passed, true, told(answer.result));
    assert.equal(answer.risk, 'high');
    const unstated = dollarsTests.replaceAll(/ {4}\{ outside: .*\n/g, '');
    await refusedFor(
      { files: { ...files, 'operations/price-in-dollars.test.ts': unstated } },
      /An example says what it answers: \{ outside/,
    );
    const odd = dollarsTests.replace("'api.rates.example/latest', answers: 7", "'https://api.rates.example', answers: 7");
    await refusedFor({ files: { ...files, 'operations/price-in-dollars.test.ts': odd } }, /without https:/);
  });
  it('is completed, told in plain sentences, of medium risk at least, and passes the gates', async () => {
    const answer = await handIn({ files: { 'entities/supplier.ts': supplier, 'entities/supplier.test.ts': supplierTests } });
    assert.equal(answer.kind, 'understood');
    if (answer.kind !== 'understood') return;
    assert.deepEqual(answer.echo, [
      'Adds entity supplier: A supplier brings what the shop sells.',
      'Adds an example to entities/supplier.test.ts: "a supplier is rated from 1 to 5".',
    ]);
    assert.deepEqual(
      [answer.risk, answer.scope],
      ['medium', { components: ['entity/supplier'], members: ['entity/supplier'], tests: [], data: [] }],
    );
    assert.ok(answer.result?.passed, told(answer.result ?? { evidence: [], passed: false }));
  });

  it('gets an example of the plain fields that it adds and does not show, and passes; where it shows them itself nothing is written', async () => {
    const note = edited('entities/order.ts', 'fields: {\n    customer', 'fields: {\n    note: text({}),\n    customer').replace(
      'sum }',
      'sum, text }',
    );
    const plain = await handIn({ files: { 'entities/order.ts': note } });
    assert.ok(plain.kind === 'understood');
    assert.ok(plain.result?.passed, told(plain.result ?? { evidence: [], passed: false }));
    const tests = plain.made?.['entities/order.test.ts'] ?? '';
    assert.ok(tests.startsWith(orderTests.trimEnd().slice(0, -3).trimEnd()), tests);
    assert.match(
      tests,
      /example\('a row of order keeps note', \[[^\]]*with: \{ customer: 'a-customer', note: 'a' \}, then: \{ note: 'a' \} \}/,
    );
    const own = `${orderTests.trimEnd().slice(0, -3)}  example('an order has a note', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', with: { customer: 'ada', note: 'soon' }, then: { note: 'soon' } },
  ]),\n]);\n`;
    const shown = await handIn({ files: { 'entities/order.ts': note, 'entities/order.test.ts': own } });
    assert.ok(shown.kind === 'understood');
    assert.equal(shown.made?.['entities/order.test.ts'], own);
    assert.ok(shown.result?.passed, told(shown.result ?? { evidence: [], passed: false }));
  });

  it('gets that example under a name of its own, and where a comment stands after the list the file still reads', async () => {
    const note = edited('entities/order.ts', 'fields: {\n    customer', 'fields: {\n    note: text({}),\n    customer').replace(
      'sum }',
      'sum, text }',
    );
    const taken = `${orderTests.trimEnd().slice(0, -3)}  example('a row of order keeps note', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', with: { customer: 'ada' } },
  ]),\n]);\n// and no more ]);\n`;
    const answer = await handIn({ files: { 'entities/order.ts': note, 'entities/order.test.ts': taken } });
    assert.ok(answer.kind === 'understood');
    assert.ok(answer.result?.passed, told(answer.result ?? { evidence: [], passed: false }));
    assert.match(answer.made?.['entities/order.test.ts'] ?? '', /example\('a row of order keeps note \(2\)'/);
  });

  it('names every member that differs, and nothing that the author says of it', async () => {
    const answer = await handIn({
      files: {
        'entities/order.ts': edited('entities/order.ts', 'fields: {\n    customer', 'fields: {\n    note: text({}),\n    customer').replace(
          'sum }',
          'sum, text }',
        ),
      },
    });
    assert.ok(answer.kind === 'understood');
    assert.deepEqual(answer.echo, ['Changes entity order.', 'entity order, field note is new.']);
    assert.deepEqual(answer.scope, { components: ['entity/order'], members: ['entity/order#field/note'], tests: [], data: [] });
  });

  it('is nothing to do where it says what is so already', async () => {
    assert.equal((await handIn({ files: { 'entities/order.ts': shopFiles['entities/order.ts'] ?? '' } })).kind, 'nothing-to-do');
  });

  it('is of high risk where it reaches outside', async () => {
    const reaching = edited(
      'operations/place-order.ts',
      'capabilities: { product',
      "capabilities: { fetch: { 'bank.example': { methods: ['POST'] } }, product",
    );
    const answer = await handIn({
      files: {
        'operations/place-order.ts': reaching
          .replace('async run({ data, input, today })', 'async run({ data, fetch, input, today })')
          .replace('const lines = [];', "await fetch('https://bank.example/x', { method: 'POST' });\n    const lines = [];"),
      },
    });
    assert.ok(answer.kind === 'understood');
    if (answer.notes.some((note) => note.startsWith('It does not read')))
      assert.fail(told(answer.result ?? { evidence: [], passed: false }));
    assert.equal(answer.risk, 'high');
  });
});

describe('what was made on an earlier generation', () => {
  const note = (): string =>
    edited('entities/order.ts', 'fields: {\n    customer', 'fields: {\n    note: text({}),\n    customer').replace('sum }', 'sum, text }');
  it('is put on what serves, file by file, and passes there', async () => {
    const on = await bench.input({
      ...shopFiles,
      'entities/product.ts': edited('entities/product.ts', ' *\n * why:', ' * Now described.\n *\n * why:'),
    });
    const answer = await handIn({
      files: { 'entities/order.ts': note(), 'entities/product.ts': shopFiles['entities/product.ts'] ?? '' },
      on,
      base: bench.base.generation.id,
    });
    assert.ok(answer.kind === 'understood');
    assert.deepEqual(Object.keys(answer.made ?? {}), ['entities/order.ts', 'entities/order.test.ts']);
    assert.match(answer.notes[0] ?? '', /made on an earlier generation/);
  });
  it('is refused with the file that both sides altered', async () => {
    const on = await bench.input({
      ...shopFiles,
      'entities/order.ts': edited('entities/order.ts', ' *\n * why:', ' * Now described.\n *\n * why:'),
    });
    await refusedFor(
      { files: { 'entities/order.ts': note() }, on, base: bench.base.generation.id },
      /entities\/order\.ts was altered on both sides/,
    );
  });
});

describe('a hostile proposal is refused', () => {
  it('for a path outside the layout', async () => {
    for (const path of ['theseus.json', '../../etc/passwd', 'entities/../theseus.json', '.theseus/sdk/index.ts'])
      await refusedFor({ files: { [path]: 'x' } }, /no place for a component|cannot be handed in/);
  });
  it('for its size', () => refusedFor({ files: { 'entities/huge.ts': 'x'.repeat(300_000) } }, /at most 200000/));
  it('for its nesting, and the reader lives on', async () => {
    await refusedFor({ files: { 'entities/deep.ts': `export default ${'('.repeat(50_000)}` } }, /nested more than|does not read/);
    await refusedFor({ files: { 'entities/deep.ts': `export default entity(${'{a:'.repeat(190)}1${'}'.repeat(190)})` } }, /./);
    assert.equal((await handIn({ files: { 'entities/supplier.ts': supplier } })).kind, 'understood');
  });
  it('for ids of something else', async () => {
    await refusedFor(
      { files: { 'entities/supplier.ts': supplier.replace('text({ required', "text({ id: 'f_oplaced', required") } },
      /f_oplaced belongs to entities\/order\.ts/,
    );
    await refusedFor(
      { files: { 'entities/order.ts': edited('entities/order.ts', 'e_order', 'e_mine99') } },
      /has the permanent id e_order/,
    );
  });
  it('for earlier examples that it takes out, turns round or empties', async () => {
    for (const softened of [
      `import { examples } from 'theseus/sdk';\n\nexport default examples([]);\n`,
      orderTests.replace(", then: { total: '14.00', status: 'open' }", '').replace("then: { total: '14.00', status: 'open' },", ''),
      orderTests.replace("total: '14.00'", "total: '13.00'"),
      // As many statements as before, about something else.
      orderTests.replace("{ total: '14.00', status: 'open' }", "{ version: 1, status: 'open' }"),
    ]) {
      assert.notEqual(softened, orderTests);
      await refusedFor({ files: { 'entities/order.test.ts': softened } }, /examples fail|examples unknown/);
    }
    await refusedFor({ files: { 'entities/order.test.ts': null } }, /examples fail/);
  });
  it('for altering more than the scope that it states', () =>
    refusedFor(
      {
        files: { 'entities/supplier.ts': supplier, 'entities/order.ts': edited('entities/order.ts', 'min: 1', 'min: 0') },
        scope: { components: ['entity/supplier'], members: ['entity/supplier'] },
      },
      /entity\/order differs, and the change may not alter it/,
    ));
  it('for bodies that reach for more than the broker gives', () =>
    refusedFor(
      {
        files: {
          'operations/place-order.ts': edited(
            'operations/place-order.ts',
            'const lines = [];',
            'const lines = []; globalThis.process?.exit(1);',
          ),
        },
      },
      /globalThis|process/,
    ));
});
