import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { permanentId, type EntityContract, type Field } from '#kernel';
import * as sdk from '#sdk';
import {
  mintId,
  nextNumber,
  pathOf,
  printEntity,
  printOperation,
  printRule,
  printTests,
  printUnasked,
  printView,
  printWorkflow,
  type PrintContext,
  type ReadComponent,
  type SourceFiles,
  type SystemReading,
} from './index.ts';
import { readSystem } from './read.ts';
import { definitionNames, fieldKinds, functionNames } from './sdk-names.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
type Good = SystemReading & { readonly ok: true };
function good(files: SourceFiles): Good {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading, null, 1));
  return reading;
}
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const grown: SourceFiles = {
  ...shop,
  'rules/order-discount.ts': `${head}import { money, percentOf, rule, type Row } from 'theseus/sdk';
export default rule({ id: 'r_disc', name: 'orderDiscount', on: 'order', governs: 'discount',
  decide: (order: Row<'order'>) => {
    if (order.customer.tier === 'gold' && order.subtotal > money('500.00')) return percentOf(order.subtotal, 10);
    return money('0.00');
  },
  ensures: { notNegative: { holds: (order: Row<'order'>) => order.subtotal >= money('0.00'), message: 'a discount is never negative' } } });\n`,
  'rules/order-approval.ts': `${head}import { approval, money } from 'theseus/sdk';
export default approval({ id: 'r_appr', name: 'orderApproval', on: 'order', by: 'manager', when: (order) => order.total > money('10000.00'), amount: (order) => order.total, before: 'status' });\n`,
  'entities/order.ts': (shop['entities/order.ts'] ?? '')
    .replace("from 'theseus/sdk';", "from 'theseus/sdk';\nimport orderDiscount from '../rules/order-discount.ts';")
    .replace(
      / {4}total: money\(\{[\s\S]*?\n {4}\}\),\n/,
      `    subtotal: money({ id: 'f_osub', no: 6, live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice) }),
    discount: money({ id: 'f_odisc', no: 7, fixed: { while: (order: Row<'order'>) => order.status === 'open', formula: orderDiscount, otherwise: money('0.00') } }),
    total: money({ id: 'f_ototal', no: 5, live: (order: Row<'order'>) => order.subtotal - order.discount }),
    due: date({ id: 'f_odue', no: 8, default: (order: Row<'order'>) => order.placedOn }),
`,
    )
    .replace(
      '\n  },\n});',
      "\n  },\n  retired: { old: { id: 'f_oold', no: 9 } },\n  invariants: { fits: { holds: (order: Row<'order'>) => order.total >= money('0.00'), message: \"an order's total is never negative\" } },\n});",
    ),
  'operations/cancel-order.ts': `${head}import { operation } from 'theseus/sdk';
export default operation({ id: 'o_canc', name: 'cancelOrder', on: 'order', roles: ['manager'], transition: { field: 'status', from: ['open'], to: 'cancelled' }, output: { row: 'order' },
  capabilities: { order: ['update'], product: ['read', 'update'] },
  async run({ data, row }) {
    for (const line of row.lines) {
      const product = await data.product.get(line.product);
      await data.product.update(line.product, { stock: (product.stock ?? 0) + line.quantity });
    }
    return data.order.update(row.id, { status: 'cancelled' });
  } });\n`,
  'reactions/tell-of-order.ts': `${head}import { reaction } from 'theseus/sdk';
export default reaction({ id: 'n_tell', name: 'tellOfOrder', on: { event: 'order.created' }, capabilities: { order: ['read'] }, emits: ['orderSeen'], retries: { attempts: 3 },
  async run({ data, event, emit }) {
    const order = await data.order.get(event.row);
    await emit('orderSeen', { order: order.id });
  } });\n`,
  'reactions/count-seen.ts': `${head}import { reaction } from 'theseus/sdk';
export default reaction({ id: 'n_seen', name: 'countSeen', on: { event: 'orderSeen' }, caps: { wallMs: 100 }, hourly: { runs: 50, wallMs: 5000 },
  async run({ event, log }) { log(event.data); } });\n`,
  'jobs/close-old.ts': `${head}import { job } from 'theseus/sdk';
export default job({ id: 'j_old', name: 'closeOld', schedule: { cron: '30 2 * * 1-5', timeZone: 'Europe/Berlin', catchUp: 'last' }, capabilities: { order: ['read', 'update'] },
  async run({ data, dueDay }) {
    const { items } = await data.order.list({ filters: [{ field: 'status', op: 'eq', value: 'open' }, { field: 'placedOn', op: 'lt', value: dueDay }] });
    for (const order of items) await data.order.update(order.id, { status: 'cancelled' });
  } });\n`,
  'workflows/order.ts': `${head}import { count, workflow } from 'theseus/sdk';
export default workflow({ id: 'w_order', name: 'order', on: 'order', field: 'status', starts: 'open', ends: ['cancelled'],
  transitions: [
    { id: 't_canc', name: 'cancel', from: ['open'], to: 'cancelled', when: (order, caller) => count(order.lines) > 0 && caller.name !== 'nobody', message: "Only what has lines is an order's cancel.", roles: ['manager'] },
    { id: 't_lapse', name: 'lapse', from: ['open'], to: 'cancelled', when: (order) => count(order.lines) === 0, after: { count: 30, unit: 'days' } },
  ],
  never: [{ reach: 'open', after: 'cancelled' }, { statement: 'it is never cancelled unopened', reach: 'cancelled', without: 'open' }] });\n`,
  'views/unpaid-invoices.ts': `${head}import { view } from 'theseus/sdk';
export default view({ id: 'v_unp', name: 'unpaidInvoices', title: 'Unpaid invoices', from: 'invoice', where: (invoice) => invoice.paid !== true,
  columns: { customer: { value: (invoice) => invoice.order.customer }, customerName: { label: 'Customer', value: (invoice) => invoice.order.customer.name }, count: { aggregate: 'count' }, total: { aggregate: 'sum', value: (invoice) => invoice.total } },
  order: ['-total'], limit: 10 });\n`,
  'entities/invoice.test.ts': `import { examples, property } from 'theseus/sdk';
export default examples([property('totals', { on: 'invoice', holds: (invoice) => invoice.total === invoice.total }, { change: 'ch_1' })]);\n`,
};

