/** Good candidates are good: they read, pass the type checker, and pass their own tests and those that stood there before, which all stay. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bases } from './hand/every-candidate.ts';
import { goodCandidates } from './good/every-good.ts';
import { openTrier, readable, withFiles } from './try-candidate.ts';

const trier = await openTrier();
after(() => trier.close());

test('there are at least two hundred, each with a name of its own', () => {
  assert.ok(goodCandidates.length >= 200, `${goodCandidates.length}`);
  assert.equal(new Set(goodCandidates.map((one) => one.id)).size, goodCandidates.length);
});

for (const kind of new Set(goodCandidates.map((one) => one.kind))) {
  test(`good candidates: ${kind}`, async () => {
    for (const { id, base, files } of goodCandidates.filter((one) => one.kind === kind)) {
      const whole = withFiles(base, files);
      const reading = readable(whole);
      assert.deepEqual(await trier.failing(reading), [], id);
      assert.deepEqual(await trier.typeProblems(whole), [], id);
      const names = new Set(reading.tests.flatMap((tests) => tests.examples.map((one) => one.name)));
      const before = readable(bases[base]).tests.flatMap((tests) => tests.examples.map((one) => one.name));
      if (kind !== 'by-hand') for (const name of before) assert.ok(names.has(name), `${id} lost the example ${name}`);
      assert.ok(names.size > before.length || kind === 'by-hand', `${id} brings no tests`);
    }
  });
}
