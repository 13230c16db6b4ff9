/** Sequences of what callers do: what is right for each single call and wrong one after the other is refused, with the fewest steps as witness. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { examplesGate, propertiesGate } from '#gates';
import type { Evidence } from '#kernel';
import type { Example } from '#model';
import { openWorkbench, scopeOf, told, verdictOf } from './engines.ts';
import { found, gives, onlyHolder, onlyOpen, release, releaseTests, reservationFiles, reserve, takes } from './specimens/reservations.ts';

const bench = await openWorkbench();
after(() => bench.close());
const base = await bench.input(reservationFiles);
const releasing = scopeOf(['operation/release']);

interface Witness {
  readonly component: string;
  readonly sequence: Example;
}
const looked = (edits: { readonly [path: string]: string }, on = base): Promise<Evidence> =>
  bench.one(propertiesGate, edits, releasing, on);
function refused({ findings }: Evidence, why: RegExp): Witness {
  const [finding] = findings;
  assert.equal(finding?.verdict, 'fail', JSON.stringify(findings));
  assert.match(finding?.statement ?? '', why);
  return finding?.witness as unknown as Witness;
}

test('accepted: an operation that keeps what is promised; it says what was run, and with what bound', async () => {
  const polite = {
    'operations/release.ts': release(onlyOpen.replace('It is released already.', 'This is released already.') + onlyHolder + gives),
  };
  const result = await looked(polite);
  assert.equal(result.verdict, 'pass', JSON.stringify(result.findings));
  const said = result.findings.find(({ statement }) => statement.startsWith('release keeps what is stated of rows'));
  assert.match(
    said?.bound ?? '',
    /^14 sequences, \d+ steps by callers in turn, \d+ runs answered and \d+ refused, seed -?\d+; at 95% fewer than 19\.3%/,
  );
  assert.deepEqual((await looked(polite)).findings, result.findings, 'the same candidate meets the same sequences');
});

test('refused: right for each single call, and wrong where it is called twice; no other gate sees it', async () => {
  const result = await bench.run({ 'operations/release.ts': release(onlyHolder + gives) }, releasing, base);
  const { component, sequence } = refused(
    verdictOf(result, 'properties') ?? assert.fail(told(result)),
    /^operation\/release: owner creates item .*; then "what was delivered is in stock or reserved" does not hold of /,
  );
  assert.equal(component, 'operation/release');
  assert.ok(sequence.open === true && sequence.steps.length <= 4, JSON.stringify(sequence.steps));
  for (const gate of ['types', 'contract', 'examples', 'security'] as const)
    assert.equal(verdictOf(result, gate)?.verdict, 'pass', `${gate} sees nothing of it`);
});

test('refused: right for one caller, and wrong where two take turns', async () => {
  const { sequence } = refused(
    await looked({ 'operations/release.ts': release(onlyOpen + gives) }),
    /"nobody releases what another holds" does not hold of /,
  );
  assert.ok(sequence.steps.length <= 3, JSON.stringify(sequence.steps));
  assert.ok(sequence.steps.some((step) => 'by' in step && step.by !== undefined));
});

test('refused: a body that breaks once enough was done before', async () => {
  const fragile = reserve(
    takes.replace('    return', "    if (item.stock + 1 < item.delivered) throw new Error('so little');\n    return"),
  );
  refused(await looked({ 'operations/reserve.ts': fragile }), /^operation\/reserve: .*reserve.*; then it breaks: .*so little/);
});

test('a promise that is new is held against the operations that are there', async () => {
  const careless = await bench.input({
    ...reservationFiles,
    'operations/release.ts': release(gives),
    'operations/release.test.ts': releaseTests({ promised: [] }),
  });
  refused(await looked({ 'operations/release.test.ts': releaseTests() }, careless), /^operation\/release: .*does not hold of /);
});

test('what was found is kept as a test: the next candidate meets it first, whatever its own sequences are', async () => {
  const known = await bench.input({ ...reservationFiles, 'operations/release.test.ts': releaseTests({ more: found }) });
  const { sequence } = refused(
    await looked({ 'operations/release.ts': release(onlyHolder + gives) }, known),
    /^operation\/release, as was found before: /,
  );
  assert.equal(sequence.name, 'found: released twice');
  const good = { 'operations/release.ts': release(onlyOpen.replace('It is', 'This is') + onlyHolder + gives) };
  const said = (await looked(good, known)).findings.find(({ statement }) => statement.startsWith('release keeps'));
  assert.match(said?.bound ?? '', /^15 sequences, .* 1 of them found earlier/);
});

test('refused by examples: a sequence that was found is taken out or altered', async () => {
  const known = await bench.input({ ...reservationFiles, 'operations/release.test.ts': releaseTests({ more: found }) });
  for (const more of ['', found.replace("on: 'mine', by: 'clerk'", "on: 'mine', by: 'owner'")]) {
    const examples = await bench.one(examplesGate, { 'operations/release.test.ts': releaseTests({ more }) }, releasing, known);
    assert.equal(examples.verdict, 'fail');
    assert.match(examples.findings[0]?.statement ?? '', /"found: released twice" .* keep it as it was/);
  }
});
