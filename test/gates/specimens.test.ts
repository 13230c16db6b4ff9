import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Evidence, GateName } from '#kernel';
import { type GatesResult, mutationGate, securityGate } from '#gates';
import { edited, openWorkbench, scopeOf, shopFiles, told, verdictOf } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

const invoice = scopeOf(['entity/invoice']);
const order = scopeOf(['entity/order']);
const examples = (steps: string): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n${steps}\n]);\n`;
function refusedBy(result: GatesResult, gate: GateName, why: RegExp): void {
  assert.equal(result.passed, false, told(result));
  assert.equal(verdictOf(result, gate)?.verdict, 'fail', told(result));
  assert.match(verdictOf(result, gate)?.findings[0]?.statement ?? '', why);
}
const accepted = (result: GatesResult): void => assert.ok(result.passed, told(result));

const dueDate = edited(
  'entities/invoice.ts',
  '    paid: boolean',
  "    dueDate: date({ id: 'f_idue', no: 6, live: (invoice: Row<'invoice'>) => addDays(invoice.issueDate, 30) }),\n    paid: boolean",
)
  .replace('import { boolean,', 'import { addDays, boolean,')
  .replace('reference, text }', 'reference, type Row, text }');
const dueExample = (days: string): string =>
  examples(`  example('an invoice is due 30 days after its issue date', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', as: 'first', with: { customer: 'ada' } },
    { create: 'invoice', with: { order: 'first', number: 'R1', issueDate: '2026-01-31', total: '5' }, then: { dueDate: '${days}' } },
  ]),`);

test('accepted: a derived date with an example of it; every gate has evidence about this generation', async () => {
  const result = await bench.run({ 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-02') }, invoice);
  accepted(result);
  assert.deepEqual(
    result.evidence.map((evidence) => evidence.gate),
    ['parse', 'types', 'contract', 'examples', 'security', 'properties', 'mutation', 'proof', 'workflow'],
  );
  for (const evidence of result.evidence)
    assert.ok(result.candidate !== undefined && evidence.looked.includes(result.candidate.generation.id), evidence.gate);
  assert.ok(verdictOf(result, 'examples')?.findings.some((finding) => finding.shownBy === 'carried'));
});

const buying = (capabilities: string, roles: string, body: string): string => `/**
 * Something is bought.
 *
 * why: people buy
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_buyy',
  name: 'buy',
  roles: [${roles}],
  capabilities: ${capabilities},
  async run(${body.includes('emit') ? '{ emit }' : ''}) {
    ${body}
  },
});
`;
const restock = `/**
 * What is bought is noted in the stock.
 *
 * why: shelves are empty
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { reaction } from 'theseus/sdk';

export default reaction({
  id: 'n_restock',
  name: 'restock',
  on: { event: 'bought' },
  capabilities: { product: ['create'] },
  async run({ data }) {
    await data.product.create({ name: 'more', price: 1 });
  },
});
`;

test('refused by contract: who may call it can cause a write that the change does not name, with the role and the way there', async () => {
  const scope = scopeOf(['operation/buy']);
  const [emits, bought] = ["{ emit: ['bought'] }", "await emit('bought', {});"];
  const base = await bench.input({
    ...shopFiles,
    'operations/buy.ts': buying(emits, "'owner'", bought),
    'reactions/restock.ts': restock,
  });
  const hostile = buying(emits, "'owner', 'viewer'", bought);
  const result = await bench.run({ 'operations/buy.ts': hostile }, scope, base);
  refusedBy(
    result,
    'contract',
    /^viewer can create product: viewer calls operation\/buy, which emits bought, at which reaction\/restock runs, which creates product; the change does not ask/,
  );
  assert.deepEqual(verdictOf(result, 'contract')?.findings[0]?.witness, {
    who: 'viewer',
    can: 'create product',
    path: ['viewer calls operation/buy', 'which emits bought', 'at which reaction/restock runs', 'which creates product'],
  });
  assert.equal(verdictOf(result, 'contract')?.findings[0]?.shownBy, 'proved');
  const asked = await bench.run({ 'operations/buy.ts': hostile }, { ...scope, reaches: ['reaction/restock'] }, base);
  assert.equal(verdictOf(asked, 'contract')?.verdict, 'pass', told(asked));
  const clerks = await bench.run({ 'operations/buy.ts': hostile.replace("'viewer'", "'clerk'") }, scope, base);
  assert.equal(verdictOf(clerks, 'contract')?.verdict, 'pass', told(clerks));
});

test('accepted: nothing changed', async () => accepted(await bench.run({}, scopeOf([]))));

test('refused by parse: text that is no TypeScript, with its place', async () => {
  refusedBy(
    await bench.run({ 'entities/invoice.ts': `${shopFiles['entities/invoice.ts'] ?? ''}}` }, invoice),
    'parse',
    /entities\/invoice\.ts:\d+:\d+/,
  );
});

test('refused by parse: an undeclared capability, and one that is declared and not used', async () => {
  const scope = scopeOf(['operation/placeOrder']);
  refusedBy(
    await bench.run(
      { 'operations/place-order.ts': edited('operations/place-order.ts', "product: ['read', 'update']", "product: ['read']") },
      scope,
    ),
    'parse',
    /product update/,
  );
  refusedBy(
    await bench.run(
      { 'operations/place-order.ts': edited('operations/place-order.ts', "order: ['create']", "order: ['create', 'delete']") },
      scope,
    ),
    'parse',
    /declares the capability order delete/,
  );
});

test('refused by parse: a cast, a clock, a capability in a variable', async () => {
  const scope = scopeOf(['operation/placeOrder']);
  const body = (to: string): Promise<GatesResult> =>
    bench.run(
      { 'operations/place-order.ts': edited('operations/place-order.ts', 'const lines = [];', `${to}\n    const lines = [];`) },
      scope,
    );
  refusedBy(await body('const text = today as unknown as string;'), 'parse', /cast/);
  refusedBy(await body('const now = Date.now();'), 'parse', /Date/);
  refusedBy(await body('const products = data.product;'), 'parse', /in one piece/);
});

test('refused by security: what never belongs in a component, with its place and what to write instead', async () => {
  const body = (to: string): Promise<GatesResult> =>
    bench.run(
      { 'operations/place-order.ts': edited('operations/place-order.ts', 'const lines = [];', `${to}\n    const lines = [];`) },
      scopeOf(['operation/placeOrder']),
    );
  for (const [to, why] of [
    [
      `if (process.version === '') refuse('conflict', 'x');`,
      /place-order\.ts:\d+:\d+ process is not known here: a component has no process/,
    ],
    [`if ((() => 1)['constr' + 'uctor'] === today) refuse('conflict', 'x');`, /leads to the functions/],
    ['for (;;) await data.product.get(today);', /never ends/],
    [`if (/^(a+)+$/.test(today)) refuse('conflict', 'x');`, /take for ever/],
  ] as const)
    refusedBy(await body(to), 'security', why);
});

test('refused by security: code that breaks with an input at the edge of its contract; the input is the witness', async () => {
  // Alone: the tests do not show what is put in, which another gate may say first.
  const breaking = async (to: string): Promise<GatesResult> => {
    const edits = { 'operations/place-order.ts': edited('operations/place-order.ts', 'const lines = [];', `${to}\n    const lines = [];`) };
    const evidence = await bench.one(securityGate, edits, scopeOf(['operation/placeOrder']));
    return { evidence: [evidence], passed: evidence.verdict === 'pass' };
  };
  const long = await breaking(`if (input.lines.length > 500) { let at = 0; while (at < 1e12) { at += 0.5; } }`);
  refusedBy(long, 'security', /placeOrder breaks with a hostile input: .*without a pause/);
  assert.match(JSON.stringify(verdictOf(long, 'security')?.findings[0]?.witness), /"lines":\[\{"product":"tea".*998 more/);
  const greedy = await breaking(
    `const kept = []; for (let at = 0; at < input.lines.length * 1e5 && input.lines.length > 500; at += 1) kept.push(new Array(1000).fill(at));`,
  );
  refusedBy(greedy, 'security', /breaks with a hostile input/);
  const throwing = await breaking(`if (input.lines.some((line) => line.quantity > 1e12)) throw new Error('so many');`);
  refusedBy(throwing, 'security', /breaks with a hostile input: .*so many/);
});

test('accepted: an operation that refuses what it cannot do; the gate says what it tried', async () => {
  const result = await bench.run(
    {
      'operations/place-order.ts': edited(
        'operations/place-order.ts',
        `refuse('conflict', \`There are only`,
        `refuse('conflict', \`In stock there are only`,
      ),
    },
    scopeOf(['operation/placeOrder']),
  );
  const security = verdictOf(result, 'security');
  assert.equal(security?.verdict, 'pass', told(result));
  assert.match(
    security?.findings.map((finding) => finding.statement).join() ?? '',
    /answers or refuses within its caps, whatever it is given/,
  );
});

test('refused by parse: a function that nobody can follow', async () => {
  const maze =
    'if (input.lines.length > 1) { for (const one of input.lines) { if (one.quantity > 1) { for (const two of input.lines) { if (two.quantity > one.quantity) { if (two.product === one.product) lines.length = 0; } } } } }';
  const result = await bench.run(
    { 'operations/place-order.ts': edited('operations/place-order.ts', 'const lines = [];', `const lines = [];\n    ${maze}`) },
    scopeOf(['operation/placeOrder']),
  );
  refusedBy(result, 'parse', /cognitive complexity/);
});

test('refused by types: a field of a neighbour that is not there any more breaks who uses it', async () => {
  const renamed = edited('entities/product.ts', 'price: money', 'listPrice: money');
  refusedBy(
    await bench.run(
      { 'entities/product.ts': renamed, 'operations/place-order.test.ts': null, 'entities/order.test.ts': null },
      scopeOf(['entity/product', 'operation/placeOrder']),
    ),
    'types',
    /price/,
  );
});

test('refused by types: text where a number belongs, in a body', async () => {
  const result = await bench.run(
    {
      'operations/place-order.ts': edited(
        'operations/place-order.ts',
        'quantity, unitPrice: product.price',
        'quantity: product.name, unitPrice: product.price',
      ),
    },
    scopeOf(['operation/placeOrder']),
  );
  refusedBy(result, 'types', /string/);
});

test('refused by contract: a change outside its scope, whatever it does', async () => {
  const result = await bench.run(
    { 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-02') },
    scopeOf(['entity/order']),
  );
  refusedBy(result, 'contract', /entity\/invoice/);
});

test('refused by contract: a member outside the scope of members', async () => {
  const result = await bench.run(
    {
      'entities/invoice.ts': dueDate.replace(
        "number: text({ id: 'f_inumb', no: 2, required: true, unique: true })",
        "number: text({ id: 'f_inumb', no: 2, required: true })",
      ),
    },
    { components: ['entity/invoice'], members: ['entity/invoice#field/dueDate'] },
  );
  refusedBy(result, 'contract', /number/);
});

test('refused by contract: theseus.json in a candidate', async () => {
  refusedBy(
    await bench.run({ 'theseus.json': edited('theseus.json', '"high": "propose"', '"high": "act"') }, scopeOf([])),
    'contract',
    /theseus\.json/,
  );
});

test('refused by examples: a wrong expectation', async () => {
  refusedBy(
    await bench.run({ 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-03') }, invoice),
    'examples',
    /dueDate is "2026-03-02", not "2026-03-03"/,
  );
});

test('refused by examples: an earlier example that no longer holds', async () => {
  const wrong = edited('entities/order.ts', 'line.quantity * line.unitPrice', 'line.unitPrice');
  const result = await bench.run({ 'entities/order.ts': wrong }, order);
  refusedBy(result, 'examples', /total/);
});

test('refused by examples: a weakened test of another component, or one that vanished', async () => {
  const softer = edited('operations/place-order.test.ts', "{ read: 'tea', then: { stock: 7 } },", '');
  const result = await bench.run(
    { 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-02'), 'operations/place-order.test.ts': softer },
    invoice,
  );
  assert.equal(result.passed, false, told(result));
  assert.match(told(result), /placeOrder|placing an order/);
  const gone = await bench.run(
    { 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-02'), 'operations/place-order.test.ts': null },
    invoice,
  );
  assert.equal(gone.passed, false, told(gone));
});

/** The test file of an operation with more in it. */
const placing = scopeOf(['operation/placeOrder']);
const placeTests = 'operations/place-order.test.ts';
const withExample = (text: string): { readonly [path: string]: string } => ({
  [placeTests]: (shopFiles[placeTests] ?? '').replace(/\]\);\s*$/, `  ${text}\n]);\n`),
});

