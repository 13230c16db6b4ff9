/** Sentences drawn from the grammar itself: whatever is read can be said back, and what is said back is read as the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sentence } from './families/index.ts';
import { sentenceFrom, type Words } from './grammar-walk.ts';
import { guarded } from './say-back.ts';
import { lex } from './lexer.ts';
import { readSentence } from './reading.ts';
import { shopModel } from './shop-model.ts';

const model = shopModel();
const words: Words = {
  entity: ['customer', 'customers', 'product', 'products', 'order', 'orders', 'invoice', 'invoices'],
  field: [
    'name',
    'email',
    'tier',
    'credit limit',
    'sku',
    'category',
    'price',
    'stock',
    'customer',
    'placed on',
    'status',
    'total',
    'number',
    'issue date',
    'paid',
    'quantity',
    'unit price',
  ],
  item: ['line', 'lines', 'order line', 'order lines'],
  choice: ['standard', 'silver', 'gold', 'open', 'paid', 'shipped', 'cancelled'],
  flag: ['paid', 'unpaid'],
  role: ['manager', 'clerk', 'clerks', 'viewer'],
  number: ['1', '5', '10', '500', '1,000', 'two'],
  money: ['€500', '20 EUR', '1,000.50 EUR'],
  date: ['2026-03-01'],
  percent: ['10%', '12.5%'],
  'time of day': ['6', '6:30', '7am', 'noon'],
  'day of the week': ['Monday', 'Fridays'],
  'day of the month': ['first', '15th'],
  'time zone': ['"Europe/Berlin"', 'UTC'],
  year: ['2026'],
  month: ['march'],
  text: ['gold', 'open', '"tea"'],
  name: ['phone', 'note', 'due date', 'order count'],
  'new name': ['phone', 'note', 'due date', 'overdue', '"list price"', 'order count'],
  verb: ['cancel', 'ship'],
  participle: ['placed', 'issued'],
  type: ['text', 'decimal', 'amount', 'date'],
  'choice name': ['platinum', 'returned', 'planned'],
  'one-word choice': ['planned', 'new'],
  'text value': ['gold', '"tea"'],
  '+': ['+'],
  '-': ['-'],
  '*': ['*'],
  '/': ['/'],
  '(': ['('],
  ')': [')'],
};

test('what the grammar reads in one way can be said back and means the same', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(2 ** 20)), (numbers) => {
      const text = sentenceFrom(sentence, words, (below) => (numbers.next().value ?? 0) % below);
      if (text === undefined || text.length > 160) return;
      const lexed = lex(text, 'EUR');
      if (!lexed.ok) return;
      const { readings } = readSentence(model, lexed.tokens);
      const [only] = readings;
      if (only === undefined || readings.length > 1) return;
      read += 1;
      assert.notEqual(guarded(model, only), undefined, `${text}: ${JSON.stringify(only)}`);
    }),
    { numRuns: 2500, seed: 20260301 },
  );
  assert.ok(read > 100, `only ${read} sentences were read`);
});
