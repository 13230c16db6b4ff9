import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBench, owner, reaction, shop } from './bench.ts';
import { isRefusal } from '#kernel';

const bench = await openBench();
after(() => bench.close());

const named = (name: string): { readonly [path: string]: string } =>
  reaction(
    'mark',
    'product.created',
    `await data.product.update(event.row, { name: '${name}' });`,
    "capabilities: { product: ['update'] },",
  );
const tea = (sku: string): { readonly [name: string]: string | number } => ({ sku, name: 'Tea', price: 450, stock: 1 });

test('an event of an older generation reaches the reaction as the generation that serves has it', async () => {
  await bench.serve({ ...shop, ...named('old') });
  await bench.unasked.settle();
  const product = await bench.create('product', tea('a'));
  const now = await bench.serve({ ...shop, ...named('new') });
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'new');
  const [delivery] = await bench.deliveries();
  assert.equal(delivery?.generation, now);
});

test('an event that was written under the old name of an entity reaches what hears it under the new one', async () => {
  const renamed = Object.fromEntries(
    Object.entries({ ...shop, ...named('seen') })
      .filter(([path]) => path !== 'operations/place-order.ts' && path !== 'rows.json')
      .map(([path, text]) => [
        path.replace('product', 'article'),
        text
          .replaceAll("'product'", "'article'")
          .replaceAll("'products'", "'articles'")
          .replaceAll('product.', 'article.')
          .replaceAll('{ product:', '{ article:')
          .replaceAll('data.product', 'data.article'),
      ]),
  );
  await bench.serve({ ...shop, ...named('old') });
  await bench.unasked.settle();
  const product = await bench.create('product', tea('b'));
  await bench.serve(renamed);
  await bench.unasked.settle();
  assert.equal((await bench.get('article', product.id))['name'], 'seen');
});

test('a reaction that was taken back stops; brought back, what it owed can be tried again', async () => {
  await bench.query('delete from theseus.deliveries');
  await bench.serve({ ...shop, ...reaction('mark', 'product.created', "refuse('conflict', 'Not yet.');") });
  await bench.unasked.settle();
  const product = await bench.create('product', tea('c'));
  await bench.unasked.settle();
  await bench.serve(shop);
  const other = await bench.create('product', tea('d'));
  bench.clock.now += 60_000;
  await bench.unasked.settle();
  const [stopped, ...more] = await bench.deliveries();
  assert.deepEqual([stopped?.state, more.length], ['stopped', 0]);
  await bench.serve({ ...shop, ...named('back') });
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'Tea');
  assert.ok(!isRefusal(await bench.unasked.retry(owner, stopped?.no ?? 0)));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'back');
  assert.equal((await bench.get('product', other.id))['name'], 'Tea');
});

test('a new reaction hears what is written from its generation on, and not the past', async () => {
  await bench.query('delete from theseus.deliveries');
  await bench.serve(shop);
  await bench.unasked.settle();
  const before = await bench.create('product', tea('e'));
  bench.clock.now += 60_000;
  await bench.unasked.settle();
  await bench.serve({ ...shop, ...named('heard') });
  const after = await bench.create('product', tea('f'));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', before.id))['name'], 'Tea');
  assert.equal((await bench.get('product', after.id))['name'], 'heard');
});

test('an event waits for the oldest open transaction, so that none is passed by', async () => {
  await bench.query('delete from theseus.deliveries');
  const slow = await bench.openTransaction();
  const late = await bench.create('product', tea('g'));
  const settled = bench.unasked.settle();
  const first = await Promise.race([settled.then(() => 'settled'), bench.unasked.backlog().then(() => 'waits')]);
  assert.equal(first, 'waits');
  assert.equal((await bench.get('product', late.id))['name'], 'Tea');
  await slow.insertEventAndCommit('shop.product.created', late.id);
  await settled;
  assert.equal((await bench.get('product', late.id))['name'], 'heard');
  assert.equal((await bench.deliveries('done')).length, 2);
});

test('a copy put into a younger server, whose transactions count lower, loses no event and repeats none', async () => {
  await bench.query('delete from theseus.deliveries');
  const heard = await bench.create('product', tea('h'));
  await bench.unasked.settle();
  const owed = await bench.create('product', tea('i'));
  await bench.asOwner(
    'update theseus.outbox set xid = (xid::text::bigint + 1000000)::text::xid8; update theseus.unasked set xid = (xid::text::bigint + 1000000)::text::xid8;',
  );
  await bench.migrate();
  const fresh = await bench.create('product', tea('j'));
  await bench.update('product', heard.id, { name: 'Tea' });
  await bench.unasked.settle();
  const names = await Promise.all([heard, owed, fresh].map(async ({ id }) => (await bench.get('product', id))['name']));
  assert.deepEqual(names, ['Tea', 'heard', 'heard']);
  assert.equal((await bench.deliveries('done')).length, 3);
});