test('refused by examples: a new example in which nothing is done', async () => {
  for (const steps of ['', `{ today: '2026-01-31' }`])
    refusedBy(await bench.run(withExample(`example('idle', [${steps}]),`), placing), 'examples', /"idle".* does nothing/);
  accepted(await bench.run(withExample(`example('kept', [{ create: 'customer', with: { name: 'Ada' } }]),`), placing));
});

test('refused by examples: an earlier example that still holds and was taken out, or emptied, within the scope', async () => {
  const empty = `import { example, examples } from 'theseus/sdk';

export default examples([
  example('placing an order takes the stock and the price of the product', [
    { create: 'customer', with: { name: 'Ada' }, then: { name: 'Ada' } },
  ]),
]);
`;
  refusedBy(await bench.run({ [placeTests]: empty }, placing), 'examples', /takes the stock and the price.* it still holds: keep it/);
  refusedBy(await bench.run({ [placeTests]: null }, placing), 'examples', /it still holds: keep it/);
});

test('refused: a branch that is entered by luck alone, of which no example says when', async () => {
  const lucky = edited(
    'operations/place-order.ts',
    'const lines = [];',
    `const lines = [];\n    if (random() < 0.2) refuse('conflict', 'Bad luck.');`,
  ).replace('input, today }', 'input, random, today }');
  const result = await bench.run({ 'operations/place-order.ts': lucky }, placing);
  assert.ok(!result.passed, told(result));
});

