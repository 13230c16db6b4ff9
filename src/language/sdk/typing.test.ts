import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

/* The declarations of the sample system, as the model prints them; printed here by a process that may load the parser. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const shop = join(root, 'systems/shop');
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'theseus-typing-'));
  for (const path of readdirSync(shop, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.ts') && !path.startsWith('.')) put(path, readFileSync(join(shop, path), 'utf8'));
  const program = `import { readSystem } from '#model/read'; import { printDeclarations } from '#model';
    const reading = readSystem(JSON.parse(process.argv[1])); if (!reading.ok) throw new Error(JSON.stringify(reading.problems)); process.stdout.write(printDeclarations(reading.model));`;
  const files = Object.fromEntries(
    readdirSync(shop, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(join(shop, path), 'utf8')]),
  );
  put(
    '.theseus/entities.d.ts',
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, JSON.stringify(files)], {
      cwd: join(root, 'src'),
      encoding: 'utf8',
    }),
  );
  put(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        target: 'esnext',
        module: 'nodenext',
        moduleResolution: 'nodenext',
        lib: ['esnext'],
        types: [],
        noEmit: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noImplicitOverride: true,
        noPropertyAccessFromIndexSignature: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        paths: { 'theseus/sdk': [join(root, 'src/language/sdk/index.ts')] },
      },
      include: ['**/*.ts', '.theseus/*.d.ts'],
    }),
  );
  put('package.json', '{ "type": "module" }');
});
after(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
function diagnose(): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

test('the sample system passes the strict type checker', () => {
  assert.equal(diagnose(), '');
});

test('what the rows do not have is refused by the type checker, line by line', () => {
  const operation = (body: string, more = ''): string => `import { operation, refuse, integer, text } from 'theseus/sdk';
export default operation({ id: 'o_bad', name: 'bad', ${more} input: { count: integer({ id: 'f_a', no: 1, required: true }), note: text({ id: 'f_b', no: 2 }) },
  capabilities: { product: ['read', 'update'], order: ['read'] },
  async run({ data, input, row, today }) { void data; void input; void row; void today; void refuse; ${body} } });`;
  const refused: { readonly [name: string]: string } = {
    'unknown-entity': operation(`await data.supplier.get('x');`),
    'no-capability': operation(`await data.product.create({ sku: 'a', name: 'b', price: 1 });`),
    'no-such-field': operation(`const product = await data.product.get('x'); return product.colour;`),
    'absent-as-number': operation(`const product = await data.product.get('x'); return product.stock + 1;`),
    'wrong-choice': operation(`const order = await data.order.get('x'); return order.status === 'gone';`),
    'computed-written': operation(`await data.order.update('x', { total: 5 });`),
    'absent-input': operation(`return input.note.length;`),
    'input-of-other-kind': operation(`const words: string = input.count; return words;`),
    'shape-of-other-type': `import { json, operation } from 'theseus/sdk'; export default operation({ id: 'o_bad', name: 'bad',
  input: { pet: json({ id: 'f_a', no: 1, required: true, shape: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, age: { type: 'integer' } } } }) },
  async run({ input }) { const years: number = input.pet.name; return years; } });`,
    'shape-that-may-be-absent': `import { json, operation } from 'theseus/sdk'; export default operation({ id: 'o_bad', name: 'bad',
  input: { pet: json({ id: 'f_a', no: 1, required: true, shape: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, age: { type: 'integer' } } } }) },
  async run({ input }) { return input.pet.age + 1; } });`,
    'default-that-is-no-literal': `import { operation, text } from 'theseus/sdk'; export default operation({ id: 'o_bad', name: 'bad',
  input: { by: text({ id: 'f_a', no: 1, default: (_row, caller) => caller.id }) }, async run({ input }) { return input.by.length; } });`,
    'row-without-on': operation(`return row.id;`),
    'row-of-other-entity': operation(`return row.customer;`, `on: 'product',`),
    'computed-on-patch': operation(`await data.product.update('x', { colour: 'red' });`),
    'unknown-reason': operation(`refuse('because', 'no');`),
    'formula-field': `import { view } from 'theseus/sdk'; export default view({ id: 'v_a', name: 'a', from: 'invoice', columns: { a: { value: (invoice) => invoice.customer } } });`,
    'formula-choice': `import { view } from 'theseus/sdk'; export default view({ id: 'v_a', name: 'a', from: 'order', where: (order) => order.status === 'gone', columns: {} });`,
    'formula-date-as-text': `import { view } from 'theseus/sdk'; export default view({ id: 'v_a', name: 'a', from: 'invoice', where: (invoice) => invoice.issueDate === 'x', columns: {} });`,
    'unknown-row': `import { rule } from 'theseus/sdk'; export default rule({ id: 'r_a', name: 'a', on: 'supplier', governs: 'x', decide: () => true });`,
    'id-no-text': `import { entity, text } from 'theseus/sdk'; export default entity({ id: 'e_a', name: 'a', plural: 'as', title: 'a', fields: { a: text({ id: 7, no: 1 }) } });`,
  };
  for (const [name, text] of Object.entries(refused)) put(`operations/refused-${name}.ts`, text);
  const told = diagnose();
  for (const name of Object.keys(refused)) rmSync(join(folder, `operations/refused-${name}.ts`));
  for (const name of Object.keys(refused)) assert.match(told, new RegExp(`operations/refused-${name}\\.ts`), `${name} was not refused`);
});

test('what the rows do have is accepted: lists, references, rules, computed fields, transitions', () => {
  put(
    'rules/order-discount.ts',
    `import { percentOf, money, rule, sum, type Row } from 'theseus/sdk';
export default rule({ id: 'r_disc', name: 'orderDiscount', on: 'order', governs: 'total',
  decide: (order: Row<'order'>) => (order.customer.tier === 'gold' && sum(order.lines, (line) => line.quantity * line.unitPrice) > money('500.00') ? percentOf(sum(order.lines, (line) => line.unitPrice), 10) : money('0.00')) });`,
  );
  put(
    'rules/plainly.ts',
    `import { max, min, money, rule, type Row } from 'theseus/sdk';
export default rule({ id: 'r_plain', name: 'plainly', on: 'order', governs: 'total',
  decide: (order: Row<'order'>) => {
    const steps = [{ from: 1, fee: money('1.00') }, { from: 10, fee: money('5.00') }] as const;
    const kinds: Record<string, number> = { open: 1, paid: 2 };
    let total = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
    for (const { from, fee } of steps) { if (order.lines.length < from) continue; total += fee; }
    for (const line of order.lines) if (line.quantity > 9) total -= line.unitPrice;
    switch (order.status) { case 'paid': total *= 2; break; default: total += money('1.00'); }
    const most = Math.max(0, ...order.lines.map((line) => line.quantity));
    const step = steps.filter((one) => one.from <= most)[0];
    if (!step) return min(total, money('9.00'), money('8.00'));
    return max(total, step.fee, (kinds[order.status ?? 'open'] ?? 0) * ([1, 2, 3][most] ?? 4) * money('1.00'));
  } });`,
  );
  put(
    'operations/page-of.ts',
    `import { choice, integer, json, operation, text } from 'theseus/sdk'; export default operation({ id: 'o_page', name: 'pageOf',
  http: { method: 'GET', path: '/pages', query: ['size', 'tags', 'order'], headers: ['trace'], names: { size: 'page_size' }, refusals: { statuses: { malformed: 422, 'rate-limited': 429 } } },
  input: { size: integer({ id: 'f_a', no: 1, default: 20 }), tags: json({ id: 'f_b', no: 2, shape: { type: 'array', items: { type: 'string' } } }), order: choice({ id: 'f_c', no: 3, choices: { up: 'c_u', down: 'c_d' }, default: 'up' }), trace: text({ id: 'f_d', no: 4 }) },
  output: { body: json({ id: 'f_e', no: 1, required: true }), total: integer({ id: 'f_f', no: 2 }), status: integer({ id: 'f_g', no: 3 }) },
  async run({ input }) { const size: number = input.size; const order: 'up' | 'down' = input.order; return { body: (input.tags ?? []).slice(0, size), total: order === 'up' ? 1 : 2, status: 200 }; } });`,
  );
  put(
    'entities/note.ts',
    `import { addDays, boolean, choice, date, daysBetween, divide, email, entity, integer, json, largest, money, text, today, url, type Row } from 'theseus/sdk';
import orderDiscount from '../rules/order-discount.ts';
export default entity({ id: 'e_note', name: 'note', plural: 'notes', title: 'a', fields: {
  a: text({ id: 'f_a', no: 1, required: true, default: 'x' }), b: email({ id: 'f_b', no: 2 }), c: url({ id: 'f_c', no: 3 }), d: json({ id: 'f_d', no: 4 }),
  due: date({ id: 'f_e', no: 5, live: (invoice: Row<'invoice'>) => addDays(invoice.issueDate, 30) }),
  late: boolean({ id: 'f_f', no: 6, live: (invoice: Row<'invoice'>) => invoice.issueDate < today() && daysBetween(invoice.issueDate, today()) > 3 }),
  top: money({ id: 'f_g', no: 7, live: (order: Row<'order'>) => largest(order.lines, (line) => line.unitPrice) ?? money('0.00') }),
  share: integer({ id: 'f_h', no: 8, live: (order: Row<'order'>) => divide(order.total, 2, { scale: 0, rounding: 'half-up' }) }),
  discount: money({ id: 'f_i', no: 9, fixed: { while: (order: Row<'order'>) => order.status === 'open', formula: orderDiscount, otherwise: money('0.00') } }),
  kind: choice({ id: 'f_j', no: 10, choices: { x: 'c_x', y: 'c_y' }, default: 'y' }),
  owed: money({ id: 'f_k', no: 11, live: (order: Row<'order'>) => order.total - orderDiscount(order) }),
  when: date({ id: 'f_l', no: 12, default: () => today() }),
}, invariants: { fits: { holds: (order: Row<'order'>) => order.lines.every((line) => line.quantity > 0), message: 'x' } } });`,
  );
  put(
    'operations/cancel-order.ts',
    `import { operation } from 'theseus/sdk';
export default operation({ id: 'o_canc', name: 'cancelOrder', on: 'order', transition: { field: 'status', from: ['open'], to: 'cancelled' }, roles: ['manager'],
  capabilities: { order: ['update'], product: ['read', 'update'] }, output: { row: 'order' },
  async run({ data, row }) {
    for (const line of row.lines) {
      const product = await data.product.get(line.product);
      await data.product.update(line.product, { stock: (product.stock ?? 0) + line.quantity });
    }
    return data.order.update(row.id, { status: 'cancelled' });
  } });`,
  );
  put(
    'operations/take-pet.ts',
    `import { instantOf, instantText, json, operation } from 'theseus/sdk';
export default operation({ id: 'o_pet', name: 'takePet',
  input: { pet: json({ id: 'f_a', no: 1, required: true, shape: { type: 'object', required: ['name', 'tag', 'owner', 'friends'], properties: {
    name: { type: 'string', maxLength: 40 }, tag: { enum: ['cat', 'dog'] }, age: { type: ['integer', 'null'] }, more: {},
    owner: { type: 'object', required: ['email'], properties: { email: { type: 'string', format: 'email' } } },
    friends: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } } } }) },
  output: { body: json({ id: 'f_b', no: 1, required: true }) },
  async run({ input: { pet }, now }) {
    const kind: 'cat' | 'dog' = pet.tag;
    const years: number = pet.age ?? 0;
    return { name: pet.name.toUpperCase(), kind, years, at: instantText(now), was: instantOf('2026-01-01T00:00:00Z'), more: pet.more ?? null, mail: pet.owner.email, friends: pet.friends.map((each) => each.name) };
  } });`,
  );
  put(
    'views/unpaid-invoices.ts',
    `import { view } from 'theseus/sdk';
export default view({ id: 'v_unp', name: 'unpaidInvoices', from: 'invoice', where: (invoice) => invoice.paid !== true,
  columns: { customer: { value: (invoice) => invoice.order.customer }, name: { value: (invoice) => invoice.order.customer.name }, total: { aggregate: 'sum', value: (invoice) => invoice.total }, count: { aggregate: 'count' } }, order: ['-total'] });`,
  );
  put(
    'entities/order.more.test.ts',
    `import { examples, property } from 'theseus/sdk';
export default examples([property('orders are never negative', { on: 'order', holds: (order) => order.total >= 0 })]);`,
  );
  assert.equal(diagnose(), '');
});
