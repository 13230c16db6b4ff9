import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted } from './accepted.ts';
import { interpret, type Interpretation } from './interpret.ts';
import { shopModel, shopReading, emptySources } from './shop-model.ts';

const model = shopModel();
const said = (meant: Interpretation): string =>
  meant.kind === 'understood' ? meant.steps.map((step) => step.echo).join(' ') : `${meant.kind}: ${'why' in meant ? meant.why : ''}`;

for (const [sentence, echo] of accepted) {
  test(`"${sentence}" is understood`, () => {
    assert.equal(said(interpret(sentence, model)), `${echo}.`);
    assert.equal(said(interpret(`${echo}.`, model)), `${echo}.`, 'the canonical sentence means itself');
  });
}

const refused: readonly (readonly [request: string, word: string])[] = [
  ['Gold customers get about 10% off orders over 500', 'about'],
  ['Gold customers get 10% off orders over 500, but only on weekends', 'weekends'],
  ['Orders over 10,000 need approval by a boss', 'boss'],
  ['Add a due date to invoices, 30 working days after the issue date', 'working'],
  ['Everyone except silver customers gets 5% off orders over 200', 'except'],
  ['Make the shop faster', 'shop'],
  ['Füge den Kunden ein Telefon hinzu', 'Füge'],
  ['Remove the colour from products', 'colour'],
  ['Add a secret phone to customers', 'secret'],
  ['Add two phones to customers', 'two'],
];
for (const [request, word] of refused) {
  test(`"${request}" is refused and names "${word}"`, () => {
    const meant = interpret(request, model);
    assert.equal(meant.kind, 'refused', said(meant));
    assert.ok(meant.kind === 'refused' && meant.words?.some((each) => each.word === word), JSON.stringify(meant));
  });
}

const impossible: readonly (readonly [request: string, why: RegExp])[] = [
  ['Gold customers get 110% off orders over 500', /at most 100%/],
  ['The quantity of an order line is at least 50 and at most 10', /both at least 50 and at most 10/],
  ['The stock of a product cannot be below 5', /default is 0/],
  ['Stop tracking products', /used by/],
  ['The total of an invoice is the total of its order', /people fill in/],
  ['Track views with a name', /own/],
  ['Add a text id to customers', /kept for the system/],
  ['Customers get 10% off invoices over 5', /no calculated total/],
  ['Rename customers to clients', /cannot be renamed/],
  ['Show open paid orders', /said twice/],
  ['Show invoices without total', /always there/],
  ['The total of an order is the sum of its lines', /not clear what/],
];
for (const [request, why] of impossible) {
  test(`"${request}" is refused with its reason`, () => {
    const meant = interpret(request, model);
    assert.equal(meant.kind, 'refused', said(meant));
    assert.match(said(meant), why);
  });
}

const questions: readonly (readonly [request: string, options: number])[] = [
  ['Customers have a rating', 6],
  ['Orders over 10,000 need approval', 3],
  ['Only a manager can cancel an order', 4],
  ['Add a phone to custmers', 1],
  ['A manager can cancel an open order', 2],
  ['Customers need a phone', 2],
  ['Track custommers with a name', 2],
  ['Invoices over 5,000 need approval by a manager', 1],
  ['Remove the total', 2],
  ['Show customers by name', 1],
  ['Gold customers get 10% off', 1],
];
for (const [request, options] of questions) {
  test(`"${request}" is a question, and each answer is clear`, () => {
    const meant = interpret(request, model);
    assert.equal(meant.kind, 'question', said(meant));
    if (meant.kind !== 'question') return;
    assert.equal(meant.options.length, options, JSON.stringify(meant.options));
    for (const option of meant.options) assert.notEqual(interpret(option.sentence, model).kind, 'question', option.sentence);
  });
}

test('what is so already is nothing to do', () => {
  for (const request of [
    'The total of an order is the sum of quantity times unit price of its lines.',
    'The stock of a product cannot be below 0',
    'Customers have an email',
    'The name of a customer is required',
    'The sku of a product is unique',
    'Track customers with a name and an email',
  ])
    assert.equal(interpret(request, model).kind, 'nothing-to-do', request);
});

test('later sentences see what earlier ones make, from an empty system on', () => {
  const empty = shopReading(emptySources()).model;
  const meant = interpret(
    `Track customers with a name and a tier standard or gold. Track products with a name, a price and a stock.
     Track orders with a customer, a placed on date, a status open, paid or cancelled and lines with product, quantity and unit price.
     The total of an order is the sum of quantity times unit price of its lines. Gold customers get 10% off orders over 500.
     An order can be cancelled while it is open; then its lines go back to stock. Only managers may cancel it. Show open orders by customer with their total, largest first.`,
    empty,
  );
  assert.equal(meant.kind, 'understood', said(meant));
  assert.equal(meant.kind === 'understood' ? meant.steps.length : 0, 8);
});

