/**
 * The corpus is what it says: candidates read and pass the type checker, right ones pass their own tests and every witness
 * of their ask, faulty ones fail their witness. Examples run on the store in memory, by the product's own trial runs.
 */
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { after, test } from 'node:test';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { openHosts } from '#hosts';
import type { Json } from '#kernel';
import { printDeclarations, type Example, type SystemReading } from '#model';
import { readSystem } from '#model/read';
import type { ExampleResult } from '#ports';
import { memoryStore } from '#store/memory';
import { asks, bases, faultyByHand, goodByHand, type BaseName, type Candidate } from './hand/every-candidate.ts';
import type { Files, Sources } from './hand/support/texts.ts';

const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
const trial = trialRun({ hosts, begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }) });
const checker = typescriptChecker();
after(async () => {
  await trial.close();
  await checker.close();
  await hosts.close();
});

type Read = Extract<SystemReading, { ok: true }>;
const withFiles = (base: BaseName, ...edits: readonly Files[]): Sources =>
  Object.fromEntries(
    Object.entries({ ...bases[base], ...Object.assign({}, ...edits) } as Files).filter(([, text]) => text !== null),
  ) as Sources;
function read(files: Sources): Read {
  const reading = readSystem(files);
  assert.ok(reading.ok, reading.ok ? '' : reading.problems.map((one) => `${one.path}:${one.line} ${one.message}`).join('\n'));
  return reading;
}
const run = (reading: Read, examples: readonly Example[]): Promise<readonly ExampleResult[]> =>
  trial.run(reading as unknown as Json, examples as unknown as Json);
const failed = (results: readonly ExampleResult[]): readonly string[] =>
  results.filter((one) => !one.passed).map((one) => `${one.name}: ${one.why}`);
const allOf = (reading: Read): readonly Example[] => reading.tests.flatMap((tests) => tests.examples);
async function typed(candidate: Candidate): Promise<readonly string[]> {
  const files = withFiles(candidate.base, candidate.files);
  const sources = Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith('.ts')));
  await checker.open({ ...sources, '.theseus/entities.d.ts': printDeclarations(read(files).model) });
  return (await checker.diagnose(Object.keys(sources))).map((one) => `${one.path}:${one.line} ${one.message}`);
}

test('there are more than a hundred and ten faults, in many ways, each with a name of its own', () => {
  assert.ok(faultyByHand.length >= 110, `${faultyByHand.length}`);
  assert.equal(new Set(faultyByHand.map((one) => one.id)).size, faultyByHand.length);
  assert.ok(new Set(faultyByHand.map((one) => one.way)).size >= 22);
  assert.ok(faultyByHand.filter((one) => one.witness === undefined).length <= faultyByHand.length / 8, 'most can be shown by steps');
});

for (const ask of asks) {
  test(`${ask.id}: the right change reads, type-checks, passes its tests, its acceptance and every witness`, async () => {
    const candidate = goodByHand.find((one) => one.id === ask.id);
    assert.ok(candidate !== undefined);
    const whole = read(withFiles(ask.base, ask.right));
    assert.deepEqual(failed(await run(whole, allOf(whole))), []);
    assert.deepEqual(await typed(candidate), []);
    if (ask.acceptance !== undefined) {
      const accepted = read(withFiles(ask.base, ask.right, { [ask.acceptance.path]: ask.acceptance.text }));
      assert.deepEqual(failed(await run(accepted, allOf(accepted))), []);
    }
    for (const fault of faultyByHand.filter((one) => one.id.startsWith(`${ask.id}/`))) {
      if (fault.witness === undefined) continue;
      const seen = read(withFiles(ask.base, ask.right, { [fault.witness.path]: fault.witness.text }));
      assert.deepEqual(failed(await run(seen, seen.tests.find((one) => one.path === fault.witness?.path)?.examples ?? [])), [], fault.id);
    }
  });
}

for (const fault of faultyByHand) {
  test(`${fault.id} reads, type-checks, and is wrong: ${fault.why}`, async () => {
    const whole = read(withFiles(fault.base, fault.files));
    assert.deepEqual(await typed(fault), []);
    if (process.env['OWN_TESTS'] !== undefined)
      for (const line of failed(await run(whole, allOf(whole)))) console.log(`own tests: ${fault.id}: ${line}`);
    if (fault.witness === undefined) return;
    const seen = read(withFiles(fault.base, fault.files, { [fault.witness.path]: fault.witness.text }));
    const results = await run(seen, seen.tests.find((one) => one.path === fault.witness?.path)?.examples ?? []);
    assert.equal(results.length, 1);
    assert.equal(results[0]?.passed, false, 'the witness shows nothing');
  });
}
