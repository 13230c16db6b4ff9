/** What a sentence alters is altered where it says, and nowhere else: stated in the scope, proved outside, told inside, refused where code does more. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type GateInput, proofGateWithin } from '#gates';
import { type Finding, isRefusal, type Scope } from '#kernel';
import type { RegionRead } from '#model';
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

test('a first discount alters the total where its condition holds, and nowhere else: named, proved, and refused where its code does more', async () => {
  assert.deepEqual(Object.keys(first.scope.regions ?? {}), ['entity/order#field/total']);
  assert.match(first.scope.region ?? '', /the tier of the customer is gold/);
  const { findings } = await bench.one(patient, first.files, first.scope);
  const outside = findings.find(({ statement }) => /^Where it does not hold that .*gold.*order\.total gives what it gave$/.test(statement));
  assert.deepEqual([outside?.verdict, outside?.shownBy], ['pass', 'proved'], JSON.stringify(findings));
  const others = (first.files[rule] ?? '').replace("=== 'gold'", "!== 'gold'");
  assert.notEqual(others, first.files[rule]);
  const { verdict, findings: found } = await bench.one(patient, { ...first.files, [rule]: others }, first.scope);
  assert.equal(verdict, 'fail');
  assert.match(
    found.map(({ statement }) => statement).join('\n'),
    /order\.total gives what it gave: not so for this row, which the change does not name: \S+ before, \S+ now/,
  );
});

test('what is defined anew says where: under the condition that both definitions share, or for every row', async () => {
  const due = await asked(discounted, 'An order is large when its total is over 1000 and its status is open', 'ch_3');
  assert.equal(due.scope.regions, undefined, 'a formula that is new alters none');
  const large = await bench.input({ ...discounted.files, ...(due.files as { readonly [path: string]: string }) });
  const narrower = await asked(large, 'An order is large when its total is over 2000 and its status is open', 'ch_4');
  assert.match(narrower.scope.region ?? '', /^the status is open and /);
  const wholly = await asked(large, 'The subtotal of an order is the largest unit price of its lines', 'ch_5').catch(() => undefined);
  if (wholly !== undefined) assert.match(wholly.scope.region ?? '', /it is any row at all/);
});

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

/** The further discount, handed in with a region of its author's own. */
const handedIn = (regions: Scope['regions']): Scope => {
  const { region: _said, regions: _read, ...scope } = further.scope;
  return { ...scope, ...(regions === undefined ? {} : { regions }) };
};
const findingsOf = async (scope: Scope): Promise<readonly Finding[]> =>
  (await bench.one(patient, further.files, scope, discounted)).findings;
const failures = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ verdict }) => verdict === 'fail').map(({ statement }) => statement);

test('a region that is stated as a condition holds code as well, and of what calls the rule', async () => {
  const findings = await findingsOf(
    handedIn({ 'rule/orderDiscount': "order.subtotal > money('500.00') || order.subtotal < money('0.00')" }),
  );
  assert.deepEqual(failures(findings), []);
  const outside = findings.find(({ statement }) =>
    /^Where it does not hold that the subtotal is more than 500.*orderDiscount/.test(statement),
  );
  assert.deepEqual([outside?.verdict, outside?.shownBy], ['pass', 'proved'], JSON.stringify(findings));
  assert.ok(!findings.some(({ wide }) => wide), JSON.stringify(findings));
});

test('refused: a region that is too small, with a row outside of it', async () => {
  const findings = await findingsOf(handedIn({ 'rule/orderDiscount': "(row) => row.subtotal > money('900.00')" }));
  assert.match(failures(findings).join(), /not so for this row, which the change does not name: 0\.00 before, \d+\.\d\d now/);
});

test('a region of every row, and none at all, hold nothing: that is said, never shown, and counts as wide', async () => {
  for (const [regions, said] of [
    [{ 'rule/orderDiscount': "order.subtotal >= money('0.00') || order.subtotal < money('0.00')" }, /holds for every row/],
    [undefined, /For which rows orderDiscount may give something else is not stated/],
  ] as const) {
    const findings = await findingsOf(handedIn(regions));
    const found = findings.find(({ statement }) => said.test(statement));
    assert.deepEqual([found?.verdict, found?.shownBy, found?.wide], ['pass', 'not-shown', true], JSON.stringify(findings));
    assert.ok(!findings.some(({ statement }) => statement.startsWith('Where it does not hold')));
  }
});

test('where no rows are there, made-up ones of every size tell what nearly everything meets from a threshold', async () => {
  const share = async (region: string): Promise<readonly [number, Finding]> => {
    const found = (await findingsOf(handedIn({ 'rule/orderDiscount': region }))).find(({ covers }) => covers !== undefined);
    assert.ok(found?.covers?.made === true && found.covers.of >= 100, JSON.stringify(found));
    return [found.covers.rows / found.covers.of, found];
  };
  const [wide, told] = await share("order.subtotal > money('0.01')");
  assert.match(told.statement, /^The region that is stated of orderDiscount covers 1\d\d of 150 orders that were made up \(9\d%\)$/);
  assert.deepEqual([told.verdict, told.shownBy, told.wide], ['pass', 'tested', undefined]);
  assert.match(told.bound ?? '', /^seed .*rows that are there could not be asked$/);
  assert.ok(wide >= 0.8, String(wide));
  assert.ok((await share("order.status !== 'cancelled' || count(order.lines) >= 0"))[0] === 1);
  assert.ok((await share("order.subtotal > money('500.00')"))[0] < 0.8);
  assert.ok((await share("order.customer.name === 'Ada'"))[0] < 0.3);
  assert.ok((await share("order.customer.name !== 'Ada'"))[0] >= 0.8, 'all but one name');
  assert.ok((await share('false'))[0] === 0);
});

