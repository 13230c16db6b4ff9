/** What a sentence alters is altered where it says, and nowhere else: stated in the scope, proved outside, told inside, refused where code does more. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type GateInput, proofGateWithin } from '#gates';
import { isRefusal, type Scope } from '#kernel';
import type { GeneratorContext } from '#ports';
import { sentencesGenerator } from '#sentences';
import { openWorkbench, told } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

interface Asked {
  readonly files: { readonly [path: string]: string | null };
  readonly scope: Scope;
}
async function asked(base: GateInput, sentence: string, change: string): Promise<Asked> {
  const context: GeneratorContext = {
    reading: base.reading as never,
    sources: base.files,
    count: async () => 0,
    change,
    today: '2026-11-23',
  };
  const understood = await sentencesGenerator.understand(sentence, context);
  assert.ok(understood.kind === 'understood', JSON.stringify(understood));
  const generated = await sentencesGenerator.generate(understood.plan, context);
  assert.ok(!isRefusal(generated));
  return { files: generated.files, scope: understood.scope };
}
const first = await asked(bench.base, 'Orders of gold customers get 10% off', 'ch_1');
const discounted = await bench.input({ ...bench.base.files, ...(first.files as { readonly [path: string]: string }) });
const further = await asked(discounted, 'Orders over 500 get 5% off', 'ch_2');
const rule = 'rules/order-discount.ts';
/** So that a busy machine decides nothing. */
const patient = proofGateWithin({ statementMs: 30_000, allMs: 60_000 });

test('a first discount alters nothing that was decided: no region', () => assert.equal(first.scope.region, undefined));

test('a further discount names its region, and no row of the data, no earlier test but those that it makes untrue', () => {
  assert.deepEqual(Object.keys(further.scope.regions ?? {}), ['rule/orderDiscount', 'entity/order#field/discount']);
  assert.match(further.scope.region ?? '', /^the subtotal is more than 500/);
  assert.deepEqual(further.scope.data, []);
  assert.ok(
    further.scope.tests?.every((name) => name.startsWith('entity/order#')),
    JSON.stringify(further.scope.tests),
  );
});

test('outside it all is as it was, for every row; inside, what was given and what is given now are told', async () => {
  const result = await bench.run(further.files, further.scope, discounted);
  assert.ok(result.passed, told(result));
  const { findings } = await bench.one(patient, further.files, further.scope, discounted);
  const [outside, inside] = [
    /^Where it does not hold that the subtotal is more than 500/,
    /^Where it holds that the subtotal is more than 500/,
  ].map((why) => findings.find(({ statement }) => why.test(statement)));
  assert.deepEqual([outside?.verdict, outside?.shownBy], ['pass', 'proved'], JSON.stringify(findings));
  assert.match(inside?.statement ?? '', /orderDiscount may give something else, as for this row: 0\.00 before, \d+\.\d\d now$/);
  assert.equal(inside?.verdict, 'pass');
});

test('refused: code that gives something else to a row outside', async () => {
  const text = further.files[rule] ?? '';
  const wider = text.replace(/(?<=> money\('|> )500/, '400');
  assert.notEqual(wider, text);
  const { verdict, findings } = await bench.one(patient, { ...further.files, [rule]: wider }, further.scope, discounted);
  assert.equal(verdict, 'fail', JSON.stringify(findings));
  const found = findings.find((one) => one.verdict === 'fail');
  assert.match(found?.statement ?? '', /not so for this row, which the change does not name: 0\.00 before, \d+\.\d\d now$/);
});
