/** What the clock makes of rows that have stood in a state for long enough: once, over kills, restarts and other generations. */
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { PlainRow } from '#store';
import { openBench } from '../unasked/bench.ts';
import { lose, parcels } from './parcels.ts';

const bench = await openBench();
after(() => bench.close());
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

beforeEach(async () => {
  await bench.query('delete from theseus.deliveries');
  await bench.serve(parcels());
  await bench.unasked.settle();
});
const state = async ({ id }: PlainRow): Promise<unknown> => (await bench.get('parcel', id))['state'];
async function held(values: { readonly [name: string]: unknown } = {}): Promise<PlainRow> {
  const made = await bench.create('parcel', { label: 'Tea', grams: 5, ...values });
  return bench.update('parcel', made.id, { state: 'held' });
}
/** So much later everything that is due then is done. */
async function later(ms: number): Promise<void> {
  bench.clock.now += ms;
  await bench.unasked.settle();
}
const told = async (): Promise<readonly unknown[]> => (await bench.deliveries()).map(({ state: of, why, code }) => [of, code, why]);

test('a row that has stood there for the whole time is moved on, and not a moment before', async () => {
  const parcel = await held();
  await later(2 * day - 1);
  assert.equal(await state(parcel), 'held');
  await later(1);
  assert.equal(await state(parcel), 'lost');
  assert.deepEqual(await told(), [['done', null, null]]);
  const [entry] = await bench.query<{ component: string; caller: string }>(
    'select component, caller from theseus.journal where row = $1 order by id desc limit 1',
    [parcel.id],
  );
  assert.deepEqual(entry, { component: 'workflow/parcel', caller: 'system' });
});

test('a row that has gone elsewhere is left alone, and one that came back is counted anew', async () => {
  const [gone, back] = [await held(), await held()];
  await later(day);
  await bench.update('parcel', gone.id, { state: 'packed' });
  await bench.update('parcel', back.id, { state: 'packed' });
  await bench.update('parcel', back.id, { state: 'held' });
  await later(day);
  assert.deepEqual([await state(gone), await state(back)], ['packed', 'held']);
  await later(day);
  assert.deepEqual([await state(gone), await state(back)], ['packed', 'lost']);
});

test('other changes of the row do not set the time back', async () => {
  const parcel = await held();
  await later(day);
  await bench.update('parcel', parcel.id, { label: 'Coffee' });
  await later(day);
  assert.equal(await state(parcel), 'lost');
});

test('where the guard does not hold the row stays, and is moved on once it does', async () => {
  const parcel = await held({ wanted: true });
  await later(2 * day);
  assert.equal(await state(parcel), 'held');
  assert.deepEqual(await told(), [['waiting', 'conflict', 'This parcel may not lose now.']]);
  await bench.update('parcel', parcel.id, { wanted: false });
  await later(minute);
  assert.equal(await state(parcel), 'lost');
});

test('a kernel that dies before or after the commit leaves it done once', async () => {
  const parcel = await held();
  await later(day);
  await bench.asOwner("update theseus.deliveries set state = 'running', attempts = 1, leased_by = 1, leased_until = '2030-01-01'");
  await later(day);
  assert.equal(await state(parcel), 'lost', 'what a dead kernel had taken is taken by another');
  const { version } = await bench.get('parcel', parcel.id);
  await bench.asOwner("update theseus.deliveries set state = 'waiting', ended_at = null");
  const other = bench.another();
  await other.settle();
  assert.equal((await bench.get('parcel', parcel.id)).version, version);
  assert.deepEqual(await told(), [['done', null, 'The row has gone elsewhere since.']]);
});

test('two kernels that look at once move each row once', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, () => held()));
  bench.clock.now += 2 * day;
  const other = bench.another();
  await Promise.all([bench.unasked.settle(), other.settle()]);
  await bench.unasked.settle();
  for (const parcel of made) assert.deepEqual([await state(parcel), (await bench.get('parcel', parcel.id)).version], ['lost', 3]);
});

test('a generation without the transition ends what comes due in it, and one that brings it back counts from then', async () => {
  const parcel = await held();
  await later(day);
  await bench.serve(parcels({ after: '' }));
  await later(day);
  assert.equal(await state(parcel), 'held');
  assert.deepEqual(
    (await told()).map((each) => (each as readonly unknown[])[0]),
    ['stopped'],
  );
  const between = await held();
  await bench.serve(parcels());
  await bench.unasked.settle();
  await later(2 * day - 1);
  assert.deepEqual([await state(parcel), await state(between)], ['held', 'held']);
  await later(1);
  assert.deepEqual([await state(parcel), await state(between)], ['lost', 'lost']);
});

test('what waits while another generation serves and is not due in it keeps its time', async () => {
  const parcel = await held();
  await later(hour);
  await bench.serve(parcels({ after: '' }));
  await later(hour);
  await bench.serve(parcels());
  await later(2 * day - 2 * hour);
  assert.equal(await state(parcel), 'lost');
});

test('a time that is changed holds for rows that stand there already', async () => {
  const parcel = await held();
  await later(hour);
  await bench.serve(parcels({ after: lose.replace("count: 2, unit: 'days'", "count: 3, unit: 'hours'") }));
  await later(2 * hour - 1);
  assert.equal(await state(parcel), 'held');
  await later(1);
  assert.equal(await state(parcel), 'lost');
});

test('more rows than one page holds that stood there before are all counted', async () => {
  await bench.serve(parcels({ after: '' }));
  await bench.unasked.settle();
  const { id } = await held();
  await bench.asOwner(`do $$ declare place regclass; columns text; begin
    select c.oid into place from pg_class c where c.relkind = 'r' and c.relname like '%parc%' limit 1;
    select string_agg(quote_ident(attname), ', ') into columns from pg_attribute where attrelid = place and attnum > 0 and not attisdropped and attname <> 'id';
    execute format('insert into %s (id, %s) select gen_random_uuid(), %s from %s, generate_series(1, 700) where id = %L', place, columns, columns, place, '${id}');
  end $$`);
  await bench.serve(parcels());
  await bench.unasked.settle();
  const waiting = (await bench.query<{ count: string }>("select count(*) from theseus.deliveries where state = 'waiting'"))[0]?.count;
  assert.equal(waiting, '701');
});