test('refused by examples: an operation that gives the stock away', async () => {
  const generous = edited('operations/place-order.ts', '(product.stock ?? 0) - quantity', '(product.stock ?? 0) - 0');
  refusedBy(
    await bench.run({ 'operations/place-order.ts': generous }, scopeOf(['operation/placeOrder'])),
    'examples',
    /stock is 10, not 7/,
  );
});

test('refused by properties: a stated property that a generated row breaks, with the row', async () => {
  const property =
    `import { example, examples, property, type Row } from 'theseus/sdk';\n\nexport default examples([\n  property('no order is worth more than 1,000', { on: 'order', holds: (order: Row<'order'>) => order.total <= money('1000.00') }),\n  ${(shopFiles['entities/order.test.ts'] ?? '').split('export default examples([')[1] ?? ''}`.replace(
      'type Row }',
      'money, type Row }',
    );
  const result = await bench.run({ 'entities/order.test.ts': property }, order);
  refusedBy(result, 'properties', /worth more than 1,000: does not hold/);
  assert.ok(verdictOf(result, 'properties')?.findings[0]?.witness !== null);
});

test('accepted: a property that holds', async () => {
  const text = (shopFiles['entities/order.test.ts'] ?? '')
    .replace('import { example, examples }', 'import { example, examples, property, type Row }')
    .replace(
      'export default examples([',
      "export default examples([\n  property('every line is of something', { on: 'order', holds: (order: Row<'order'>) => order.lines.every((line) => line.quantity >= 1) }),",
    );
  accepted(await bench.run({ 'entities/order.test.ts': text }, order));
});

