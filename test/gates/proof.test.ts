/** What the proof gate accepts and refuses, over the sample system: each statement beside one that is nearly the same and untrue. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { proofGateWithin } from '#gates';
import type { Evidence, Expression, Finding } from '#kernel';
import { printTests } from '#model';
import { edited, openWorkbench, scopeOf, shopFiles, verdictOf } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

const order = scopeOf(['entity/order']);
const product = scopeOf(['entity/product']);
/** What is shown here must not hang on how busy the machine is. */
const patient = proofGateWithin({ statementMs: 30_000, allMs: 60_000 });
const run = (edits: { readonly [path: string]: string }, scope = order): Promise<Evidence> => bench.one(patient, edits, scope);
function finding(result: Evidence, statement: RegExp): Finding {
  const found = result.findings.find((each) => statement.test(each.statement));
  assert.ok(found !== undefined, `${String(statement)} is not among:\n${result.findings.map((each) => each.statement).join('\n')}`);
  return found;
}

const stated = (holds: string, imports = 'money, ', of = 'order'): { readonly [path: string]: string } => ({
  [`entities/${of}.test.ts`]: (
    shopFiles[`entities/${of}.test.ts`] ?? "import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n]);\n"
  )
    .replace('import { example, examples }', `import { example, examples, ${imports}property, type Row }`)
    .replace(
      'export default examples([',
      `export default examples([\n  property('as stated', { on: '${of}', holds: (${of}: Row<'${of}'>) => ${holds} }),`,
    ),
});

test('proved: a stated property of every row, with how many rows the translation was held against', async () => {
  const result = await run(stated('count(order.lines) === 0 || order.lines.some((line) => line.quantity > 0)', 'count, '), order);
  const found = finding(result, /as stated/);
  assert.deepEqual([found.verdict, found.shownBy], ['pass', 'proved'], found.statement);
  assert.match(found.bound ?? '', /agreed on \d+ rows/);
});

test('refused: a property that no ordinary row breaks; the row that does is named by its fields', async () => {
  const result = await run(stated("order.total >= money('0.00')"), order);
  const found = finding(result, /as stated: does not hold/);
  assert.equal(found.verdict, 'fail');
  const lines = (found.witness as { readonly lines: readonly { readonly unitPrice: string }[] }).lines;
  assert.ok(
    lines.some((line) => Number(line.unitPrice) < 0),
    JSON.stringify(found.witness),
  );
});

const withField = (field: string, imports = ''): { readonly [path: string]: string } => ({
  'entities/product.ts': edited('entities/product.ts', '    stock: integer', `    ${field}\n    stock: integer`).replace(
    'money, text }',
    `money, ${imports}type Row, text }`,
  ),
});

test('bounds of a computed field: proved where the formula keeps them, refused where a row leaves them', async () => {
  const kept = await run(
    withField(
      "half: money({ id: 'f_phalf', no: 6, min: '0.00', live: (product: Row<'product'>) => percentOf(product.price, 50) }),",
      'percentOf, ',
    ),
    product,
  );
  assert.deepEqual(finding(kept, /half keeps its bounds/).shownBy, 'proved');
  const left = await run(
    withField(
      "half: money({ id: 'f_phalf', no: 6, min: '0.01', live: (product: Row<'product'>) => percentOf(product.price, 50) }),",
      'percentOf, ',
    ),
    product,
  );
  const found = finding(left, /half keeps its bounds/);
  assert.equal(found.verdict, 'fail');
  assert.deepEqual(found.witness, { price: '0.00' });
});

test('numbers without bounds may be too large for exact arithmetic: said, and no reason to refuse', async () => {
  const result = await run(
    withField("worth: money({ id: 'f_pworth', no: 6, live: (product: Row<'product'>) => product.price * (product.stock ?? 0) }),"),
    product,
  );
  const found = finding(result, /worth stays in the exact range as long as/);
  assert.deepEqual([found.verdict, found.shownBy], ['pass', 'not-shown']);
});

const invariants = (text: string): { readonly [path: string]: string } => ({
  'entities/product.ts': edited(
    'entities/product.ts',
    'default: 0 }),\n  },',
    `default: 0 }),\n  },\n  invariants: {\n${text}\n  },`,
  ).replace('money, text }', 'money, type Row, text }'),
});
const invariant = (name: string, holds: string): string =>
  `    ${name}: { holds: (product: Row<'product'>) => ${holds}, message: 'It must be so.' },`;

