/** What is counted in service reaches PostgreSQL from every kernel, added up, without values and within its bounds; a time that is broken is told. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Pool } from 'pg';
import { digest, type EntityContract, type Json, refuse } from '#kernel';
import { linkModel } from '#model';
import { migrateProduct } from '#store/migrate';
import { forgetReadsSeen, loadReadsSeen, openPool } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { seenReads } from '#adapters/seen-reads';
import type { Answer, Calls, Running } from '../running.ts';
import { close, loaded, ticket } from '../specimens.ts';
import { openService, type Service } from './open-service.ts';

const stated: EntityContract = { ...ticket, answersWithin: 50 };
const running: Running = {
  generation: digest(`sha256:${'1'.repeat(64)}`),
  activation: 1,
  model: linkModel(loaded.model.settings, [stated, close]),
};
const options = { caller: { id: 'c', name: 'C', roles: [] } };
const clock = { now: Date.parse('2026-03-02T09:00:00Z') };
const stopwatch = { now: 0, takes: 3 };
const logged: { readonly [key: string]: Json }[] = [];
let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
let pool: Pool;

/** A kernel whose calls take as long as the stopwatch says, and refuse what is asked by `nothing`. */
function kernel(over: Pool = pool): { readonly service: Service; readonly list: (query: object, ms?: number) => Promise<unknown> } {
  const service = openService({
    pool: over,
    current: () => running,
    clock: () => clock.now,
    stopwatch: () => stopwatch.now,
    log: (entry) => void logged.push(entry),
  });
  const answer = async (value: object): Promise<Answer<never>> => {
    stopwatch.now += stopwatch.takes;
    return { value: value as never, generation: running.generation, replayed: false };
  };
  const calls = service.watched<Pick<Calls, 'get' | 'list' | 'show' | 'operate'>>({
    get: () => answer({ id: 'x' }),
    list: (_at, _entity, query) =>
      answer(query.q === 'refused' ? refuse('invalid', 'no') : query.q === 'late' ? refuse('deadline', 'no') : { items: [], next: null }),
    show: () => answer({ items: [], next: null }),
    operate: () => answer({}),
  });
  return {
    service,
    list: (query, ms = 3) => {
      stopwatch.takes = ms;
      return calls.list(running, stated, query, options);
    },
  };
}
const shapes = async (): Promise<readonly (readonly [string, number])[]> =>
  (await loadReadsSeen(pool, { days: 7, most: 1_000 })).map(({ shape, seen }) => [shape, seen]);

before(async () => {
  server = await startThrowAwayServer();
  await migrateProduct(server.url('owner', 'theseus'));
  pool = openPool(server.url('kernel', 'theseus'), { max: 4, onError: () => {} });
});
afterEach(() => pool.query('delete from theseus.reads_seen; delete from theseus.times_kept'));
after(async () => {
  await pool.end();
  await server.stop();
});

test('two kernels add to the same shape, whatever the values and the order of the fields, and what was refused is not counted', async () => {
  const [one, other] = [kernel(), kernel()];
  const what = (value: string, op = 'eq') => ({ field: 'what', op, value });
  await one.list({ filters: [what('secret tea'), what('x', 'ne')], sort: '-what' }, 3);
  await one.list({ filters: [what('y', 'ne'), what('coffee')], sort: '-what' }, 30);
  await other.list({ filters: [what('milk'), what('z', 'ne')], sort: '-what' }, 3);
  await other.list({ q: 'refused' });
  await Promise.all([one.service.keep(), other.service.keep()]);
  await one.service.keep();
  const [read, ...more] = await seenReads(pool)();
  assert.deepEqual(more, []);
  assert.deepEqual(read, {
    shape: {
      kind: 'list',
      entity: 'e_tick',
      filter: [
        { field: 'f_what', op: 'eq' },
        { field: 'f_what', op: 'ne' },
      ],
      sort: [{ field: 'f_what', descending: true }],
      search: false,
      long: false,
    },
    seen: 3,
    meanMs: 12,
    halfWithinMs: 5,
    mostWithinMs: 50,
  });
  const kept = JSON.stringify((await pool.query('select * from theseus.reads_seen')).rows);
  assert.doesNotMatch(kept, /tea|coffee|milk/);
});