function printed(component: ReadComponent, context: PrintContext): string {
  const { contract } = component;
  switch (contract.kind) {
    case 'entity':
      return printEntity(contract, context);
    case 'rule':
      return printRule(contract, context);
    case 'workflow':
      return printWorkflow(contract, context);
    case 'view':
      return printView(contract, context);
    case 'operation':
      return printOperation(
        contract,
        { takes: ['data', 'row'], statements: "return data.order.update(row.id, { status: 'cancelled' });" },
        context,
      );
    case 'reaction':
    case 'job':
      return printUnasked(contract, { takes: ['data', 'log'], statements: 'log(1);' }, context);
  }
}

test('every kind that is printed from its contract reads as the same contract', () => {
  const before = good(grown);
  assert.equal(before.components.length, 13);
  for (const component of before.components) {
    const context = { head: component.head, model: before.model };
    const text = printed(component, context);
    const after = good({ ...grown, [component.path]: text }).components.find(({ path }) => path === component.path);
    assert.deepEqual(after?.contract, component.contract, text);
    assert.deepEqual(after?.head, component.head);
    assert.ok(
      text.split('\n').every((line) => line.length <= 160),
      text,
    );
  }
  for (const tests of before.tests)
    assert.deepEqual(
      good({ ...grown, [tests.path]: printTests(tests, before.model) }).tests.find(({ path }) => path === tests.path),
      tests,
    );
});

test('a formula may be printed by the name of its rule', () => {
  const before = good(grown);
  const order = before.model.entities.find((entity) => entity.name === 'order');
  assert.ok(order);
  const text = printEntity(order, {
    head: { what: 'It.', why: 'it', change: 'c', generator: 'g', date: '2026-01-01' },
    model: before.model,
    texts: { 'fields/discount/fixed/formula': 'orderDiscount' },
    imports: { orderDiscount: '../rules/order-discount.ts' },
  });
  assert.match(text, /formula: orderDiscount,/);
  assert.deepEqual(
    good({ ...grown, 'entities/order.ts': text }).model.entities.find((entity) => entity.name === 'order'),
    order,
  );
});

test('what the reader lets a component import is what the SDK gives', () => {
  const given = Object.keys(sdk).sort();
  assert.deepEqual([...new Set([...fieldKinds, ...definitionNames, ...functionNames])].sort(), given);
});