test('invariants that contradict each other are named, and only those', async () => {
  const result = await run(
    invariants(
      [
        invariant('dear', "product.price > money('10.00')"),
        invariant('stocked', '(product.stock ?? 0) > 0'),
        invariant('cheap', "product.price < money('10.00')"),
      ].join('\n'),
    ),
    product,
  );
  const found = finding(result, /contradict each other/);
  assert.equal(found.verdict, 'fail');
  assert.deepEqual(found.witness, ['dear', 'cheap']);
  assert.match(found.statement, /^product: dear and cheap contradict each other/);
});

test('invariants that a row can meet are shown by such a row, and are what later statements suppose', async () => {
  const result = await run(
    {
      ...invariants(invariant('dear', "product.price > money('10.00')")),
      ...stated("product.price >= money('10.01')", 'money, ', 'product'),
    },
    product,
  );
  assert.equal(finding(result, /a row can meet all invariants/).shownBy, 'tested');
  assert.equal(finding(result, /as stated/).shownBy, 'proved');
});

const total = "live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice)";
const changedTotal = (formula: string): { readonly [path: string]: string } => ({
  'entities/order.ts': edited('entities/order.ts', total, `live: (order: Row<'order'>) => ${formula}`),
});
const shipped: Expression = {
  node: 'binary',
  op: 'equal',
  left: {
    node: 'field',
    of: {
      node: 'input',
      name: 'row',
      type: {
        kind: 'row',
        of: bench.base.reading.model.entities.find((each) => each.name === 'order')?.id ?? ('' as never),
        optional: false,
      },
    },
    field: 'status',
    id: 'f_ostat' as never,
    type: { kind: 'choice', field: 'f_ostat' as never, optional: true },
  },
  right: { node: 'constant', type: { kind: 'choice', field: 'f_ostat' as never, optional: false }, value: 'c_oship' },
  type: { kind: 'boolean', optional: false },
};

test('a formula that is only written otherwise gives what it gave, for lists of any length', async () => {
  const result = await run(changedTotal('sum(order.lines, (line) => line.unitPrice * line.quantity)'), order);
  assert.match(finding(result, /order\.total/).statement, /is written otherwise and gives what it gave/);
  assert.equal(finding(result, /order\.total is written/).shownBy, 'proved');
});

test('where a changed formula differs is read from it, and that it differs nowhere else is proved', async () => {
  const sums = 'sum(order.lines, (line) => line.quantity * line.unitPrice)';
  const result = await run(
    changedTotal(`order.status === 'cancelled' ? sum(order.lines, (line) => line.quantity * line.unitPrice * 0) : ${sums}`),
    order,
  );
  const found = finding(result, /order\.total gives what it gave, but where the status is cancelled/);
  assert.deepEqual([found.verdict, found.shownBy], ['pass', 'proved']);
});

test('outside the region that a change states nothing may differ: proved, and refused with the row where it does', async () => {
  const scope = { ...order, regions: { 'entity/order#field/total': shipped } };
  const sums = 'sum(order.lines, (line) => line.quantity * line.unitPrice)';
  const twice = 'sum(order.lines, (line) => line.quantity * line.unitPrice * 2)';
  const kept = await run(changedTotal(`order.status === 'shipped' ? ${twice} : ${sums}`), scope);
  assert.equal(finding(kept, /Where it does not hold that the status is shipped, order\.total gives what it gave/).shownBy, 'proved');
  const more = await run(changedTotal(`order.status === 'shipped' || order.status === 'paid' ? ${twice} : ${sums}`), scope);
  const found = finding(more, /not so for this row/);
  assert.equal(found.verdict, 'fail');
  assert.equal((found.witness as { readonly status: string }).status, 'paid');
});

test('nothing is asked where nothing changed', async () => {
  const result = await run({}, scopeOf([]));
  assert.deepEqual(
    result.findings.map((each) => each.statement),
    ['Nothing that is stated of rows changed'],
  );
});

