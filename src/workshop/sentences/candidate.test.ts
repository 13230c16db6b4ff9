/** Candidates read back: the sources that a sentence writes have the contracts that it promised. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SystemReading } from '#model';
import { readSystem } from '#model/read';
import type { GeneratorContext } from '#ports';
import { accepted } from './accepted.ts';
import { sentencesGenerator } from './generator.ts';
import { emptySources, shopReading, shopSources } from './shop-model.ts';

type Sources = { readonly [path: string]: string };
const contextOf = (sources: Sources, change: string): GeneratorContext & { readonly read: Extract<SystemReading, { ok: true }> } => {
  const read = shopReading(sources);
  return { reading: read as never, read, sources, count: async () => 0, change, today: '2026-11-23' };
};
async function changed(sources: Sources, request: string, change = 'ch_1'): Promise<Sources> {
  const context = contextOf(sources, change);
  const understood = await sentencesGenerator.understand(request, context);
  assert.equal(understood.kind, 'understood', `${request}: ${JSON.stringify(understood)}`);
  if (understood.kind !== 'understood') return sources;
  const generated = await sentencesGenerator.generate(understood.plan, context);
  const again = await sentencesGenerator.generate(understood.plan, context);
  assert.deepEqual(again, generated, 'the same plan writes the same files');
  assert.ok('files' in generated);
  const next: { [path: string]: string } = { ...sources };
  for (const [path, text] of Object.entries(generated.files))
    if (text === null) delete next[path];
    else next[path] = text;
  return next;
}

for (const [sentence] of accepted) {
  test(`"${sentence}" writes what it promised, with examples`, async () => {
    const sources = shopSources();
    const next = await changed(sources, sentence);
    const reading = readSystem(next);
    assert.ok(reading.ok, JSON.stringify(reading.ok ? '' : reading.problems));
    assert.ok(
      reading.tests.flatMap((tests) => tests.examples).some((example) => example.change === 'ch_1'),
      'a change without an example of its own',
    );
    for (const component of reading.components)
      if (next[component.path] !== sources[component.path])
        assert.deepEqual([component.head.change, component.head.generator], ['ch_1', 'sentences']);
    if (/^(Rename|Remove|Products no longer|The category|The tier of a customer can no)| can (also|no longer) go /.test(sentence)) return;
    const asked = await sentencesGenerator.understand(sentence, contextOf(next, 'ch_2'));
    assert.equal(asked.kind, 'nothing-to-do', `asked again: ${JSON.stringify(asked)}`);
  });
}

test('an empty system grows by sentences alone, one change after the other', async () => {
  let sources: Sources = emptySources();
  for (const [index, sentence] of [
    'Track customers with a name and a tier standard or gold. Track products with a name, a price and a stock.',
    'Track orders with a customer, a status open, paid or cancelled and lines with product, quantity and unit price.',
    'The total of an order is the sum of quantity times unit price of its lines.',
    'Gold customers get 10% off orders over 500.',
    'Customers get 5% off orders over 1,000.',
    'An order can be cancelled while it is open; then its lines go back to stock.',
    'Only a manager can cancel an order.',
    'Show open orders by customer with their total, largest first.',
    'Rename the stock of a product to "quantity in stock".',
  ].entries())
    sources = await changed(sources, sentence, `ch_${index}`);
  assert.match(sources['operations/cancel-order.ts'] ?? '', /quantityInStock/);
  assert.match(sources['rules/order-discount.ts'] ?? '', /max\(/);
});

test('what an operation uses cannot be removed', async () => {
  const asked = await sentencesGenerator.understand('Remove the stock from products', contextOf(shopSources(), 'ch_1'));
  assert.ok(asked.kind === 'refused' && /used by the operation place order/.test(asked.why), JSON.stringify(asked));
});

test('what a person wrote stays as it is', async () => {
  const next = await changed(shopSources(), 'Add a due date to invoices, 30 days after the issue date');
  const text = next['entities/invoice.ts'] ?? '';
  assert.match(text, /^ \* why: the shop sends goods before they are paid; "Add a due date to invoices, 30 days after the issue date"$/m);
  assert.match(text, /number: text\(\{ id: 'f_inumb', no: 2, required: true, unique: true \}\),/);
  assert.match(text, /live: \(invoice: Row<'invoice'>\) => addDays\(invoice\.issueDate, 30\)/);
});