test('one sentence that is not understood stops them all', () => {
  const meant = interpret('Add a phone to customers. Paint the invoices green.', model);
  assert.equal(meant.kind, 'refused');
});

test('what is left out after "and" is what stood before it', () => {
  assert.equal(
    said(interpret('Gold customers get 10% off orders over 500 and 20% off orders over 1,000', model)),
    'Orders of gold customers and over 500 EUR get 10% off. Orders of gold customers and over 1,000 EUR get 20% off.',
  );
  assert.equal(
    said(interpret('An order can be paid while it is open and shipped while it is paid', model)),
    'An order can be paid while it is open. An order can be shipped while it is paid.',
  );
});

test('a refusal offers the nearest sentence that is understood', () => {
  const meant = interpret('Gold customers get roughly 10% off orders over 500', model);
  assert.ok(meant.kind === 'refused' && meant.nearest?.[0] === 'Orders of gold customers and over 500 EUR get 10% off.', said(meant));
});

const names: readonly (readonly [name: string, outcome: 'understood' | 'refused'])[] = [
  ['constructor', 'refused'],
  ['__proto__', 'refused'],
  ['prototype', 'refused'],
  ['id', 'refused'],
  ['version', 'refused'],
  ['then', 'refused'],
  ['toString', 'understood'],
  ['hasOwnProperty', 'understood'],
  ['select', 'understood'],
  ['table', 'understood'],
  ['order', 'understood'],
  ['user', 'understood'],
  ['where', 'understood'],
  ['class', 'understood'],
  ['await', 'understood'],
  ['function', 'understood'],
  ['null', 'understood'],
  ['default', 'understood'],
];
for (const [name, outcome] of names) {
  test(`a field called "${name}" is ${outcome === 'understood' ? 'a field like others' : 'refused with the reason'}`, () => {
    const meant = interpret(`Add a text called "${name}" to customers`, model);
    assert.equal(meant.kind, outcome, said(meant));
    if (meant.kind === 'refused') assert.match(meant.why, /kept for the system itself|cannot be a name/);
  });
}

const helped: readonly (readonly [request: string, why: RegExp])[] = [
  ['Rename the stock of products to quantity in stock', /quotation marks/],
  ['Delete order 17', /not its rows/],
  ['Undo the last change', /rollback/],
  ['Send an email to customers when an order is shipped', /Messages cannot be sent/],
  ['Everyone except silver customers gets 5% off orders over 200', /"Everyone", "except" have no role/],
  ['Every order must be shipped by a drone', /"drone"/],
];
for (const [request, why] of helped) {
  test(`"${request}" is refused with what would help, and what is offered is understood`, () => {
    const meant = interpret(request, model);
    assert.ok(meant.kind === 'refused');
    assert.match(meant.why, why);
    assert.ok((meant.nearest ?? []).length > 0, 'nothing is offered');
    for (const sentence of meant.nearest ?? []) {
      assert.equal(interpret(sentence, model).kind, 'understood', sentence);
      assert.ok(request.startsWith('Delete') || !/^(Remove|Stop)/.test(sentence), `nobody asked to take anything away: ${sentence}`);
    }
  });
}

test('a discount where a rule decides one and no field holds the amount before it is refused, and the rule is named', () => {
  const made = interpret('Gold customers get 10% off orders over 500', model);
  assert.equal(made.kind, 'understood');
  if (made.kind !== 'understood') return;
  const order = made.model.entities.find(({ name }) => name === 'order');
  const before = order?.fields.find(({ name }) => name === 'subtotal');
  const total = order?.fields.find(({ name }) => name === 'total');
  const derived = before?.derived;
  assert.ok(order !== undefined && derived !== undefined && total !== undefined);
  // The total works out for itself what it is lowered from, as a hand may write it.
  const fields = order.fields.flatMap((field) => (field.id === before?.id ? [] : [field.id === total.id ? { ...field, derived } : field]));
  const bare = { ...made.model, entities: made.model.entities.map((each) => (each.id === order.id ? { ...order, fields } : each)) };
  const meant = interpret('Silver customers get 5% off orders over 200', bare);
  assert.equal(meant.kind, 'refused', said(meant));
  assert.match(said(meant), /orderDiscount decides the discount of orders, and no field holds the amount before it/);
});
