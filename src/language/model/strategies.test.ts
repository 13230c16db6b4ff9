import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileJavaScript } from '#rules/javascript';
import { type SourceFiles, strategiesMoved, strategyPoints, type SystemReading } from './index.ts';
import { printRule } from './print/index.ts';
import { readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const rule = (
  decide: string,
  ways = "largest: 'The larger one counts.', sum: 'Both count.'",
): string => `${head}import { max, percentOf, rule, type Row } from 'theseus/sdk';

export default rule({
  id: 'r_rebate',
  name: 'rebate',
  on: 'product',
  governs: 'rebate',
  strategies: { combination: { ${ways} } },
  decide: (product: Row<'product'>, strategy) => ${decide},
});
`;
const both =
  "strategy.combination === 'sum' ? percentOf(product.price, 10) + percentOf(product.price, 5) : max(percentOf(product.price, 10), percentOf(product.price, 5))";
const product = (shop['entities/product.ts'] ?? '')
  .replace("from 'theseus/sdk';", "from 'theseus/sdk';\n\nimport rebate from '../rules/rebate.ts';")
  .replace('    stock:', "    rebate: money({ id: 'f_preb', no: 9, live: rebate }),\n    stock:");
const files = (decide = both, strategies?: object, ways?: string): SourceFiles => ({
  ...shop,
  'entities/product.ts': product,
  'rules/rebate.ts': rule(decide, ways),
  'theseus.json': JSON.stringify({
    ...(JSON.parse(shop['theseus.json'] ?? '{}') as object),
    ...(strategies === undefined ? {} : { strategies }),
  }),
});
const read = (given: SourceFiles): SystemReading & { readonly ok: true } => {
  const reading = readSystem(given);
  assert.ok(reading.ok, JSON.stringify(reading, null, 1));
  return reading;
};
const problems = (given: SourceFiles): string => {
  const reading = readSystem(given);
  return reading.ok ? '' : reading.problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n');
};
const rebateOf = (reading: SystemReading & { readonly ok: true }, price: number): unknown => {
  const field = reading.model.entities.find((entity) => entity.name === 'product')?.fields.find((known) => known.name === 'rebate');
  assert.ok(field?.derived?.mode === 'live');
  return compileJavaScript(field.derived.formula)({ row: { price } }, { today: 0 });
};

test('the first strategy is in use where the settings say nothing, and the one that they name otherwise', () => {
  assert.equal(rebateOf(read(files()), 1_000), 100);
  assert.equal(rebateOf(read(files(both, { 'rule/rebate#combination': 'sum' })), 1_000), 150);
});

test('no formula of a linked model knows strategies, and the contract keeps all ways', () => {
  const reading = read(files(both, { 'rule/rebate#combination': 'sum' }));
  assert.doesNotMatch(JSON.stringify(reading.model), /x_strategy/);
  const contract = reading.components.find((component) => component.name === 'rebate')?.contract;
  assert.match(JSON.stringify(contract), /x_strategy/);
  assert.deepEqual(
    strategyPoints(
      reading.settings,
      reading.components.map((component) => component.contract),
    ).map(({ component, name, chosen, strategies }) => [component, name, chosen, strategies.length]),
    [['rule/rebate', 'combination', 'sum', 2]],
  );
});

test('a rule with strategies reads as it was printed', () => {
  const reading = read(files());
  const component = reading.components.find((known) => known.name === 'rebate');
  assert.ok(component?.contract.kind === 'rule');
  const printed = printRule(component.contract, { head: component.head, model: reading.model });
  const again = read({ ...files(), 'rules/rebate.ts': printed });
  assert.deepEqual(again.components.find((known) => known.name === 'rebate')?.contract, component.contract);
  const inUse = reading.model.rules.find((known) => known.name === 'rebate');
  assert.ok(inUse !== undefined);
  assert.throws(() => printRule(inUse, { head: component.head, model: reading.model }), /would lose its other strategies/);
});

test('points and strategies that nobody has are refused, in the rule and in the settings', () => {
  assert.match(problems(files(both.replace("'sum'", "'summ'"))), /'summ' is no strategy of this rule/);
  assert.match(problems(files(both.replace('combination', 'colour'))), /colour/);
  assert.match(
    problems(files(both, { 'rule/rebate#combination': 'most' })),
    /most is no strategy of rule\/rebate#combination; they are largest, sum/,
  );
  assert.match(
    problems(files(both, { 'rule/other#x': 'most' })),
    /rule\/other#x is no variation point of this system; there are rule\/rebate#combination/,
  );
  assert.match(problems(files(both, undefined, "largest: 'One alone.'")), /has 2 to 16 strategies/);
  assert.match(problems(files(both, undefined, "largest: '', sum: 'Both.'")), /what largest means/);
});

test('two settings tell which components go another way', () => {
  const [from, to] = [read(files()).settings, read(files(both, { 'rule/rebate#combination': 'sum' })).settings];
  assert.deepEqual(strategiesMoved(from, to), ['rule/rebate']);
  assert.deepEqual(strategiesMoved(to, to), []);
});
