/** A change that a model writes, as its asker meets it in the console: the question, the answer, the examples that must hold, what it costs, and the way to stop it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Rehearsal, startRehearsal } from '../../examples/rehearsal/server.ts';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';
import type { Page } from 'playwright-core';
import { type ConsoleBrowser, noBrowser, openBrowser } from './browser.ts';

const unclear = 'Some of what we sell comes from people who owe us an answer, and we want none of that to leave the house.';
const suppliers =
  'Every product may name the supplier that brings it; of a supplier we know its name and an email that only owners and managers see. Refuse to place an order for a product whose supplier is blocked.';
const question = {
  kind: 'question',
  why: 'What should not leave the house while a supplier owes an answer?',
  options: [
    { sentence: suppliers, meaning: 'Orders are refused; what is ordered already goes on.' },
    { sentence: 'Hide products of blocked suppliers from every list.', meaning: 'Nobody sees them; orders can still name them.' },
  ],
};
const recorded = (name: string): string => readFileSync(join(import.meta.dirname, '../../examples/rehearsal/recorded', name), 'utf8');

/** By keyboard, by the choice of files and by a drop; one is taken away again, one is refused, and the rest stays. */
async function attachDocuments(page: Page): Promise<void> {
  const chooses = page.waitForEvent('filechooser');
  await page.keyboard.press('Tab');
  await page.locator('#attach:focus').waitFor();
  await page.keyboard.press('Enter');
  const text = (name: string, content: string): { name: string; mimeType: string; buffer: Buffer } => ({
    name,
    mimeType: '',
    buffer: Buffer.from(content, 'latin1'),
  });
  const chooser = await chooses;
  await chooser.setFiles([text('house.md', 'Suppliers owe answers in May.'), text('logo.png', '\x89PNG\xff')]);
  const list = page.getByRole('list', { name: 'Attached documents' });
  await list.getByRole('listitem').filter({ hasText: 'house.md' }).getByText('29 characters').waitFor();
  await page.getByRole('alert').getByText('logo.png is no text in UTF-8.', { exact: false }).waitFor();
  await page.evaluate(
    `const dropped = new DataTransfer();
     dropped.items.add(new File(['openapi: 3.1.0'], 'openapi (1).yaml'));
     document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));`,
  );
  await list.getByText('openapi -1-.yaml').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.getByRole('button', { name: 'Remove openapi -1-.yaml' }).press('Enter');
  await list.getByText('openapi -1-.yaml').waitFor({ state: 'detached' });
  await page.locator('button:focus[aria-label="Remove house.md"]').waitFor();
}