const related = (relations: string): { readonly [path: string]: string } => ({
  ...withField(
    `shipping: money({ id: 'f_pship', no: 6, live: (product: Row<'product'>) => product.price > money('100.00') ? money('0.00') : percentOf(product.price, 5) }),`,
    'percentOf, ',
  ),
  'entities/product.test.ts': `import { examples, money, relation, type Row } from 'theseus/sdk';\n\nexport default examples([\n${relations}\n]);\n`,
});
const band = (name: string, holds: string): string => `${name}: (product: Row<'product'>) => ${holds}`;

test('what is stated of two rows: proved, and refused with both rows', async () => {
  const of = "(product: Row<'product'>) => product.shipping";
  const result = await run(
    related(
      `  relation('below 100, more costs no less to send', { on: 'product', given: (product: Row<'product'>) => product.price <= money('100.00'), of: ${of}, in: 'price', direction: 'up' }),
  relation('more costs no less to send', { on: 'product', of: ${of}, in: 'price', direction: 'up' }),`,
    ),
    product,
  );
  assert.equal(finding(result, /below 100, more costs no less to send/).shownBy, 'proved');
  const found = finding(result, /^product: more costs no less to send: does not hold/);
  assert.equal(found.verdict, 'fail');
  const { price, ...witness } = found.witness as { readonly price: string; readonly 'the other row': { readonly price: string } };
  assert.ok(Number(price) <= 100 && Number(witness['the other row'].price) > 100, JSON.stringify(found.witness));
});

test('a table of cases: the gap and the overlap are named with a row each, and the pairs that never meet are proved', async () => {
  const result = await run(
    related(
      `  relation('bands of price', { on: 'product', cases: { ${band('cheap', "product.price < money('10.00')")}, ${band('usual', "product.price >= money('10.00') && product.price < money('50.00')")}, ${band('dear', "product.price >= money('49.99') && product.price !== money('70.00')")} }, complete: true, disjoint: true }),`,
    ),
    product,
  );
  assert.deepEqual(finding(result, /one of cheap, usual, dear always holds: does not hold/).witness, { price: '70.00' });
  assert.deepEqual(finding(result, /usual and dear never hold together: does not hold/).witness, { price: '49.99' });
  assert.equal(finding(result, /cheap and dear never hold together/).shownBy, 'proved');
});

test('a relation that was taken out or altered is missed, as every test is', async () => {
  const relation = `  relation('as stated', { on: 'product', of: (product: Row<'product'>) => product.price, in: 'stock', direction: 'up' }),`;
  const file = (text: string): string =>
    `import { examples, relation, type Row } from 'theseus/sdk';\n\nexport default examples([\n${text}\n]);\n`;
  const base = await bench.input({ ...shopFiles, 'entities/product.test.ts': file(relation) });
  const [read] = base.reading.tests.filter((tests) => tests.path === 'entities/product.test.ts');
  assert.match(printTests({ examples: [], properties: read?.properties ?? [] }, base.reading.model), /in: 'stock',\s+direction: 'up'/);
  const altered = await bench.run({ 'entities/product.test.ts': file(relation.replace('up', 'down')) }, scopeOf([]), base);
  assert.equal(altered.passed, false);
  assert.match(verdictOf(altered, 'examples')?.findings[0]?.statement ?? '', /"as stated" .* was taken out or altered/);
});

test('a relation that is not whole is refused where it stands', async () => {
  for (const [relation, why] of [
    ["{ on: 'product', of: (product: Row<'product'>) => product.price, in: 'weight', direction: 'up' }", /product has no field weight/],
    ["{ on: 'product', of: (product: Row<'product'>) => product.price, in: 'name', direction: 'up' }", /there is no more or less of name/],
    ["{ on: 'product', of: (product: Row<'product'>) => product.price }", /a relation is relation\('/],
    ["{ on: 'product', cases: { one: (product: Row<'product'>) => true } , complete: true }", /a relation is relation\('/],
  ] as const) {
    const text = `import { examples, relation, type Row } from 'theseus/sdk';\n\nexport default examples([\n  relation('r', ${relation}),\n]);\n`;
    const result = await bench.run({ 'entities/product.test.ts': text }, product);
    assert.match(verdictOf(result, 'parse')?.findings[0]?.statement ?? '', why);
  }
});
