import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isRefusal } from '#kernel';
import { forgetKeys } from '#store/records';
import { openBench, owner, reaction, shop } from './bench.ts';

const bench = await openBench();
after(() => bench.close());

const minute = 60_000;
const tea = (sku: string, stock = 10): { readonly [name: string]: string | number } => ({ sku, name: 'Tea', price: 450, stock });
const refill =
  'const product = await data.product.get(event.row); if ((product.stock ?? 0) < 5) await data.product.update(product.id, { stock: (product.stock ?? 0) + 20 });';
const held = "capabilities: { product: ['read', 'update'] },";
/** Nothing is owed from the test before. */
async function served(...parts: readonly { readonly [path: string]: string }[]): Promise<void> {
  await bench.query('delete from theseus.deliveries');
  await bench.query('delete from theseus.hours');
  delete bench.trouble.next;
  await bench.serve(Object.assign({ ...shop }, ...parts));
  await bench.unasked.settle();
}

test('a reaction runs after what it reacts to, is applied once, and is written down as what it is', async () => {
  await served(reaction('refill', 'product.updated', refill, held));
  const product = await bench.create('product', tea('once'));
  await bench.unasked.settle();
  assert.deepEqual(await bench.deliveries(), []);
  await bench.update('product', product.id, { stock: 3 });
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['stock'], 23);
  const [first, second, ...more] = await bench.deliveries();
  assert.deepEqual(
    [first?.state, first?.component, first?.attempts, second?.state, more.length],
    ['done', 'reaction/refill', 1, 'done', 0],
  );
  assert.deepEqual([first?.trail, second?.trail], [['reaction/refill'], ['reaction/refill', 'reaction/refill']]);
  const journal = await bench.query<{ component: string; caller: string; call: string }>(
    "select component, caller, call from theseus.journal where row = $1 and component like 'reaction/%'",
    [product.id],
  );
  assert.deepEqual(journal, [{ component: 'reaction/refill', caller: 'system', call: first?.call }]);
});

test('a change is told with what the row held before it and right after it, whatever came later', async () => {
  await served(
    reaction(
      'tell',
      'product.updated',
      "if ((event.before.stock ?? 0) < 5 || (event.after.stock ?? 0) >= 5) return; const product = await data.product.get(event.row); await data.product.update(product.id, { name: product.name + '!' });",
      held,
    ),
  );
  const product = await bench.create('product', tea('becomes'));
  const name = async (): Promise<unknown> => {
    await bench.unasked.settle();
    return (await bench.get('product', product.id))['name'];
  };
  await bench.update('product', product.id, { stock: 3 });
  assert.equal(await name(), 'Tea!', 'it fell below');
  await bench.update('product', product.id, { stock: 2 });
  assert.equal(await name(), 'Tea!', 'it was below before');
  await bench.update('product', product.id, { stock: 8 });
  await bench.update('product', product.id, { stock: 1 });
  await bench.update('product', product.id, { stock: 9 });
  assert.equal(await name(), 'Tea!!', 'it fell below and rose again before the reaction ran');
});

test('an event that a component emits reaches the reactions that name it, with its data', async () => {
  await served(
    reaction('tell', 'product.created', "await emit('stocked', { row: event.row, note: 'new' });", "emits: ['stocked'],"),
    reaction(
      'name',
      'stocked',
      'await data.product.update(event.data.row, { name: event.data.note });',
      "capabilities: { product: ['update'] },",
    ),
  );
  const product = await bench.create('product', tea('emitted'));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'new');
  assert.deepEqual(
    (await bench.deliveries()).map(({ component, state, trail }) => [component, state, trail.length]),
    [
      ['reaction/tell', 'done', 1],
      ['reaction/name', 'done', 2],
    ],
  );
});

test('what was applied and not marked is not applied again', async () => {
  await served(
    reaction(
      'count',
      'product.created',
      'await data.product.update(event.row, { stock: 1 + ((await data.product.get(event.row)).stock ?? 0) });',
      held,
    ),
  );
  const product = await bench.create('product', tea('again', 0));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['stock'], 1);
  // As a kernel leaves it that was killed after the commit: under way, and nobody there.
  await bench.query("update theseus.deliveries set state = 'running', leased_by = 5, leased_until = now() + interval '1 year'");
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['stock'], 1);
  const [delivery] = await bench.deliveries();
  assert.deepEqual([delivery?.state, delivery?.attempts], ['done', 2]);
});

