/** A field that asks more of its values asks it of the rows that are there: when it is asked for, and again right before it serves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent } from '#change';
import { isRefusal } from '#kernel';
import { sentencesGenerator } from '#sentences';
import { shopFiles } from '../gates/engines.ts';
import { openWorks, type Works } from './workshop.ts';

/** A person approves what is of low risk as well: there is time between the gates and the switch. */
const files = {
  ...shopFiles,
  'theseus.json': (shopFiles['theseus.json'] ?? '').replaceAll('"act"', '"propose"'),
};
let works: Works;
before(async () => {
  works = await openWorks(sentencesGenerator, files);
  await put('customer', { name: 'Ada', email: 'ada@example.org' });
  await put('customer', { name: 'Bertha of the long name', email: 'ada@example.org', tier: 'gold' });
  await put('product', { sku: 'a', name: 'Tea', price: 500, stock: 7 });
});
after(() => works.close());

const put = async (entity: string, values: { readonly [field: string]: unknown }): Promise<string> => {
  const made = await works.put(entity, values);
  assert.ok(!isRefusal(made), JSON.stringify(made));
  return made;
};
const endOf = (events: readonly ChangeEvent[]): string => {
  const end = events.findLast((event) => event.kind === 'ended');
  return end?.kind === 'ended' ? `${end.outcome}: ${end.why}` : 'none';
};
let no = 0;
const asked = async (text: string): Promise<string> => endOf(await works.ask(`r${no++}`, text));
const told = async (text: string): Promise<string> =>
  (await works.ask(`r${no++}`, text)).flatMap((event) => (event.kind === 'understood' ? event.understanding.notes : [])).join('\n');
const ended = async (id: string): Promise<string> => {
  for (;;) {
    const end = endOf(await works.events(id));
    if (end !== 'none') return end;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('rows that do not meet a bound, or have no value that is required now, stay as they are, and the asker is told how many and which', async () => {
  assert.match(
    await told('The stock of a product is at most 5.'),
    /Of the products that exist, one row has more than 5 in stock: "Tea"; it stays as it is until it is next written\./,
  );
  assert.match(await told('The category of a product is required.'), /one row has no value in category: "Tea"; it stays/);
});

test('of two rows that are the same nobody could say which is meant: the request is refused before anything is written', async () => {
  assert.equal(
    await asked('No two customers may have the same email.'),
    'refused: Of the customers that exist, 2 rows have the same email as another: "Ada" and "Bertha of the long name". Change them first, or ask for less.',
  );
});

test('rows that come while a change waits for its approval are asked before it serves; from the switch on every write is held to it', async () => {
  const waiting = await works.ask('meanwhile', 'No two products may have the same name.');
  assert.equal(endOf(waiting), 'none', JSON.stringify(waiting.at(-1)));
  await put('product', { sku: 'b', name: 'Tea', price: 500, stock: 7 });
  const before = await works.serving();
  await works.approve('meanwhile');
  assert.equal(
    await ended('meanwhile'),
    'refused: product: 2 rows have the same name as another: "Tea" and "Tea". Change them first, or ask for less.',
  );
  assert.equal(await works.serving(), before);

  await works.ask('higher', 'The credit limit of a customer is at most 1001.');
  let made = 0;
  const writing = (async () => {
    for (let at = 0; at < 400 && (await works.serving()) === before; at++, made++)
      await works.put('customer', { name: `D${at}`, creditLimit: 100_100 });
  })();
  await works.approve('higher');
  assert.match(await ended('higher'), /^live/);
  await writing;
  assert.ok(made > 0);
  assert.ok(isRefusal(await works.put('customer', { name: 'Eva', creditLimit: 100_101 })));
  await put('customer', { name: 'Eva', creditLimit: 100_100 });
});
