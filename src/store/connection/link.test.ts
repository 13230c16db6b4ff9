import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwayServer } from '../server/throw-away-server.ts';
import { Link, type Manner } from './link.ts';
import { chosenStatement, statement } from './statement.ts';

let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
before(async () => {
  server = await startThrowAwayServer();
});
after(() => server.stop());

const places = 500;
const kept = statement('select name from pg_prepared_statements');
const shape = (number: number): ReturnType<typeof statement> => chosenStatement(`select $1::integer * 10000 + ${number}`);
async function answersOf(link: Link, numbers: readonly number[]): Promise<readonly number[]> {
  const answers = await Promise.all(numbers.map((number) => link.run(shape(number), [7])));
  return answers.map(({ rows }) => Number(rows[0]?.[0]) - 70_000);
}
const upTo = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, at) => from + at);
async function onLink(manner: Manner, work: (link: Link) => Promise<void>): Promise<void> {
  const link = await Link.open(server.url('data', 'theseus'), 'link test', manner);
  try {
    await work(link);
  } finally {
    await link.close();
  }
}

test('however many statements callers choose, a connection keeps a number of them, answers each rightly and goes on', async () => {
  for (const manner of ['each', 'gathered'] as const)
    await onLink(manner, async (link) => {
      const numbers = upTo(3 * places);
      assert.deepEqual(await answersOf(link, numbers), numbers);
      // The first ones gave their places away; what was asked last is there, and both are answered in one breath.
      const mixed = numbers.flatMap((number) => [number, numbers.length - 1 - number]).slice(0, 3 * places);
      assert.deepEqual(await answersOf(link, mixed), mixed);
      const { rows } = await link.run(kept, []);
      assert.ok(rows.length <= places + 1, `${rows.length} statements are kept`);
      assert.equal(link.spent, false);
    });
});

test('what is used stays, and what the model alone asks for gives its place to nothing that callers choose', async () => {
  await onLink('each', async (link) => {
    await link.run(statement('select 1'), []);
    await answersOf(link, [0]);
    const places0 = new Set((await link.run(kept, [])).rows.map(([name]) => String(name)));
    assert.ok(places0.has('c0') && places0.has(statement('select 1').name));
    for (const from of [1, 400, 800]) assert.deepEqual(await answersOf(link, [0, ...upTo(400, from), 0]), [0, ...upTo(400, from), 0]);
    const { rows } = await link.run(statement(`select statement from pg_prepared_statements where name in ('c0', $1)`), [
      statement('select 1').name,
    ]);
    assert.deepEqual(rows.map(([text]) => String(text)).toSorted(), ['select $1::integer * 10000 + 0', 'select 1']);
  });
});

test('a failure between statements that change places costs none of the others its answer', async () => {
  await onLink('gathered', async (link) => {
    await answersOf(link, upTo(places));
    const failing = chosenStatement('select 1 / ($1::integer - 7)');
    const asked = [...upTo(20, 10_000), -1, ...upTo(20, 10_010), -1, ...upTo(20)];
    const answers = await Promise.allSettled(asked.map((number) => link.run(number < 0 ? failing : shape(number), [7])));
    for (const [at, answer] of answers.entries())
      if (asked[at] === -1) assert.equal(answer.status, 'rejected');
      else assert.equal(answer.status === 'fulfilled' && Number(answer.value.rows[0]?.[0]), 70_000 + (asked[at] ?? 0));
    assert.deepEqual(await answersOf(link, upTo(2 * places)), upTo(2 * places));
    assert.ok((await link.run(kept, [])).rows.length <= places + 1);
  });
});