test('a run that fails is tried again later each time, then is a dead letter that a person can try again', async () => {
  const failing = (when: string): { readonly [path: string]: string } =>
    reaction(
      'fail',
      'product.created',
      `${when} refuse('conflict', 'The shelf is full.'); await data.product.update(event.row, { name: 'shelved' });`,
      "capabilities: { product: ['update'] }, retries: { attempts: 3, firstMs: 1000, mostMs: 1500 },",
    );
  await served(failing(''));
  const product = await bench.create('product', tea('failing'));
  const seen: unknown[] = [];
  for (const wait of [0, 999, 1, 1_499, 1, minute]) {
    bench.clock.now += wait;
    await bench.unasked.settle();
    const [delivery] = await bench.deliveries();
    seen.push([delivery?.attempts, delivery?.state]);
  }
  assert.deepEqual(seen, [
    [1, 'waiting'],
    [1, 'waiting'],
    [2, 'waiting'],
    [2, 'waiting'],
    [3, 'dead'],
    [3, 'dead'],
  ]);
  const [dead] = await bench.deliveries('dead');
  assert.deepEqual([dead?.code, dead?.why], ['conflict', 'The shelf is full.']);
  assert.equal((await bench.get('product', product.id))['name'], 'Tea');

  const clerk = await bench.unasked.retry({ id: 'c', name: 'Carl', roles: ['clerk'] }, dead?.no ?? 0);
  assert.ok(isRefusal(clerk) && clerk.code === 'forbidden');
  await bench.serve({ ...shop, ...failing('if (false)') });
  assert.ok(!isRefusal(await bench.unasked.retry(owner, dead?.no ?? 0)));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'shelved');
  assert.deepEqual(
    (await bench.deliveries()).map(({ state }) => state),
    ['done'],
  );
  const twice = await bench.unasked.retry(owner, dead?.no ?? 0);
  assert.ok(isRefusal(twice) && twice.code === 'not-found');
});

test('a dead letter can be given up', async () => {
  await served(reaction('never', 'product.created', "refuse('impossible', 'No.');", 'retries: { attempts: 1 },'));
  await bench.create('product', tea('given up'));
  await bench.unasked.settle();
  const [dead] = await bench.deliveries('dead');
  const stopped = await bench.unasked.stop(owner, dead?.no ?? 0, 'nobody needs it');
  assert.deepEqual(isRefusal(stopped) ? stopped : [stopped.state, stopped.why], ['stopped', 'nobody needs it']);
});

test('a loop of reactions ends as a dead letter that names the way', async () => {
  await served(
    reaction(
      'spin',
      'product.updated',
      'await data.product.update(event.row, { stock: 1 + ((await data.product.get(event.row)).stock ?? 0) });',
      held,
    ),
  );
  const product = await bench.create('product', tea('loop', 0));
  await bench.update('product', product.id, { name: 'go' });
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['stock'], 16);
  const [dead, ...more] = await bench.deliveries('dead');
  assert.equal(more.length, 0);
  assert.deepEqual([dead?.code, dead?.attempts, dead?.trail.length], ['loop', 0, 17]);
  assert.match(dead?.why ?? '', /more than 16 times: reaction\/spin, then reaction\/spin/);
});

test('what a reaction may cost an hour is held to; what is over waits for the next hour and is seen to wait', async () => {
  bench.clock.now = Date.parse('2026-03-02T10:30:00Z');
  await served(
    reaction(
      'capped',
      'product.created',
      "await data.product.update(event.row, { name: 'seen' });",
      "capabilities: { product: ['update'] }, hourly: { runs: 3 },",
    ),
  );
  for (let each = 0; each < 5; each += 1) await bench.create('product', tea(`capped ${each}`));
  await bench.unasked.settle();
  const states = async (): Promise<unknown> =>
    (await bench.deliveries()).map(({ state, held: why }) => (why === null ? state : `${state} for ${why}`));
  assert.deepEqual(await states(), ['done', 'done', 'done', 'waiting for hour', 'waiting for hour']);
  assert.deepEqual(
    (await bench.unasked.backlog()).map(({ waiting, held: over, runsThisHour }) => [waiting, over, runsThisHour]),
    [[2, 2, 3]],
  );
  bench.clock.now = Date.parse('2026-03-02T10:59:59Z');
  await bench.unasked.settle();
  assert.deepEqual(await states(), ['done', 'done', 'done', 'waiting for hour', 'waiting for hour']);
  bench.clock.now = Date.parse('2026-03-02T11:00:00Z');
  await bench.unasked.settle();
  assert.deepEqual(await states(), ['done', 'done', 'done', 'done', 'done']);
});

test('the time that its runs took counts as well', async () => {
  await served(reaction('slow', 'product.created', 'log(1);', 'hourly: { wallMs: 1000 },'));
  await bench.query(
    "insert into theseus.hours (contract, hour, wall_ms) values ('n_slow', date_trunc('hour', to_timestamp($1::float8 / 1000)), 999.9)",
    [bench.clock.now],
  );
  await bench.create('product', tea('slow 1'));
  await bench.unasked.settle();
  await bench.create('product', tea('slow 2'));
  await bench.unasked.settle();
  assert.deepEqual(
    (await bench.deliveries()).map(({ state }) => state),
    ['done', 'waiting'],
  );
});