test('refused by properties: an operation that breaks with an input that no example has', async () => {
  const fragile = edited(
    'operations/place-order.ts',
    'const lines = [];',
    'const lines = [];\n    const second = input.lines[1];\n    if (second !== undefined && second.quantity > 100) throw new Error(`too much of ${second.product}`);',
  );
  const result = await bench.run({ 'operations/place-order.ts': fragile }, scopeOf(['operation/placeOrder']));
  assert.equal(verdictOf(result, 'properties')?.verdict, 'fail', told(result));
  assert.match(verdictOf(result, 'properties')?.findings[0]?.statement ?? '', /breaks with a generated input: .*too much of/);
});

const discount = (formula: string): { [path: string]: string } => ({
  'entities/order.ts': edited(
    'entities/order.ts',
    '    total: money({',
    `    discount: money({ id: 'f_odisc', no: 6, live: (order: Row<'order'>) => ${formula} }),\n    total: money({`,
  ).replace('integer, list, money, reference', 'integer, list, money, percentOf, reference'),
});
const ordinary =
  "order.customer.tier === 'gold' ? percentOf(sum(order.lines, (line) => line.quantity * line.unitPrice), 10) : money('0.00')";
const tenOff = (more: string): string =>
  (shopFiles['entities/order.test.ts'] ?? '').replace(
    'export default examples([',
    `export default examples([
  example('gold customers get 10% off', [
    { create: 'customer', as: 'gold', with: { name: 'Ada', tier: 'gold' } },
    { create: 'product', as: 'cup', with: { sku: 'C1', name: 'Cup', price: '8.00' } },
    { create: 'order', with: { customer: 'gold', lines: [{ product: 'cup', quantity: 2, unitPrice: '8.00' }] }, then: { discount: '1.60' } },
  ]),${more}`,
  );
const noneOff = `
  example('others get nothing off', [
    { create: 'customer', as: 'plain', with: { name: 'Bob' } },
    { create: 'product', as: 'cup', with: { sku: 'C1', name: 'Cup', price: '8.00' } },
    { create: 'order', with: { customer: 'plain', lines: [{ product: 'cup', quantity: 2, unitPrice: '8.00' }] }, then: { discount: '0.00' } },
  ]),`;

test('accepted: a rule with an example for each of its branches', async () => {
  accepted(await bench.run({ ...discount(ordinary), 'entities/order.test.ts': tenOff(noneOff) }, order));
});

test('refused by mutation: a branch of a rule that no example looks at', async () => {
  const result = await bench.run({ ...discount(ordinary), 'entities/order.test.ts': shopFiles['entities/order.test.ts'] ?? '' }, order);
  refusedBy(result, 'mutation', /field\/discount.*notice none/);
});