test('a formula that is called otherwise now is held to the region as well', async () => {
  const called = (text: string): { readonly [path: string]: string } => ({
    'entities/order.ts': text.replace('    total: money({', '    worth: money({'),
    ...Object.fromEntries(
      ['entities/order.test.ts', 'operations/place-order.test.ts'].map((path) => [
        path,
        (bench.base.files[path] ?? '').replaceAll(/\btotal: '/g, "worth: '"),
      ]),
    ),
  });
  const text = bench.base.files['entities/order.ts'] ?? '';
  const twice = text.replace('line.quantity * line.unitPrice', 'line.quantity * line.unitPrice * 2');
  const looked = async (order: string): Promise<readonly Finding[]> => {
    const scope: Scope = { components: ['entity/order'], members: ['entity/order'], regions: { 'entity/order#field/worth': 'false' } };
    return (await bench.one(patient, called(order), scope)).findings;
  };
  assert.deepEqual(failures(await looked(text)), []);
  assert.match(failures(await looked(twice)).join(), /order\.worth gives what it gave: not so for this row/);
});

test('of more findings than are kept, what a person is asked by is kept', async () => {
  const many = Array.from(
    { length: 120 },
    (_, at) => `  property('p${at}', { on: 'order', holds: (order: Row<'order'>) => count(order.lines) >= -${at} }),\n`,
  );
  const tests = 'entities/order.test.ts';
  const text = (further.files[tests] ?? discounted.files[tests] ?? '')
    .replace(/\n\]\);\s*$/, `\n${many.join('')}]);\n`)
    .replace(
      /import \{([^}]*)\} from 'theseus\/sdk'/,
      (_, names: string) =>
        `import { ${[...new Set([...names.split(',').map((name) => name.trim()), 'count', 'property', 'type Row'])].filter(Boolean).join(', ')} } from 'theseus/sdk'`,
    );
  const scope = handedIn({ 'rule/orderDiscount': "order.subtotal >= money('0.00') || order.subtotal < money('0.00')" });
  const { findings } = await bench.one(patient, { ...further.files, [tests]: text }, scope, discounted);
  assert.equal(findings.length, 100);
  assert.ok(findings.some(({ wide }) => wide === true) && findings.some(({ covers }) => covers !== undefined));
});

test('refused: a region that cannot be computed names no row', async () => {
  const beyond = "order.subtotal * 1000000000 * 1000000000 * 1000000000 > money('1.00')";
  for (const region of [beyond, `!(${beyond})`]) {
    const findings = await findingsOf(handedIn({ 'rule/orderDiscount': region }));
    assert.ok(!findings.some(({ statement, verdict }) => verdict === 'pass' && statement.startsWith('Where it does not hold')), region);
  }
});

test('a region that names what the change itself defines anew is said to be another, and counts as wide', async () => {
  for (const region of ["orderDiscount(order) > money('0.00')", "order.discount > money('0.00')"]) {
    const findings = await findingsOf(
      handedIn({ 'rule/orderDiscount': "order.subtotal > money('500.00')", 'entity/order#field/discount': region }),
    );
    const found = findings.filter(({ wide }) => wide);
    assert.match(found[0]?.statement ?? '', /stated of entity\/order#field\/discount .* names what the change itself defines anew/);
    assert.deepEqual([found.length, found[0]?.shownBy], [1, 'not-shown'], region);
  }
});

test('a field is held to the region that is stated of it, whatever is stated of the rule that it calls', async () => {
  const narrow = "order.subtotal > money('900.00')";
  const findings = await findingsOf(
    handedIn({ 'rule/orderDiscount': "order.subtotal > money('500.00')", 'entity/order#field/discount': narrow }),
  );
  assert.match(failures(findings).join(), /order\.discount gives what it gave: not so for this row/);
});

test('refused: a region that cannot be read, or is of no formula', async () => {
  const regions = { 'rule/orderDiscount': 'order.subtotel > 5', 'rule/nothingOfTheKind': 'true', 'entity/order#field/number': 'true' };
  const failed = failures(await findingsOf(handedIn(regions))).join('\n');
  for (const why of [
    /of rule\/orderDiscount cannot be read: .*subtotel/,
    /rule\/nothingOfTheKind is no rule/,
    /field\/number, which is no formula/,
  ])
    assert.match(failed, why);
  for (const [region, why] of [
    ['order.subtotal', /must be/],
    ['true); process.exit(', /it is no condition/],
    ['', /it is no condition/],
    [`${'('.repeat(9_000)}true${')'.repeat(9_000)}`, /./],
    [`${'!'.repeat(900)}true`, /./],
    ['orderDiscount(order) > today()', /./],
  ] as const) {
    const read = (await bench.reader.regions(discounted.files, { 'rule/orderDiscount': region })) as unknown as {
      readonly [formula: string]: RegionRead;
    };
    const found = read['rule/orderDiscount'];
    assert.ok(found?.ok === false, region.slice(0, 40));
    assert.match(found.why, why, region.slice(0, 40));
  }
});
