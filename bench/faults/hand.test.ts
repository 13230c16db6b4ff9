/**
 * The corpus is what it says: candidates read and pass the type checker, right ones pass their own tests and every witness
 * of their ask, faulty ones fail their witness.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { asks, faultyByHand } from './hand/every-candidate.ts';
import { examplesAt, openTrier, readable, withFiles } from './try-candidate.ts';

const trier = await openTrier();
after(() => trier.close());

test('there are more than a hundred and ten faults, in many ways, each with a name of its own', () => {
  assert.ok(faultyByHand.length >= 110, `${faultyByHand.length}`);
  assert.equal(new Set(faultyByHand.map((one) => one.id)).size, faultyByHand.length);
  assert.ok(new Set(faultyByHand.map((one) => one.way)).size >= 22);
  assert.ok(faultyByHand.filter((one) => one.witness === undefined).length <= faultyByHand.length / 8, 'most can be shown by steps');
});

for (const ask of asks) {
  test(`${ask.id}: the right change reads, type-checks, passes its tests, its acceptance and every witness`, async () => {
    const files = withFiles(ask.base, ask.right);
    assert.deepEqual(await trier.failing(readable(files)), []);
    assert.deepEqual(await trier.typeProblems(files), []);
    if (ask.acceptance !== undefined) {
      const accepted = readable(withFiles(ask.base, ask.right, { [ask.acceptance.path]: ask.acceptance.text }));
      assert.deepEqual(await trier.failing(accepted), []);
    }
    for (const { id, witness } of faultyByHand.filter((one) => one.id.startsWith(`${ask.id}/`))) {
      if (witness === undefined) continue;
      const seen = readable(withFiles(ask.base, ask.right, { [witness.path]: witness.text }));
      assert.deepEqual(await trier.failing(seen, examplesAt(seen, witness.path)), [], id);
    }
  });
}

for (const { id, base, files, why, witness } of faultyByHand) {
  test(`${id} reads, type-checks, and is wrong: ${why}`, async () => {
    const whole = withFiles(base, files);
    assert.deepEqual(await trier.typeProblems(whole), []);
    if (process.env['OWN_TESTS'] !== undefined)
      for (const line of await trier.failing(readable(whole))) console.log(`own tests: ${id}: ${line}`);
    if (witness === undefined) return;
    const seen = readable(withFiles(base, files, { [witness.path]: witness.text }));
    const failing = await trier.failing(seen, examplesAt(seen, witness.path));
    assert.equal(failing.length, 1, 'the witness shows nothing');
  });
}
