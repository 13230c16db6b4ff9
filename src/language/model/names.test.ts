import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { camel, isPlural, kebab, label, plural, singular, words } from './names.ts';

test('a name keeps its words in every spelling', () => {
  for (const spelling of ['dueDate', 'due-date', 'Due date', 'due_date', 'DueDate']) assert.deepEqual(words(spelling), ['due', 'date']);
  assert.deepEqual(words('VATNumber'), ['vat', 'number']);
  assert.equal(camel('order line'), 'orderLine');
  assert.equal(kebab('unpaidInvoicesByCustomer'), 'unpaid-invoices-by-customer');
  assert.equal(label('unitPrice'), 'Unit price');
});

test('nouns have their English plural, and the plural its singular', () => {
  const nouns = [
    ['order', 'orders'],
    ['category', 'categories'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['address', 'addresses'],
    ['branch', 'branches'],
    ['person', 'people'],
    ['child', 'children'],
    ['status', 'statuses'],
    ['purchase', 'purchases'],
    ['warehouse', 'warehouses'],
    ['case', 'cases'],
    ['expense', 'expenses'],
    ['invoice', 'invoices'],
    ['price', 'prices'],
    ['staff', 'staff'],
    ['series', 'series'],
    ['analysis', 'analyses'],
    ['movie', 'movies'],
    ['boss', 'bosses'],
    ['bus', 'buses'],
    ['quiz', 'quizzes'],
    ['employee', 'employees'],
    ['supply', 'supplies'],
    ['wish', 'wishes'],
    ['hero', 'heroes'],
    ['photo', 'photos'],
    ['shelf', 'shelves'],
    ['class', 'classes'],
    ['size', 'sizes'],
    ['vehicle', 'vehicles'],
    ['knife', 'knives'],
  ] as const;
  for (const [one, many] of nouns) {
    assert.equal(plural(one), many, one);
    assert.equal(singular(many), one, many);
    assert.equal(singular(one), one, one);
    assert.ok(isPlural(many), many);
  }
});

test('only the last word of a name is put in the plural', () => {
  assert.equal(plural('order line'), 'order lines');
  assert.equal(plural('orderLine'), 'orderLines');
  assert.equal(singular('supplyCategories'), 'supplyCategory');
});

test('kebab and camel of any words lead to each other', () => {
  const word = fc.stringMatching(/^[a-z][a-z][a-z0-9]{0,7}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (parts) => camel(kebab(camel(parts.join(' ')))) === camel(parts.join(' '))),
  );
});
