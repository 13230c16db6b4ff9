/** Sentences about workflows, asked one after the other: each change is written, and passes all gates, or is refused by the gate that must. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { GatesResult } from '#gates';
import type { GeneratorContext, Understood } from '#ports';
import { sentencesGenerator } from '#sentences';
import { openWorkbench, shopFiles, told, verdictOf, type Workbench } from './engines.ts';

type Sources = { readonly [path: string]: string };
let bench: Workbench;
before(async () => {
  bench = await openWorkbench();
});
after(async () => {
  await bench.close();
});

async function ask(
  files: Sources,
  sentence: string,
  change: string,
): Promise<{ readonly meant: Understood; readonly result: GatesResult }> {
  const base = await bench.input(files);
  const context: GeneratorContext = { reading: base.reading as never, sources: files, count: async () => 0, change, today: '2026-11-23' };
  const meant = await sentencesGenerator.understand(sentence, context);
  assert.ok(meant.kind === 'understood', `${sentence}: ${JSON.stringify(meant)}`);
  const generated = await sentencesGenerator.generate(meant.plan, context);
  assert.ok('files' in generated);
  return { meant, result: await bench.run(generated.files, meant.scope, base) };
}
async function inTurn(sentences: readonly string[]): Promise<Sources> {
  let files: Sources = shopFiles;
  for (const [at, sentence] of sentences.entries()) {
    const { result } = await ask(files, sentence, `ch_${at}`);
    assert.ok(result.passed, `${sentence}\n${told(result)}`);
    files = { ...(result.candidate?.files as Sources) };
  }
  return files;
}
const WAY = 'An order goes from open to paid to shipped or cancelled.';

test('a workflow, and what is said of its steps, one change after the other', async () => {
  const files = await inTurn([
    WAY,
    'Only managers may ship an order.',
    'An order can only be shipped when its total is over 100.',
    'An order that has been paid for 30 days is cancelled.',
    'An order that has been paid for 45 days is cancelled.',
    'An order must never be shipped before it was paid. An order can never be cancelled after it was shipped.',
    'An order can also go from open to on hold.',
    'An order can also go from on hold to open.',
    'An order can no longer go from paid to cancelled.',
    'Rename the status of orders to state.',
    'An order can be cancelled while it is open; then its lines go back to stock.',
  ]);
  const text = files['workflows/order.ts'] ?? '';
  assert.match(text, /field: 'state'/);
  assert.match(text, /roles: \['manager'\]/);
  assert.match(text, /after: \{ count: 45, unit: 'days' \}/);
  const shown = files['workflows/order.test.ts'] ?? '';
  assert.match(shown, /has been paid for 45 days is cancelled, and not before'[\s\S]*\{ after: '44 days' \}[\s\S]*\{ after: '1 day' \}/);
  assert.doesNotMatch(shown, /'29 days'/);
  assert.match(text, /order\.total > money\('100\.00'\)/);
  assert.match(text, /never: \[/);
});

test('an entity without a choice gets a status; rows begin where it says', async () => {
  const files = await inTurn([
    'A product goes from planned to active to retired.',
    'A product that has been active for 2 weeks is retired.',
  ]);
  assert.match(files['entities/product.ts'] ?? '', /status: choice\(\{[^}]*planned/);
});

test('a workflow after limits, discounts, approvals and actions, whose examples still hold', async () => {
  await inTurn([
    'An order can be cancelled while it is open or paid; then its lines go back to stock.',
    'Orders over 10,000 need approval by a manager. Gold customers get 10% off orders over 500.',
    'Show unpaid invoices by customer with their total, largest first. Show open orders by customer with their total, largest first.',
    'An order goes from open to paid, and from open or paid to cancelled, and from paid to shipped.',
  ]);
});

test('refused by the gate, with the way there: an order that must never be, and a step that is taken away and leaves rows stuck', async () => {
  const files = await inTurn([WAY]);
  const never = await ask(files, 'An order can never be cancelled after it was paid.', 'ch_x');
  assert.equal(verdictOf(never.result, 'workflow')?.verdict, 'fail', told(never.result));
  assert.match(JSON.stringify(verdictOf(never.result, 'workflow')?.findings), /open, pay -> paid, cancel -> cancelled/);
  const stuck = await ask(files, 'An order can no longer go from open to paid.', 'ch_x');
  assert.match(told(stuck.result), /no row ever comes to paid/);
});