test('callers who ask by ever other shapes fill nothing', async () => {
  const one = kernel();
  for (let each = 0; each < 600; each++) {
    const filters = [...each.toString(2)].map((bit) => ({ field: 'what', op: bit === '0' ? 'lt' : 'gt', value: 'x' }));
    await one.list({ filters, sort: each % 2 === 0 ? 'what' : '-what' });
  }
  await one.list({ filters: [{ field: 'gone', op: 'eq', value: 'x' }] });
  await one.list({});
  await one.service.keep();
  const kept = await shapes();
  assert.ok(kept.length > 0 && kept.length <= 9, String(kept.length));
  assert.ok(
    kept.some(([shape, seen]) => shape.includes('"filter":[]') && shape.includes('"sort":[]') && seen === 1),
    'what is no choice of callers is counted all the same',
  );
  assert.ok(kept.every(([shape]) => !shape.includes('gone')));
});

test('what could not be kept is kept later, once, and a database that is away stops no read', async () => {
  let reach: Pick<Pool, 'query'> = { query: () => Promise.reject(new Error('away')) };
  const through = new Proxy(pool, { get: (_target, name) => Reflect.get(reach, name) });
  const one = kernel(through);
  await one.list({});
  await assert.rejects(one.service.keep());
  await one.list({});
  reach = { query: pool.query.bind(pool) };
  await one.service.keep();
  await one.service.keep();
  assert.deepEqual(
    (await shapes()).map(([, seen]) => seen),
    [2],
  );
});

test('a time that is broken for long enough is told by every kernel, and one slow answer is not', async () => {
  const [one, other] = [kernel(), kernel()];
  await one.list({}, 4_000);
  await one.service.keep();
  assert.deepEqual(
    one.service.times().map(({ broken, seen, late }) => [broken, seen, late]),
    [[false, 1, 1]],
  );
  for (let minute = 0; minute < 6; minute++) {
    clock.now += 60_000;
    for (let each = 0; each < 10; each++) await (each % 2 === 0 ? one : other).list({ q: each === 9 ? 'late' : '' }, each < 8 ? 20 : 70);
    await one.service.look();
    await other.service.look();
  }
  for (const { service } of [one, other]) {
    await service.keep();
    const [time] = service.times();
    assert.deepEqual([time?.entity, time?.withinMs, time?.broken, time?.seen, time?.late], ['ticket', 50, true, 61, 13]);
  }
  assert.equal(logged.filter(({ what }) => what === 'time-broken').length, 2);
  assert.equal(kernel().service.times().length, 0, 'nothing is told before it was looked at');
});

test('what is old goes', async () => {
  await pool.query(
    `insert into theseus.reads_seen select current_date - 40, 'g', 's', 1, 1, '{1}'; insert into theseus.times_kept values ('e', 1, 1, 1, 1)`,
  );
  await kernel().service.keep();
  assert.equal((await pool.query(`select 1 from theseus.reads_seen where shape = 's'`)).rowCount, 0);
  assert.equal((await pool.query(`select 1 from theseus.times_kept where entity = 'e'`)).rowCount, 0);
});
test('many shapes that were asked once leave what is asked often, also of another day', async () => {
  await pool.query(
    `insert into theseus.reads_seen
     select current_date - 1, 'g', 'often', 100, 1, '{1}'::bigint[] union all select current_date, 'g', 'once' || each, 1, 1, '{1}'::bigint[] from generate_series(1, 5) as each`,
  );
  await forgetReadsSeen(pool, 0, 3);
  assert.deepEqual(await shapes(), [
    ['often', 100],
    ['once1', 1],
    ['once2', 1],
  ]);
});
