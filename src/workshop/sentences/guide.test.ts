/** The guide says what is so: each of its sentences is understood by the sample system, or is so already. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { interpret } from './interpret.ts';
import { shopModel } from './shop-model.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/sentences.md'), 'utf8');
const examples = [...guide.matchAll(/`([A-Z][^`]*[.?])`/g)].map((found) => found[1] ?? '');
const model = shopModel();

test('the guide has examples of every family', () => {
  assert.ok(examples.length > 50, `${examples.length}`);
});
for (const example of examples) {
  test(`the guide: "${example}"`, () => {
    const meant = interpret(example, model);
    assert.ok(meant.kind === 'understood' || meant.kind === 'nothing-to-do', `${meant.kind}: ${'why' in meant ? meant.why : ''}`);
  });
}
test('what the guide says is not understood is not taken on', () => {
  for (const request of [
    'Send an email to customers when an order is shipped.',
    'Clerks may not see the credit limit of customers.',
    'Which customers have unpaid invoices?',
    'Show orders by month.',
    'Gold customers get 10% off, except on orders below 500.',
    'Rename customers to clients.',
  ])
    assert.equal(interpret(request, model).kind, 'refused', request);
});
