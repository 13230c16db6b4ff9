import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { job, openBench, shop } from './bench.ts';

const bench = await openBench();
after(() => bench.close());

const hour = 3_600_000;
const day = 24 * hour;
const at = (text: string): void => void (bench.clock.now = Date.parse(text));
/** The job of the moment, with nothing owed and nothing logged from the test before. */
async function served(...parts: readonly { readonly [path: string]: string }[]): Promise<void> {
  await bench.query('delete from theseus.deliveries');
  await bench.query('delete from theseus.hours');
  delete bench.trouble.next;
  await bench.serve(Object.assign({ ...shop }, ...parts));
  await bench.unasked.settle();
  bench.logged.length = 0;
}
const dueOnes = async (): Promise<readonly string[]> =>
  (await bench.deliveries()).map(({ given, state }) => `${new Date(Number(given['due'])).toISOString().slice(0, 16)} ${state}`);
const skipped = async (): Promise<number> =>
  Number((await bench.query<{ skipped: string }>('select skipped from theseus.instants'))[0]?.skipped);
const nightly = (catchUp: string, more = ''): { readonly [path: string]: string } =>
  job('nightly', `cron: '0 6 * * *', catchUp: '${catchUp}'`, 'log({ due, dueDay });', more);

test('a job runs once for each instant of its schedule, by the clock of its zone, and is told which', async () => {
  at('2026-03-02T09:00:00Z');
  await served(job('morning', "cron: '0 6 * * *', timeZone: 'America/New_York', catchUp: 'last'", 'log({ due, dueDay, now });'));
  for (const moment of [
    '2026-03-02T10:59:59Z',
    '2026-03-02T11:00:00Z',
    '2026-03-02T11:00:01Z',
    '2026-03-03T10:59:59Z',
    '2026-03-03T11:00:05Z',
  ]) {
    at(moment);
    await bench.unasked.settle();
  }
  assert.deepEqual(bench.logged, [
    { due: Date.parse('2026-03-02T11:00:00Z'), dueDay: '2026-03-02', now: Date.parse('2026-03-02T11:00:00Z') },
    { due: Date.parse('2026-03-03T11:00:00Z'), dueDay: '2026-03-03', now: Date.parse('2026-03-03T11:00:05Z') },
  ]);
});

test('after the system was down a job makes up for none, the last, or all of what passed, as it says', async () => {
  const expected: { readonly [catchUp: string]: { readonly ran: readonly string[]; readonly skipped: number } } = {
    none: { ran: [], skipped: 3 },
    last: { ran: ['2026-03-12T05:00 done'], skipped: 2 },
    all: { ran: ['2026-03-10T05:00 done', '2026-03-11T05:00 done', '2026-03-12T05:00 done'], skipped: 0 },
  };
  for (const [catchUp, { ran, skipped: left }] of Object.entries(expected)) {
    at('2026-03-09T12:00:00Z');
    await served({});
    await served(nightly(catchUp));
    bench.clock.now += 3 * day;
    await bench.unasked.settle();
    assert.deepEqual(await dueOnes(), ran, catchUp);
    assert.equal(await skipped(), left, catchUp);
    at('2026-03-13T05:00:10Z');
    await bench.unasked.settle();
    assert.deepEqual(await dueOnes(), [...ran, '2026-03-13T05:00 done'], catchUp);
  }
});

test('what is made up for has a bound: the last hundred, the rest is skipped and counted', async () => {
  at('2026-01-01T00:00:00Z');
  await served(job('often', "cron: '*/10 * * * *', catchUp: 'all'", 'log(due);'));
  bench.clock.now += 10 * day;
  await bench.unasked.settle();
  const ran = await dueOnes();
  assert.equal(ran.length, 100);
  assert.equal(ran.at(-1), '2026-01-11T00:00 done');
  assert.ok((await skipped()) >= 1);
});