test('deliveries about one row run in the order of its changes, each after the one before', async () => {
  await served(
    reaction('follow', 'product.updated', 'log((await data.product.get(event.row)).stock);', "capabilities: { product: ['read'] },"),
  );
  const product = await bench.create('product', tea('order', 0));
  for (let stock = 1; stock <= 4; stock += 1) await bench.update('product', product.id, { stock });
  let running = 0;
  let most = 0;
  bench.trouble.next = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((next) => setImmediate(next));
    running -= 1;
  };
  await bench.unasked.settle();
  assert.equal(most, 1);
  const nos = await bench.query<{ no: string; seq: string }>(
    'select d.no, o.seq from theseus.deliveries d join theseus.outbox o on d.key = o.id || $1 order by d.no',
    [' n_follow'],
  );
  assert.equal(nos.length, 4);
  assert.deepEqual(
    nos.map(({ seq }) => Number(seq)),
    nos.map(({ seq }) => Number(seq)).sort((a, b) => a - b),
  );
  const ends = await bench.deliveries('done');
  assert.equal(ends.length, 4);
});

test('of several kernels each delivery is run by one', async () => {
  await served(
    reaction(
      'share',
      'product.created',
      'await data.product.update(event.row, { stock: 1 + ((await data.product.get(event.row)).stock ?? 0) });',
      held,
    ),
  );
  const others = [bench.another(), bench.another()];
  const products = [];
  for (let each = 0; each < 12; each += 1) products.push(await bench.create('product', tea(`share ${each}`, 0)));
  await Promise.all([bench.unasked, ...others].map((kernel) => kernel.settle()));
  for (const product of products) assert.equal((await bench.get('product', product.id))['stock'], 1);
  assert.deepEqual(
    (await bench.deliveries()).map(({ state, attempts }) => `${state} ${attempts}`),
    Array.from({ length: 12 }, () => 'done 1'),
  );
});

test('trouble that is not its own costs a run no try', async () => {
  await served(
    reaction(
      'brave',
      'product.created',
      "await data.product.update(event.row, { name: 'brave' });",
      "capabilities: { product: ['update'] }, retries: { attempts: 1 },",
    ),
  );
  const product = await bench.create('product', tea('brave'));
  const { Fault } = await import('#kernel');
  bench.trouble.next = async () => {
    throw new Fault('database-unavailable', 'The database does not answer.');
  };
  await bench.unasked.settle();
  const [waits] = await bench.deliveries();
  assert.deepEqual([waits?.state, waits?.attempts, waits?.why], ['waiting', 0, 'The database does not answer.']);
  delete bench.trouble.next;
  bench.clock.now += minute;
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'brave');
});

test('a reaction calls an operation that a role alone may call, since its contract says so, in its own transaction', async () => {
  const stamp = (then: string): { readonly [path: string]: string } => ({
    'operations/stamp.ts': `/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */
import { operation, refuse } from 'theseus/sdk';
export default operation({ id: 'o_stamp', name: 'stamp', on: 'product', http: { path: '/api/products/{id}/stamp' }, roles: ['manager'], capabilities: { product: ['update'] }, output: { row: 'product' },
  async run({ data, row }) { const made = await data.product.update(row.id, { name: 'stamped' }); ${then} return made; } });\n`,
  });
  const calling = reaction('send', 'product.created', "await call('stamp', { on: event.row });", "calls: ['stamp'],", 'event, call');
  await served(stamp(''), calling);
  const product = await bench.create('product', tea('called'));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', product.id))['name'], 'stamped');
  await served(stamp("refuse('conflict', 'Not this one.');"), calling);
  const other = await bench.create('product', tea('not called'));
  await bench.unasked.settle();
  assert.equal((await bench.get('product', other.id))['name'], 'Tea');
  assert.equal((await bench.deliveries())[0]?.why, 'Not this one.');
});

test('keys of calls are forgotten after a week, in pieces; those of runs that are not done stay', async () => {
  await served(reaction('keyed', 'product.created', "refuse('conflict', 'No.');", 'retries: { attempts: 1 },'));
  const [week, day] = [7 * 86_400_000, 86_400_000];
  await bench.create('product', tea('keyed'), { idempotency: { key: 'young', body: '' } });
  await bench.unasked.settle();
  const [dead] = await bench.deliveries('dead');
  for (const key of ['old 1', 'old 2', 'old 3', dead?.key ?? ''])
    await bench.asOwner(
      "insert into theseus.idempotency (caller, operation, key, body, at) values ('a', 'b', $1, '', to_timestamp($2::float8 / 1000))",
      [key, bench.clock.now - week - day],
    );
  const before = bench.clock.now - week;
  assert.deepEqual(
    [await forgetKeys(bench.pool, before, 2), await forgetKeys(bench.pool, before, 2), await forgetKeys(bench.pool, before, 2)],
    [2, 1, 0],
  );
  const left = (await bench.query<{ key: string }>('select key from theseus.idempotency')).map(({ key }) => key);
  assert.deepEqual(
    [left.includes('young'), left.includes(dead?.key ?? ''), left.some((key) => key.startsWith('old'))],
    [true, true, false],
  );
});
