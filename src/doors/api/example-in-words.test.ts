import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleInWords, exampleName } from './example-in-words.ts';

const said = (...steps: readonly object[]): readonly string[] =>
  exampleInWords({ name: 'x', steps: steps as never }).map(({ word, text }) => `${word} ${text}`);

test('an example reads as what is given, what is done, and what follows', () => {
  assert.deepEqual(
    said(
      { create: 'supplier', as: 'acme', with: { name: 'Acme', blocked: true } },
      {
        call: 'placeOrder',
        with: { customer: 'ada', lines: [{ product: 'tea', quantity: 2 }] },
        by: 'clerk',
        then: { refused: 'conflict' },
      },
      { read: 'tea', then: { stock: 10 } },
    ),
    [
      'given supplier “acme” with name Acme, blocked yes',
      'when calling placeOrder with customer ada, lines (product tea, quantity 2), by clerk',
      'then it is refused (conflict)',
      'then “tea” has stock 10',
    ],
  );
});

test('every kind of step has its words', () => {
  assert.deepEqual(
    said(
      { today: '2026-11-01' },
      { create: 'order', as: 'o', with: {} },
      { update: 'o', with: { paid: true } },
      { delete: 'o', then: { refused: 'conflict' } },
      { approve: 'o', by: 'manager', then: {} },
      { react: 'tell', on: 'o', was: { paid: false } },
      { run: 'sweep', at: '2026-11-02T06:00:00Z' },
      { after: '30 days' },
      { run: 'sweep', after: '1 day' },
      { read: 'o', http: 'GET /api/orders/{o}', headers: { 'If-None-Match': '"1"' }, then: { status: 304 } },
      { emitted: 'swept', then: [{ rows: 2 }] },
      { emitted: 'swept', then: [] },
      { sent: 'mail.example', then: [{ method: 'POST' }] },
      { sent: 'mail.example', then: [] },
      { find: 'notice', with: { text: 'x' }, then: { refused: 'not-found' } },
      { show: 'unpaid', then: [{ total: null }] },
    ),
    [
      'given today is 2026-11-01',
      'given order “o” with nothing',
      'given “o” changed to paid yes',
      'when deleting “o”',
      'then it is refused (conflict)',
      'when approving “o”, by manager',
      'then it is done',
      'when tell reacts on “o”, which was paid no',
      'when sweep runs at 2026-11-02T06:00:00Z',
      'when 30 days pass',
      'when 1 day passes, and sweep runs by its schedule',
      'when sending GET /api/orders/{o} with headers If-None-Match "1"',
      'then it has status 304',
      'then swept was emitted with rows 2',
      'then no swept was emitted',
      'then to mail.example is sent method POST',
      'then to mail.example nothing is sent',
      'then there is no notice with text x',
      'then unpaid shows total nothing',
    ],
  );
});

test('what has not the shape of an example is said as it stands, or is empty', () => {
  assert.deepEqual(said({ dance: 1 }), ['when {"dance":1}']);
  for (const odd of [null, 7, [], { steps: 'no' }]) assert.deepEqual([exampleInWords(odd), exampleName(odd)], [[], '']);
});