const shipOrder = (roles: string): string => `/**
 * A paid order is shipped.
 *
 * why: specimen
 * change: ch_1
 * generator: person
 * date: 2026-11-23
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_ship',
  name: 'shipOrder',
  on: 'order',
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  roles: [${roles}],
  transition: { field: 'status', from: ['paid'], to: 'shipped' },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'shipped' });
  },
});
`;
const shipping = (from: string, by: string, then: string): string =>
  `example('${by} ships what is ${from}', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', as: 'o', with: { customer: 'ada', status: '${from}' } },
    { call: 'shipOrder', on: 'o', by: '${by}', then: { ${then} } },
  ])`;
const shipTests = (...examples: readonly string[]): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n  ${examples.join(',\n  ')},\n]);\n`;
const shipped = shipping('paid', 'manager', "status: 'shipped'");

test('refused by mutation: who may, and from which state, where no example shows that others may not', async () => {
  const ship = async (roles: string, ...examples: readonly string[]): Promise<Evidence> =>
    bench.one(
      mutationGate,
      { 'operations/ship-order.ts': shipOrder(roles), 'operations/ship-order.test.ts': shipTests(...examples) },
      scopeOf(['operation/shipOrder']),
    );
  const statements = ({ findings }: Evidence): string => findings.map(({ statement }) => statement).join('\n');
  const happy = await ship(`'manager'`, shipped);
  assert.equal(happy.verdict, 'fail');
  assert.match(
    statements(happy),
    /roles, transition as stated .*no example shows that others may not; nor that it is refused to what is open or cancelled: add one/,
    'what is stated and not shown is told at once',
  );
  const states = [shipped, shipping('open', 'manager', "refused: 'state-forbids'")];
  const refusing = (role: string): string => shipping('paid', role, "refused: 'forbidden'");
  assert.equal((await ship(`'manager'`, ...states, refusing('clerk'))).verdict, 'pass');
  // A viewer writes nothing, whatever is stated: that shows little, which is told.
  const idle = await ship(`'manager'`, ...states, refusing('viewer'));
  assert.match(JSON.stringify(idle.findings), /no example shows that owner or clerk may not, who could do it otherwise/);
  assert.equal(idle.verdict, 'pass');
  assert.equal((await ship(`'manager'`, ...states)).verdict, 'fail');
  assert.match(statements(await ship(`'manager', 'clerk'`, ...states, refusing('viewer'))), /no example shows that it may: clerk/);
});

test('refused by examples: an operation whose transition leads to another state than its body sets', async () => {
  const ship = (to: string, sets: string): Promise<GatesResult> =>
    bench.run(
      {
        'operations/ship-order.ts': shipOrder(`'manager'`).replace(`to: 'shipped'`, `to: '${to}'`).replace(`{ status: 'shipped' }`, sets),
        'operations/ship-order.test.ts': shipTests(
          shipping('paid', 'manager', ''),
          shipping('open', 'manager', "refused: 'state-forbids'"),
          shipping('paid', 'clerk', "refused: 'forbidden'"),
        ),
      },
      scopeOf(['operation/shipOrder']),
    );
  refusedBy(
    await ship('cancelled', `{ status: 'shipped' }`),
    'examples',
    /shipOrder leads to cancelled, as its transition says, and left status shipped/,
  );
  refusedBy(await ship('shipped', '{}'), 'examples', /leads to shipped, .* left status paid/);
  accepted(await ship('shipped', `{ status: 'shipped' }`));
});

test('accepted: no and zero that are filled in, and the way to the next page, of which no example is asked', async () => {
  const verdict = async (field: string, given: string): Promise<string> =>
    (
      await bench.one(
        mutationGate,
        {
          'entities/product.ts': edited('entities/product.ts', '    stock: integer', `    ${field}\n    stock: integer`).replace(
            'integer, money',
            'boolean, integer, money',
          ),
          'entities/product.test.ts': examples(
            `  example('given', [{ create: 'product', with: { sku: 'A', name: 'A', price: '1.00', ${given} }, then: { ${given} } }]),`,
          ),
        },
        scopeOf(['entity/product']),
      )
    ).verdict;
  assert.equal(await verdict("gone: boolean({ id: 'f_pgone', no: 8, default: false }),", 'gone: true'), 'pass');
  assert.equal(await verdict("sold: integer({ id: 'f_psold', no: 8, default: 0 }),", 'sold: 3'), 'pass');
  assert.equal(await verdict("gone: boolean({ id: 'f_pgone', no: 8, default: true }),", 'gone: false'), 'fail');
  assert.equal(await verdict("sold: integer({ id: 'f_psold', no: 8, default: 1 }),", 'sold: 3'), 'fail');

  const turned = (page: string): string =>
    edited(
      'operations/place-order.ts',
      'const lines = [];',
      `const lines = [];
    const seen = await data.product.list({ limit: 100 });
    if (seen.cursor !== undefined) await data.product.list({ limit: 100, ${page} });`,
    );
  const statements = async (page: string): Promise<string> =>
    (await bench.one(mutationGate, { 'operations/place-order.ts': turned(page) }, scopeOf(['operation/placeOrder']))).findings
      .map(({ witness }) => JSON.stringify(witness ?? ''))
      .join();
  assert.doesNotMatch(await statements('...{ cursor: seen.cursor }'), /cursor: seen\.cursor \} became/);
});

test('bounds: shown where an example can hold what is beyond, as they were where they were let go, and not asked for where texts are long', async () => {
  const looked = async (from: string, to: string): Promise<Evidence> =>
    bench.one(mutationGate, { 'entities/product.ts': edited('entities/product.ts', from, to) }, scopeOf(['entity/product']));
  const [stock] = /^ *stock: integer.*$/m.exec(shopFiles['entities/product.ts'] ?? '') ?? [''];
  const statements = ({ findings }: Evidence): string => findings.map(({ statement }) => statement).join('\n');
  const noted = (more: string): Promise<Evidence> => looked(stock, `${stock}\n    note: text({ id: 'f_pnote', no: 8, ${more} }),`);
  const note = (max: number): Promise<Evidence> => noted(`max: ${max}`);
  assert.match(statements(await note(50)), /no example shows note: what is just beyond 50/);
  const long = statements(await note(50_000));
  assert.doesNotMatch(long, /just beyond/);
  assert.match(long, /entity\/product: 1 bounds are too far for an example and were not asked for/);
  assert.match(statements(await noted('required: true, min: 2')), /no example shows note: what is just beyond 2/);
  assert.doesNotMatch(statements(await noted('required: true, min: 1')), /just beyond/, 'a required text has one anyway');
  const required = await looked(`id: 'f_pcat', no: 3 }`, `id: 'f_pcat', no: 3, required: true }`);
  assert.match(statements(required), /no example shows category: that it may not be left out/);
  const open = await looked(`required: true, min: '0.00' }`, 'required: true }');
  assert.match(statements(open), /no example shows price: that what is beyond 0.00 is taken/);
});

test('refused by mutation: a new field that no example has, with the example written out; a choice of it, `required` beside a default, and digits that nobody shows', async () => {
  const [stock] = /^ *stock: integer.*$/m.exec(shopFiles['entities/product.ts'] ?? '') ?? [''];
  const looked = async (fields: string, ...steps: readonly string[]): Promise<string> => {
    const evidence = await bench.one(
      mutationGate,
      {
        'entities/product.ts': edited('entities/product.ts', stock, `${stock}\n    ${fields}`).replace(
          'integer, ',
          'boolean, choice, decimal, integer, ',
        ),
        ...(steps.length === 0
          ? {}
          : {
              'entities/product.test.ts': `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n  example('it is shown', [\n    ${steps.join(',\n    ')},\n  ]),\n]);\n`,
            }),
      },
      scopeOf(['entity/product']),
    );
    return evidence.findings
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ statement }) => statement)
      .join('\n');
  };
  const tea = (more: string, then = ''): string =>
    `{ create: 'product', with: { sku: 'T${then.length}${more.length}', name: 'Tea', price: '4.00', ${more} }${then === '' ? '' : `, then: { ${then} }`} }`;
  const shade = `shade: choice({ id: 'f_gshade', no: 40, choices: { light: 'c_glight', dark: 'c_gdark', grey: 'c_ggrey' }, default: 'light' }),`;
  const unseen = await looked(shade);
  assert.match(
    unseen,
    /no example shows shade: what is filled in; nor shade: a row that has it; nor shade: that it may be dark; nor shade: that it may be grey: add one/,
  );
  assert.match(unseen, /for instance in entities\/product\.test\.ts: example\('a row of product keeps shade', \[/);
  assert.match(unseen, /\{ update: 'it', with: \{ shade: 'grey' \}, then: \{ shade: 'grey' \} \}/);
  const half = await looked(shade, tea('category: null', `shade: 'light'`), tea(`shade: 'dark'`));
  assert.match(half, /no example shows shade: that it may be grey: add one/);
  assert.equal(await looked(shade, tea('category: null', `shade: 'light'`), tea(`shade: 'dark'`), tea(`shade: 'grey' `)), '');
  const urgent = `urgent: boolean({ id: 'f_gurgent', no: 40, required: true, default: false }),`;
  assert.match(await looked(urgent, tea('urgent: true')), /no example shows urgent: that null is refused/);
  assert.equal(await looked(urgent, tea('urgent: true'), tea('urgent: null', `refused: 'invalid'`)), '');
  const ratio = `ratio: decimal({ id: 'f_gratio', no: 40, scale: 3 }),`;
  assert.match(await looked(ratio, tea(`ratio: '1.50'`)), /no example shows ratio: a value with 3 digits after the point/);
  assert.equal(await looked(ratio, tea(`ratio: '1.505'`)), '');
});

test('refused by mutation: what rows are held to, told once with one example that shows all of it; accepted with that example', async () => {
  const [stock] = /^ *stock: integer.*$/m.exec(shopFiles['entities/product.ts'] ?? '') ?? [''];
  const held = `${stock}
    code: text({ id: 'f_pcode', no: 50, unique: true, max: 8 }),
    proof: json({ id: 'f_pproof', no: 53, required: true, shape: { type: 'object', required: ['file'], properties: { file: { format: 'file', mediaTypes: ['application/pdf'], maxBytes: 9 } } } }),
    weight: decimal({ id: 'f_pweight', no: 51, scale: 1, min: '0.5', max: '9.5' }),
    sort: integer({ id: 'f_psort', no: 52, required: true, default: 3, min: 0 }),`;
  const looked = (...tests: readonly string[]): Promise<Evidence> =>
    bench.one(
      mutationGate,
      {
        'entities/product.ts': edited('entities/product.ts', stock, held).replace('integer, ', 'decimal, integer, json, '),
        ...(tests.length === 0 ? {} : { 'entities/product.test.ts': examples(tests.join(',\n')) }),
      },
      scopeOf(['entity/product']),
    );
  const { findings } = await looked();
  const failed = findings.filter(({ verdict }) => verdict === 'fail');
  assert.equal(failed.length, 1, 'one failure, though three fields are stated and most of all mutants live');
  const { statement = '' } = failed[0] ?? {};
  for (const missing of [
    'code: that two may not have the same',
    'code: what is just beyond 8',
    'weight: what is just beyond 0.5',
    'sort: that null is refused',
  ])
    assert.ok(statement.includes(missing), missing);
  const offered = [...statement.matchAll(/in entities\/product\.test\.ts: (example\([^]*?\n\]\))/g)].map(([, text = '']) => text);
  assert.equal(offered.length, 2, statement);
  assert.match(offered[1] ?? '', /\{ update: 'it', with: \{ code: 'aaaaaaaaa' \}, then: \{ refused: 'invalid' \} \}/);
  assert.equal((await looked(...offered)).verdict, 'pass');
  assert.equal((await looked(offered[0] ?? '')).verdict, 'fail', 'the other is not for nothing');
});

test('refused by mutation: a hard-coded answer beside the rule, which only its own example meets', async () => {
  const result = await bench.run(
    {
      ...discount(
        "order.customer.tier === 'silver' ? money('1.60') : order.customer.tier === 'gold' ? percentOf(sum(order.lines, (line) => line.quantity * line.unitPrice), 10) : money('0.00')",
      ),
      'entities/order.test.ts': tenOff(noneOff),
    },
    order,
  );
  refusedBy(result, 'mutation', /notice none/);
});

test('refused by mutation: a new branch of an operation that no example enters, with its place', async () => {
  const shy = edited(
    'operations/place-order.ts',
    'const lines = [];',
    "const lines = [];\n    if (input.lines.length > 50) refuse('conflict', 'An order has at most 50 lines.');",
  );
  const result = await bench.run({ 'operations/place-order.ts': shy }, scopeOf(['operation/placeOrder']));
  refusedBy(result, 'mutation', /operation\/placeOrder if line \d+.*notice none/);
});

test('refused by mutation: a bound of a body that no example stands on, and a stand-in that is not the default; accepted where both are shown', async () => {
  const path = 'operations/take-stock.ts';
  const take = (instead: string, ...calls: readonly string[]): Promise<Evidence> =>
    bench.one(
      mutationGate,
      {
        [path]: shipOrder(`'manager'`)
          .replace("id: 'o_ship'", "id: 'o_take'")
          .replace('shipOrder', 'takeStock')
          .replace("on: 'order'", "on: 'product'")
          .replace("row: 'order'", "row: 'product'")
          .replace(
            "  capabilities: { order: ['update'] }",
            "  input: { by: integer({ id: 'f_tby', no: 1, required: true }) },\n  capabilities: { product: ['update'] }",
          )
          .replace(/ {2}transition.*\n/, '')
          .replace('import { operation }', 'import { integer, operation, refuse }')
          .replace(
            /async run[^]*/,
            `async run({ data, row, input }) {
    const stock = row.stock ?? ${instead};
    if (stock < input.by) refuse('conflict', 'There are not so many.');
    return data.product.update(row.id, { stock: stock - input.by });
  },
});
`,
          ),
        [path.replace('.ts', '.test.ts')]: shipTests(
          `example('some are taken', [
    { create: 'product', as: 'tea', with: { sku: 'T', name: 'Tea', price: '1.00', stock: 5 } },
    { create: 'product', as: 'none', with: { sku: 'N', name: 'None', price: '1.00', stock: null } },
    { call: 'takeStock', on: 'tea', by: 'clerk', with: { by: 1 }, then: { refused: 'forbidden' } },
    { call: 'takeStock', on: 'tea', by: 'manager', with: { by: 2 }, then: { stock: 3 } },
    { call: 'takeStock', on: 'tea', by: 'manager', with: { by: 9 }, then: { refused: 'conflict' } },
    ${calls.join(',\n    ')}
  ])`,
        ),
      },
      scopeOf(['operation/takeStock']),
    );
  const statements = ({ findings }: Evidence): string => findings.map(({ statement }) => statement).join('\n');
  const all = `{ call: 'takeStock', on: 'tea', by: 'manager', with: { by: 3 }, then: { stock: 0 } }`;
  assert.match(statements(await take('0')), /no example shows what stands exactly on the bound of stock < input\.by: add one/);
  assert.equal((await take('0', all)).verdict, 'pass', statements(await take('0', all)));
  assert.match(statements(await take('1', all)), /no example shows stock without a value, which counts as 1 here and as 0 by its default/);
  const one = `{ call: 'takeStock', on: 'none', by: 'manager', with: { by: 1 }, then: { stock: 0 } }`;
  assert.equal((await take('1', all, one)).verdict, 'pass', statements(await take('1', all, one)));
});

test('refused: an operation that never ends; the gates end, and the next candidate is judged as ever', async () => {
  const endless = edited('operations/place-order.ts', 'const lines = [];', 'const lines = [];\n    for (;;) lines.length = 0;');
  const began = performance.now();
  const result = await bench.run({ 'operations/place-order.ts': endless }, scopeOf(['operation/placeOrder']));
  assert.equal(result.passed, false, told(result));
  assert.ok(performance.now() - began < 60_000);
  accepted(await bench.run({ 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample('2026-03-02') }, invoice));
});

test('a rule that others import: its change runs their examples again, and is refused where one no longer holds', async () => {
  const rule = (percent: number, ensures = ''): string => `/**
 * Gold customers get something off.
 *
 * why: they come again
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { money, percentOf, type Row, rule, sum } from 'theseus/sdk';

export default rule({
  id: 'r_gold',
  name: 'goldDiscount',
  on: 'order',
  governs: 'discount',
  decide: (order: Row<'order'>) => (order.customer.tier === 'gold' ? percentOf(sum(order.lines, (line) => line.quantity * line.unitPrice), ${percent}) : money('0.00')),${ensures}
});
`;
  const entity = edited(
    'entities/order.ts',
    '    total: money({',
    "    discount: money({ id: 'f_odisc', no: 6, live: goldDiscount }),\n    total: money({",
  ).replace("from 'theseus/sdk';", "from 'theseus/sdk';\nimport goldDiscount from '../rules/gold-discount.ts';");
  const base = await bench.input({
    ...shopFiles,
    'entities/order.ts': entity,
    'rules/gold-discount.ts': rule(10),
    'entities/order.test.ts': tenOff(noneOff),
  });
  const scope = scopeOf(['rule/goldDiscount', 'entity/order']);
  const result = await bench.run({ 'rules/gold-discount.ts': rule(20) }, scope, base);
  refusedBy(result, 'examples', /gold customers get 10% off.*discount/);
  const both = await bench.run(
    { 'rules/gold-discount.ts': rule(20), 'entities/order.test.ts': tenOff(noneOff).replace("discount: '1.60'", "discount: '3.20'") },
    scope,
    base,
  );
  accepted(both);
  assert.ok(verdictOf(both, 'examples')?.findings.some((finding) => /no longer holds as it was/.test(finding.statement)));

  const promise = `\n  ensures: { notNegative: { holds: (order) => order.discount >= money('-100000000.00'), message: 'never so little' } },`;
  const promised = await bench.input({ ...base.files, 'rules/gold-discount.ts': rule(0, promise) });
  const silent = { 'rules/gold-discount.ts': rule(0) };
  const rules = scopeOf(['rule/goldDiscount']);
  refusedBy(
    await bench.run(silent, rules, promised),
    'proof',
    /goldDiscount ensures notNegative: was taken out, and it still holds: keep it/,
  );
  const named = scopeOf(['rule/goldDiscount'], ['rule/goldDiscount', 'rule/goldDiscount#ensures/notNegative']);
  assert.equal(verdictOf(await bench.run(silent, named, promised), 'proof')?.verdict, 'pass');
});
