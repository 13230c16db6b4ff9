/** The solver's threads: limits hold, a thread that hangs or dies is replaced, nothing of one script reaches the next. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Worker } from 'node:worker_threads';
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

test('each of many scripts is read as it was written', async () => {
  for (let at = 0; at < 60; at++) {
    const { verdict, model } = await solver.solve(`(declare-const x Int)(assert (< ${at} x ${at + 2}))`, limit);
    assert.deepEqual([verdict, /define-fun x \(\) Int\s+(\d+)/.exec(model ?? '')?.[1]], ['sat', String(at + 1)]);
  }
});

test('a script that is too hard is unknown by its own limits, and the next has limits of its own', async () => {
  assert.equal((await solver.solve(hard, { milliseconds: 60_000, effort: 50_000 })).verdict, 'unknown');
  assert.equal((await solver.solve(hard, { milliseconds: 50, effort: 2_000_000_000 })).verdict, 'unknown');
  assert.equal((await solver.solve('(declare-const x Int)(assert (< x x))', limit)).verdict, 'unsat');
});

test('what waits does not wait for a thread that is starting, where another one is at work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'solver-'));
  // The first of its threads is ready at once, a second one never.
  const program = `import { mkdirSync } from 'node:fs'; import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => parentPort.postMessage({ verdict: 'unsat' }));
    try { mkdirSync(${JSON.stringify(join(folder, 'first'))}); parentPort.postMessage({ ready: true }); } catch {}`;
  const two = z3Solver({ threads: 2, entry: new URL(`data:text/javascript,${encodeURIComponent(program)}`) });
  await two.warm();
  const answers = await Promise.all(Array.from({ length: 4 }, () => two.solve('', limit)));
  assert.deepEqual([...new Set(answers.map(({ verdict }) => verdict))], ['unsat']);
  await two.close();
  await rm(folder, { recursive: true });
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

test('Z3 itself, when it does not heed its limit, is ended from outside; the next question meets a thread of its own', async () => {
  const heedless = `(set-option :timeout 600000)(set-option :rlimit 0)${hard}`;
  const one = z3Solver({ threads: 1, grace: 50 });
  await one.warm();
  const began = performance.now();
  assert.deepEqual(await one.solve(heedless, { milliseconds: 150, effort: 1 }), {
    verdict: 'unknown',
    why: 'the solver was ended after 150 ms',
  });
  assert.ok(performance.now() - began < 30_000);
  assert.equal((await one.solve('(declare-const x Int)(assert (< x x))', limit)).verdict, 'unsat');
  await one.close();
});

test('a thread of Z3 that dies under a question leaves it unknown, and those that wait are answered by another', async () => {
  const workers: Worker[] = [];
  const note = (worker: Worker): void => void workers.push(worker);
  process.on('worker', note);
  const one = z3Solver({ threads: 1 });
  await one.warm();
  const asked = one.solve(hard, { milliseconds: 60_000, effort: 2_000_000_000 });
  const waiting = one.solve('(declare-const x Int)(assert (< x x))', { ...limit, milliseconds: 10_000 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(workers.length, 1);
  await workers[0]?.terminate();
  assert.deepEqual(await asked, { verdict: 'unknown', why: 'the solver died' });
  assert.equal((await waiting).verdict, 'unsat');
  assert.equal(workers.length, 2);
  process.off('worker', note);
  await one.close();
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