test('a skipped hour is made up for once, a doubled hour runs once', async () => {
  at('2026-03-28T12:00:00Z');
  await served(job('night', "cron: '30 2 * * *', timeZone: 'Europe/Berlin', catchUp: 'all'", 'log(due);'));
  at('2026-03-30T12:00:00Z');
  await bench.unasked.settle();
  assert.deepEqual(await dueOnes(), ['2026-03-29T01:00 done', '2026-03-30T00:30 done']);
  at('2026-10-24T12:00:00Z');
  await served({});
  await served(job('night', "cron: '30 2 * * *', timeZone: 'Europe/Berlin', catchUp: 'all'", 'log(due);'));
  at('2026-10-26T12:00:00Z');
  await bench.unasked.settle();
  assert.deepEqual(await dueOnes(), ['2026-10-25T00:30 done', '2026-10-26T01:30 done']);
});

test('one run of a job at a time: the next waits, and where it may, is skipped', async () => {
  const often = (catchUp: string): { readonly [path: string]: string } =>
    job('often', `cron: '* * * * *', catchUp: '${catchUp}'`, 'log(due);');
  for (const [catchUp, waiting] of [
    ['none', 0],
    ['last', 1],
    ['all', 3],
  ] as const) {
    at('2026-03-02T09:00:30Z');
    await served({});
    await served(often(catchUp));
    let entered: (() => void) | undefined;
    const inside = new Promise<void>((done) => (entered = done));
    let leave: (() => void) | undefined;
    const gone = new Promise<void>((done) => (leave = done));
    bench.trouble.next = async () => {
      entered?.();
      await gone;
    };
    bench.clock.now += 60_000;
    const first = bench.unasked.settle();
    await inside;
    // Its time is not over, however far the clock is set.
    await bench.query("update theseus.deliveries set leased_until = leased_until + interval '1 day' where state = 'running'");
    const other = bench.another();
    for (let minute = 0; minute < 3; minute += 1) {
      bench.clock.now += 60_000;
      await other.settle();
    }
    const states = (await bench.deliveries()).map(({ state }) => state);
    assert.deepEqual(states, ['running', ...Array.from({ length: waiting }, () => 'waiting')], catchUp);
    // The run itself took no time.
    const later = bench.clock.now;
    bench.clock.now -= 3 * 60_000;
    leave?.();
    await first;
    bench.clock.now = later;
    await bench.unasked.settle();
    assert.deepEqual(
      (await bench.deliveries()).map(({ state }) => state),
      states.map(() => 'done'),
      catchUp,
    );
  }
});

test('of several kernels each instant is run by one', async () => {
  at('2026-03-02T09:00:30Z');
  await served({});
  await served(job('each', "cron: '* * * * *', catchUp: 'all'", 'log(due);'));
  const kernels = [bench.unasked, bench.another(), bench.another()];
  for (let minute = 0; minute < 5; minute += 1) {
    bench.clock.now += 60_000;
    await Promise.all(kernels.map((kernel) => kernel.settle()));
  }
  await bench.unasked.settle();
  assert.equal(bench.logged.length, 5);
  assert.equal(new Set(bench.logged).size, 5);
});

test('another schedule begins anew: nothing of the time before it is made up for', async () => {
  at('2026-03-02T09:00:00Z');
  await served({});
  await served(job('moved', "cron: '0 0 1 1 *', catchUp: 'all'", 'log(due);'));
  bench.clock.now += 30 * day;
  await bench.unasked.settle();
  await served(job('moved', "cron: '0 * * * *', catchUp: 'all'", 'log(due);'));
  assert.deepEqual(await dueOnes(), []);
  bench.clock.now += hour;
  await bench.unasked.settle();
  assert.equal((await dueOnes()).length, 1);
});

test('a job that a rollback took back runs no more, and what it still owed is stopped and told', async () => {
  at('2026-03-02T09:00:30Z');
  await served({});
  await served(job('gone', "cron: '* * * * *', catchUp: 'all'", "refuse('conflict', 'Not yet.');"));
  bench.clock.now += 60_000;
  await bench.unasked.settle();
  assert.deepEqual(
    (await bench.deliveries()).map(({ state }) => state),
    ['waiting'],
  );
  await bench.serve(shop);
  bench.clock.now += 10 * 60_000;
  await bench.unasked.settle();
  const [stopped, ...more] = await bench.deliveries();
  assert.deepEqual([stopped?.state, more.length], ['stopped', 0]);
  assert.match(stopped?.why ?? '', /The generation that serves has no job\/gone/);
});
