import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Json } from '#kernel';
import { openHosts } from '#hosts';
import type { Example, SystemReading } from '#model';
import { memoryStore } from '#store/memory';
import { parserProcess } from './parser-process.ts';
import { trialRun } from './trial-run.ts';

const shop = fileURLToPath(new URL('../../systems/shop/', import.meta.url));
const files: { [path: string]: string } = {};
for (const path of readdirSync(shop, { recursive: true, encoding: 'utf8' }))
  if (/\.(ts|json)$/.test(path) && !path.startsWith('.')) files[path] = readFileSync(join(shop, path), 'utf8');

const parser = parserProcess();
const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
after(async () => {
  await hosts.close();
  await parser.close();
});
const reading = (await parser.read(files)) as unknown as Extract<SystemReading, { ok: true }>;
const system = reading as unknown as Json;
const trial = trialRun({ hosts, begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }) });
const run = async (...examples: readonly Example[]) => trial.run(system, examples as unknown as Json);

test('the examples of the sample system hold in memory, operations in a host', async () => {
  const results = await run(...reading.tests.flatMap((tests) => tests.examples));
  assert.ok(results.length >= 3);
  for (const result of results) assert.ok(result.passed, JSON.stringify(result));
});

test('a wrong expectation is told with step, expected and actual', async () => {
  const [wrong] = await run({
    name: 'wrong',
    steps: [{ create: 'customer', as: 'ada', with: { name: 'Ada', creditLimit: '10' }, then: { creditLimit: '10.01' } }],
  });
  assert.equal(wrong?.passed, false);
  assert.deepEqual([wrong?.step, wrong?.expected, wrong?.actual], [0, '10.01', { amount: '10.00', currency: 'EUR' }]);
});

test('each example begins without rows', async () => {
  const once: Example = {
    name: 'once',
    steps: [{ create: 'product', with: { sku: 'T1', name: 'Tea', price: '1' }, then: { price: '1.00', stock: 0 } }],
  };
  assert.deepEqual(
    (await run(once, once)).map((result) => result.passed),
    [true, true],
  );
});

test('a refusal that is expected passes with its code alone', async () => {
  const steps = (code: string): Example => ({ name: code, steps: [{ create: 'customer', with: {}, then: { refused: code } }] });
  assert.deepEqual(
    (await run(steps('invalid'), steps('conflict'))).map((result) => result.passed),
    [true, false],
  );
});