test('a conversation with a model in the console', { skip: noBrowser }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-conversation-'));
  let rehearsal: Rehearsal | undefined;
  let system: ThrowAwaySystem | undefined;
  let opened: ConsoleBrowser | undefined;
  t.after(async () => {
    await opened?.browser.close();
    await system?.stop();
    await rehearsal?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  rehearsal = await startRehearsal({ folder });
  /** The answer to the call of this number; a call without one waits. */
  const play = (call: number, text: string): void => writeFileSync(join(folder, `00${call}-answer.md`), text);
  const price = { input: 3, output: 15 };
  const model = { name: 'hand', provider: 'openai-compatible', model: 'rehearsal', url: rehearsal.url, price };
  system = await startThrowAwaySystem({ models: JSON.stringify({ models: [model] }) });
  opened = await openBrowser(system);
  const { open, signedIn, wrongs } = opened;
  const desk = await signedIn(1280, 900);
  const page = await open(desk, '');

  await t.test('a question shows its options side by side, and the one that is picked goes on from it', async () => {
    play(1, JSON.stringify(question));
    play(2, recorded('001-answer.md'));
    play(3, recorded('002-answer.md'));
    play(4, recorded('003-answer.md'));
    await page.locator('#request').fill(unclear);
    await attachDocuments(page);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('Goes by house.md (29 characters)').waitFor();
    await page.getByRole('heading', { name: 'Which do you mean?' }).waitFor();
    assert.equal(await page.getByRole('list', { name: 'Attached documents' }).count(), 0, 'what was sent is not sent again');
    assert.match(readFileSync(join(folder, '001-prompt.md'), 'utf8'), /from="attached\/house\.md">\nSuppliers owe answers in May\./);
    const options = page.locator('.options .sentence-button');
    assert.equal(await options.count(), 2);
    const [left, right] = await Promise.all([options.nth(0).boundingBox(), options.nth(1).boundingBox()]);
    assert.equal(left?.y, right?.y, 'side by side');
    await page.getByLabel('Or in your own words').waitFor();
    await options.first().click();
    await page.getByText(/^Live since/).waitFor({ timeout: 120_000 });
    const said = page.getByRole('list', { name: 'Said before' });
    await said.getByText(unclear).waitFor();
    await said.locator('.turn-picked', { hasText: 'Every product may name' }).waitFor();
    await page.getByText('Models so far:').waitFor();
  });

  await t.test('its page says what must hold, who was tried, what was written again, and why each file differs', async () => {
    await page.getByRole('link', { name: 'See the evidence' }).click();
    const part = (name: string) => page.getByRole('region', { name, exact: true });
    await part('Must hold').getByText('hidden from the writer').waitFor();
    await part('Must hold').getByText('calling placeOrder with', { exact: false }).first().waitFor();
    await part('How it was written').getByText('model/hand', { exact: true }).waitFor();
    await part('How it was written').getByText('written again').waitFor();
    await part('How it was written').getByText('Passed on:', { exact: false }).first().waitFor();
    assert.equal(await page.locator('.rung-refuted').count(), 0, 'what was mended is told as a repair, not as evidence');
    await part('Decision').locator('.weighed-taken').waitFor();
    assert.ok((await part('Decision').locator('.weighed').count()) >= 2);
    await part('Cost').getByRole('cell', { name: 'openai-compatible rehearsal' }).first().waitFor();
    await part('Code').getByText('some suppliers are blocked, and their products must not be sold').first().waitFor();
    await part('Code').getByText('The capability is declared now.').waitFor();
  });

  await t.test('an example that is altered is asked again and binds; what runs can be cancelled', async () => {
    const before = page.url();
    play(5, recorded('001-answer.md'));
    const example = page.locator('.acceptance', { hasText: 'calling placeOrder' }).filter({ hasNotText: 'hidden from' }).first();
    await example.getByRole('button', { name: /^Edit the values/ }).click();
    await example.getByLabel('lines 1 quantity').fill('1');
    await page.getByRole('button', { name: 'Ask again with these' }).click();
    await page.waitForURL(/change=/);
    await page.getByText('Models so far:').waitFor({ timeout: 60_000 });
    const asked = await (system as ThrowAwaySystem).call(
      'GET',
      `/_theseus/changes/${new URL(page.url()).searchParams.get('change') ?? ''}`,
    );
    assert.ok(before.includes(String(asked.json['continues'])));
    assert.match(JSON.stringify(asked.json['stated']), /"quantity":1/);
    assert.match(readFileSync(join(folder, '005-prompt.md'), 'utf8'), /Examples that the asker states[\s\S]*"quantity":1/);
    await page.getByText('3 examples must hold, 3 of them as the asker states').click();
    await page.getByText('quantity 1)', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel it' }).click();
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    await page.close();
  });

  await t.test('checks and what was handed in are found in the list, and no page is wider than a phone', async () => {
    const files = { 'entities/customer.ts': 'export default 1;\n' };
    await (system as ThrowAwaySystem).call('POST', '/_theseus/changes?wait=30', {
      request: 'A check of an agent',
      kind: 'check',
      proposal: { from: 'agent', files },
    });
    const phone = await signedIn(360, 740);
    const list = await open(phone, 'changes');
    await list.getByText(unclear).first().waitFor();
    assert.equal(await list.getByText('A check of an agent').count(), 0);
    await list.getByRole('button', { name: 'Checks' }).click();
    const check = list.getByRole('listitem').filter({ hasText: 'A check of an agent' });
    await check.getByText('from an agent', { exact: true }).waitFor();
    await list.getByRole('button', { name: 'Live', exact: true }).click();
    await list.getByText('Every product may name').first().click();
    await list.getByRole('region', { name: 'Code', exact: true }).waitFor();
    assert.equal(await list.evaluate('document.documentElement.scrollWidth'), 360);
    await phone.close();
  });

  await t.test('an example that the writer disputes is shown with its words, and dropped it binds no longer', async () => {
    const calls = readdirSync(folder).filter((name) => name.endsWith('-prompt.md')).length;
    const [component, name] = ['entity/customer', 'a phone turns into another'];
    const steps = [
      { create: 'customer', as: 'ada', with: { name: 'Ada', phone: '123' } },
      { read: 'ada', then: { phone: '999' } },
    ];
    const right = { component, name: 'a phone is kept', steps: [steps[0], { read: 'ada', then: { phone: '123' } }] };
    const statements = ['Customers have a phone.'];
    const members = [`${component}#field/phone`];
    play(
      calls + 1,
      JSON.stringify({ kind: 'understood', statements, components: [component], members, examples: [right, { component, name, steps }] }),
    );
    const edits = [{ find: '    email: email', replace: '    phone: text({}),\n    email: email' }];
    const disputes = [{ example: name, why: 'What is written is read again. <img src=x onerror=alert(1)>' }];
    play(calls + 2, JSON.stringify({ kind: 'candidate', files: [{ path: 'entities/customer.ts', edits }], disputes }));
    const again = await open(desk, '');
    await again
      .locator('#request')
      .fill('Some of whom we sell to can be rung up, and we want the digits of that to stay with them as they were told to us.');
    await again.getByRole('button', { name: 'Ask', exact: true }).click();
    await again.getByRole('heading', { name: 'Must this hold?' }).waitFor({ timeout: 60_000 });
    const outcome = again.locator('.outcome-question');
    await outcome.getByText('The writer of the code says, in its own words:').waitFor();
    await outcome.getByText('<img src=x onerror=alert(1)>', { exact: false }).waitFor();
    await outcome.getByText('The checks saw:').waitFor();
    await outcome.getByText(`Drop the example “${name}”.`).click();
    await again.getByText(/^Live since/).waitFor({ timeout: 60_000 });
    assert.equal(readdirSync(folder).filter((file) => file.endsWith('-prompt.md')).length, calls + 2, 'nobody was asked again');
    await again.close();
  });

  assert.deepEqual(wrongs, []);
});
