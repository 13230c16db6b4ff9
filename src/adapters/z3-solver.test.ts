/** The solver's threads: limits hold, a thread that hangs or dies is replaced, nothing of one script reaches the next. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z3Solver } from './z3-solver.ts';

const solver = z3Solver({ threads: 1 });
after(() => solver.close());
await solver.warm();
const limit = { milliseconds: 2_000, effort: 5_000_000 };
/** Sums of cubes: nobody decides that in a moment. */
const hard =
  '(declare-const x Int)(declare-const y Int)(declare-const z Int)(assert (and (< 1 x) (< 1 y) (= (+ (* x x x) (* y y y)) (* z z z))))';

test('satisfied with a model, or not', async () => {
  const sat = await solver.solve('(declare-const x Int)(assert (< 5 x 7))', limit);
  assert.equal(sat.verdict, 'sat');
  assert.match(sat.model ?? '', /define-fun x \(\) Int\s+6/);
  assert.deepEqual(await solver.solve('(declare-const x Int)(assert (< x x))', limit), { verdict: 'unsat' });
});

test('nothing of one script is there for the next', async () => {
  await solver.solve('(declare-const x Int)(assert (= x 1))', limit);
  assert.equal((await solver.solve('(assert (= x 2))', limit)).verdict, 'unknown');
  assert.equal((await solver.solve('(declare-const x Int)(assert (= x 2))', limit)).verdict, 'sat');
});

test('a script that is too hard is unknown by its own limits, and the next has limits of its own', async () => {
  assert.equal((await solver.solve(hard, { milliseconds: 60_000, effort: 50_000 })).verdict, 'unknown');
  assert.equal((await solver.solve(hard, { milliseconds: 50, effort: 2_000_000_000 })).verdict, 'unknown');
  assert.equal((await solver.solve('(declare-const x Int)(assert (< x x))', limit)).verdict, 'unsat');
});

test('a thread that does not end by itself is ended from outside, one that dies is replaced, what they were asked is unknown', async () => {
  const program = (text: string): URL =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ ready: true }); parentPort.on('message', () => { ${text} });`)}`,
    );
  for (const [text, why] of [
    ['for (;;) {}', /ended after 20 ms/],
    ["throw new Error('broken')", /died: broken/],
    ['process.exit(1)', /died/],
  ] as const) {
    const broken = z3Solver({ threads: 1, entry: program(text), grace: 100 });
    for (let at = 0; at < 2; at++) {
      const answer = await broken.solve('', { milliseconds: 20, effort: 1 });
      assert.equal(answer.verdict, 'unknown');
      assert.match(answer.why ?? '', why);
    }
    await broken.close();
  }
});

test('after it was closed, everything is unknown', async () => {
  const closed = z3Solver({ threads: 1 });
  await closed.close();
  assert.deepEqual(await closed.solve('', limit), { verdict: 'unknown', why: 'the solver is closed' });
});

test('a thread that has nothing to do is ended, and the next question opens one', async () => {
  const brief = z3Solver({ threads: 1, idleMs: 1 });
  await brief.warm();
  assert.equal((await brief.solve('(declare-const x Int)(assert (< x x))', limit)).verdict, 'unsat');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await brief.solve('(declare-const x Int)(assert (< x x))', { ...limit, milliseconds: 10_000 })).verdict, 'unsat');
  await brief.close();
});
