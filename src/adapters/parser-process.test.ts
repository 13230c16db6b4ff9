import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CodeFacts, SystemReading } from '#model';
import type { Mutated } from '#ports';
import { parserProcess } from './parser-process.ts';

const shop = fileURLToPath(new URL('../../systems/shop/', import.meta.url));
const files: { [path: string]: string } = {};
for (const path of readdirSync(shop, { recursive: true, encoding: 'utf8' }))
  if (/\.(ts|json)$/.test(path) && !path.startsWith('.')) files[path] = readFileSync(join(shop, path), 'utf8');
const parser = parserProcess();
after(() => parser.close());
const read = async (given: { readonly [path: string]: string }): Promise<SystemReading> =>
  (await parser.read(given)) as unknown as SystemReading;

test('a system is read, and a reading that differs in one file shares the rest', async () => {
  const first = await read(files);
  assert.ok(first.ok, JSON.stringify(first));
  const second = await read({
    ...files,
    'entities/product.ts': (files['entities/product.ts'] ?? '').replace('A product is', 'One product is'),
  });
  assert.ok(second.ok);
  const same = first.components.filter((component) => second.components.includes(component));
  assert.ok(same.length >= first.components.length - 1);
  const { ['entities/product.ts']: _, ...without } = files;
  const third = await read(without);
  assert.equal(third.ok, false);
  const fourth = await read({ ...files });
  assert.ok(fourth.ok);
  assert.deepEqual(fourth.model, first.model);
});

test('a reading that differs in the settings alone computes in the way that they choose', async () => {
  const sentence = (word: string): string => `${word}: 'It is so.'`;
  const rule = `/**
 * It.
 *
 * why: it
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { percentOf, rule, type Row } from 'theseus/sdk';

export default rule({
  id: 'r_rebate',
  name: 'rebate',
  on: 'product',
  governs: 'rebate',
  strategies: { combination: { ${sentence('low')}, ${sentence('high')} } },
  decide: (product: Row<'product'>, strategy) =>
    strategy.combination === 'high' ? percentOf(product.price, 20) : percentOf(product.price, 10),
});
`;
  const product = (files['entities/product.ts'] ?? '')
    .replace("from 'theseus/sdk';", "from 'theseus/sdk';\n\nimport rebate from '../rules/rebate.ts';")
    .replace('    stock:', "    rebate: money({ id: 'f_preb', no: 9, live: rebate }),\n    stock:");
  const varied = { ...files, 'entities/product.ts': product, 'rules/rebate.ts': rule };
  const chosen = (strategy: string): { readonly [path: string]: string } => ({
    ...varied,
    'theseus.json': JSON.stringify({
      ...(JSON.parse(files['theseus.json'] ?? '{}') as object),
      strategies: { 'rule/rebate#combination': strategy },
    }),
  });
  const seen = [];
  for (const given of [varied, chosen('high'), chosen('low')]) {
    const reading = await read(given);
    assert.ok(reading.ok, JSON.stringify(reading));
    seen.push(JSON.stringify(reading.model));
  }
  const [first, high, low] = seen;
  assert.doesNotMatch(seen.join(), /x_strategy/);
  assert.notEqual(JSON.stringify(JSON.parse(high ?? '').entities), JSON.stringify(JSON.parse(first ?? '').entities));
  assert.equal(JSON.stringify(JSON.parse(low ?? '').entities), JSON.stringify(JSON.parse(first ?? '').entities));
});

test('text that kills the parser refuses the candidate, and the next reading works', async () => {
  const before = parser.pid();
  const deep = { ...files, 'rules/deep.ts': `export default ${'('.repeat(150_000)}${')'.repeat(150_000)};` };
  const refused = await read(deep);
  assert.equal(refused.ok, false);
  const again = await read({ ...files });
  assert.ok(again.ok);
  assert.ok(before !== undefined);
});

test('a child that is killed in the middle refuses and is replaced', async () => {
  const own = parserProcess();
  const good = (await own.read(files)) as unknown as SystemReading;
  assert.ok(good.ok);
  const pid = own.pid();
  assert.ok(pid !== undefined);
  const reading = own.read({ ...files, 'rules/x.ts': 'export default 1;' });
  process.kill(pid, 'SIGKILL');
  const answer = (await reading) as unknown as SystemReading;
  assert.equal(answer.ok, false);
  assert.ok(((await own.read({ ...files })) as unknown as SystemReading).ok);
  await own.close();
});

test('a child that is late is ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parser-'));
  const entry = join(folder, 'late.mjs');
  writeFileSync(entry, 'process.stdin.on("data", () => { for (;;) {} });');
  const late = parserProcess({ entry, readable: [folder], timeoutMs: 100 });
  const answer = (await late.read({ 'theseus.json': '{}' })) as unknown as SystemReading;
  assert.equal(answer.ok, false);
  assert.match(answer.ok ? '' : (answer.problems[0]?.message ?? ''), /took too long/);
  await late.close();
  rmSync(folder, { recursive: true });
});

test('the child reads no file of the host, opens no connection and starts no process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parser-'));
  const entry = join(folder, 'curious.mjs');
  writeFileSync(
    entry,
    `
    import { readFileSync } from 'node:fs'; import { connect } from 'node:net'; import { spawnSync } from 'node:child_process';
    const tries = []; const attempt = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
    tries.push(attempt(() => readFileSync('/etc/hostname')), attempt(() => spawnSync('true')), await new Promise((resolve) => { const end = (error) => resolve(error.code); try { connect(1, '127.0.0.1').on('error', end); } catch (error) { end(error); } }));
    process.stdin.on('data', () => process.stdout.write(JSON.stringify({ id: 1, value: { ok: false, problems: [{ path: '', line: 1, column: 1, message: tries.join(' ') }] } }) + '\\n'));
  `,
  );
  const curious = parserProcess({ entry, readable: [folder] });
  const answer = (await curious.read({ 'theseus.json': '{}' })) as unknown as SystemReading;
  assert.equal(answer.ok ? '' : answer.problems[0]?.message, 'ERR_ACCESS_DENIED ERR_ACCESS_DENIED ERR_ACCESS_DENIED');
  await curious.close();
  rmSync(folder, { recursive: true });
});

test('facts and mutants of an operation come from the child', async () => {
  const facts = (await parser.inspect({ 'operations/place-order.ts': files['operations/place-order.ts'] ?? '' })) as unknown as {
    [path: string]: CodeFacts;
  };
  assert.equal(facts['operations/place-order.ts']?.branches.length, 3);
  const code = 'globalThis.component = ({ async run({ input }) { return input.amount > 10 ? 1 : 2; } });';
  const mutated = (await parser.mutate(code)) as unknown as Mutated;
  const boundary = mutated.mutants.find((mutant) => mutant.replacement === 'input.amount >= 10');
  assert.equal(code.slice(boundary?.start, boundary?.end), 'input.amount > 10');
  assert.ok(parser.cpuMs() > 0);
});