test('any entity of the vocabulary goes through print and read unchanged, with odd texts in it', () => {
  const name = fc.stringMatching(/^[a-z][a-z]{2,6}[A-Z]?[a-z]{2,4}$/);
  const kind = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), max: fc.integer({ min: 5, max: 100 }) }, { noNullPrototype: true }),
    fc.constant({ kind: 'integer' as const, min: -5, max: 7 }),
    fc.constant({ kind: 'decimal' as const, scale: 3, min: '-1.500' }),
    fc.constant({ kind: 'money' as const, min: '0.00' }),
    fc.constant({ kind: 'quantity' as const, unit: "kg's", scale: 1 }),
    fc.constant({ kind: 'boolean' as const }),
    fc.constant({ kind: 'date' as const, min: '2026-01-01' }),
    fc.constant({ kind: 'email' as const }),
    fc.constant({ kind: 'json' as const }),
    fc.constant({ kind: 'instant' as const }),
    fc.constant({ kind: 'reference' as const, to: permanentId('e_cust') }),
    fc
      .uniqueArray(fc.stringMatching(/^[a-z][a-z -]{0,5}[a-z]$/), { minLength: 1, maxLength: 4 })
      .map((names) => ({ kind: 'choice' as const, choices: names.map((each) => ({ id: mintId('c', each, new Set()), name: each })) })),
  );
  const reserved = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'version', 'then']);
  fc.assert(
    fc.property(
      fc.uniqueArray(
        name.filter((each) => !reserved.has(each)),
        { minLength: 2, maxLength: 6, selector: (each) => each.toLowerCase() },
      ),
      fc.infiniteStream(fc.tuple(kind, fc.boolean(), fc.boolean())),
      fc.string({ unit: 'binary' }),
      (names, kinds, odd) => {
        const [self = '', ...rest] = names;
        const fields = rest.map((each, at): Field => {
          const [type, required, sensitive] = kinds.next().value ?? [{ kind: 'boolean' as const }, false, false];
          return { id: mintId('f', `${each}${at}`, new Set()), no: at + 1, name: each, type, required, unique: false, sensitive };
        });
        const usable = fields.find((each) => each.type.kind !== 'json');
        fc.pre(usable !== undefined && !['customer', 'product', 'order', 'invoice'].includes(self));
        const entity: EntityContract = {
          kind: 'entity',
          id: permanentId('e_made'),
          name: self,
          plural: `${self}Rows`,
          fields,
          retired: [],
          title: usable.name,
          invariants: [],
        };
        const before = good(shop);
        const what = `A thing ${odd}`;
        const text = printEntity(entity, {
          head: { what, why: what, change: 'c', generator: 'g', date: '2026-01-01' },
          model: before.model,
        });
        const after = good({ ...shop, [pathOf('entity', self)]: text });
        assert.deepEqual(
          after.model.entities.find((each) => each.id === entity.id),
          entity,
          text,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('no damaged source throws, and none is taken for good without a contract', () => {
  const paths = Object.keys(grown).filter((path) => path.endsWith('.ts'));
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.array(
        fc.tuple(
          fc.nat(4_000),
          fc.nat(40),
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 6 }),
            fc.constantFrom('(', ')', '{', '}', '=>', "'", '`', '/*', '*/', '...', 'null', ', ', 'async ', '<'),
          ),
        ),
      ),
      (path, edits) => {
        let text = grown[path] ?? '';
        for (const [at, length, by] of edits) text = text.slice(0, at % text.length) + by + text.slice((at % text.length) + length);
        const reading = readSystem({ ...grown, [path]: text });
        if (!reading.ok)
          assert.ok(reading.problems.every((problem) => problem.line >= 1 && problem.column >= 1 && problem.message.length > 10));
      },
    ),
    { numRuns: 400 },
  );
});

test('a minted id is the same for the same words, never one that is taken, and the next number never one that was given', () => {
  const first = mintId('f', 'ch_1 customer.phone', new Set());
  assert.equal(mintId('f', 'ch_1 customer.phone', new Set()), first);
  assert.notEqual(mintId('f', 'ch_1 customer.phone', new Set([first])), first);
  const fields = [{ no: 3 }, { no: 1 }] as unknown as readonly Field[];
  assert.equal(nextNumber(fields, [{ id: permanentId('f_old'), no: 7, name: 'old' }]), 8);
  assert.equal(nextNumber([{ no: 18_999 } as Field]), 20_000);
});
