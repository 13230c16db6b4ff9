import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { modelGenerators, type ModelParts } from './model-generators.ts';
import { modelsCheck, modelsForWorkshop } from './models-for-workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'theseus-models-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const variables = { ANTHROPIC_API_KEY: 'sk-ant-secret-0123456789', PATH: '/bin', DATABASE_URL: 'postgres://x' };
const data = (name: string, models?: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  if (models !== undefined) writeFileSync(join(path, 'models.json'), models);
  return path;
};
const opened = (models: ModelParts['models']): ReturnType<typeof modelGenerators> =>
  modelGenerators({
    models,
    databaseUrl: 'postgres://127.0.0.1:1/none',
    reader: { complete: async () => null, regions: async () => null },
    log: { append: async () => {} },
    policy: async () => ({ budgets: { change: {}, day: {}, month: {} }, timeZone: 'UTC' }),
  });

test('the workshop is handed the keys that the configuration names, and nothing else of the environment', () =>
  assert.deepEqual(modelsForWorkshop(data('environment'), variables).keys, { ANTHROPIC_API_KEY: 'sk-ant-secret-0123456789' }));

test('doctor names models and variables, and never a key', () => {
  const check = modelsCheck(data('doctor'), variables);
  assert.equal(check.state, 'ok');
  assert.match(check.found, /^anthropic: claude\S+ at anthropic \(key in ANTHROPIC_API_KEY\)$/);
  assert.match(modelsCheck(data('none'), {}).found, /^none: /);
  const wrong = modelsCheck(data('wrong', '{"models":[{"name":"a","key":"sk-in-the-file-0123456789"}]}'), variables);
  assert.equal(wrong.state, 'warn');
  assert.ok(!JSON.stringify([check, wrong]).includes('sk-'));
});

test('without models nothing is opened, and it is said how to have one', async () => {
  const { generators, router, beyond, close } = await opened(modelsForWorkshop(data('without'), {}));
  assert.deepEqual([generators.length, router], [0, undefined]);
  assert.match(beyond ?? '', /no language model is configured.*ANTHROPIC_API_KEY.*THESEUS_MODEL_URL.*models\.json.*theseus propose/);
  await close();
});

test('a configuration that is wrong leaves the system without models, and says why', async () => {
  const { generators, beyond } = await opened(modelsForWorkshop(data('broken', '{ no json'), variables));
  assert.equal(generators.length, 0);
  assert.match(beyond ?? '', /not used: models.json is no JSON/);
  mkdirSync(join(folder, 'folder', 'models.json'), { recursive: true });
  assert.match(modelsForWorkshop(join(folder, 'folder'), {}).problem ?? '', /no file/);
});

test('each model is a generator by its name', async () => {
  const { generators, beyond, close } = await opened(modelsForWorkshop(data('with'), variables));
  assert.deepEqual([generators.map(({ name }) => name), beyond], [['model/anthropic'], undefined]);
  await close();
});
