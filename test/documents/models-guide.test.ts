import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readModelsConfiguration } from '#adapters/language-models';
import { isRefusal } from '#kernel';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/models.md'), 'utf8');
const block = (name: string): string => new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(guide)?.[1] ?? '';

test('the configuration of the guide is one', () => {
  const read = readModelsConfiguration(block('models.json'), { ANTHROPIC_API_KEY: 'k' });
  assert.ok(!isRefusal(read), JSON.stringify(read));
  assert.deepEqual(
    read.models.map(({ name, price }) => [name, price?.output]),
    [
      ['small', undefined],
      ['large', 15],
    ],
  );
});

test('the embedding model of the guide is one, and its variables are enough', () => {
  const read = readModelsConfiguration(block('embeddings'), { OPENAI_API_KEY: 'k' });
  assert.ok(!isRefusal(read), JSON.stringify(read));
  assert.deepEqual([read.models, read.embeddings?.price, read.embeddings?.totalMs], [[], { input: 0.02 }, 10_000]);
  const set = readModelsConfiguration(null, { THESEUS_EMBEDDINGS_URL: 'http://127.0.0.1:1/v1', THESEUS_EMBEDDINGS_MODEL: 'm' });
  assert.ok(!isRefusal(set) && set.embeddings?.model === 'm');
  for (const name of ['URL', 'MODEL', 'KEY']) assert.ok(guide.includes(`\`THESEUS_EMBEDDINGS_${name}\``));
});

test('each variable of the guide is enough, and what it says holds without a member does', () => {
  for (const name of ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY']) {
    assert.ok(guide.includes(`\`${name}\``));
    const read = readModelsConfiguration(null, { [name]: 'k' });
    assert.ok(!isRefusal(read));
    const [model] = read.models;
    assert.deepEqual(
      [model?.maxOutputTokens, model?.totalMs, model?.stallMs, model?.structured, read.hiddenShare, read.candidates],
      [16_000, 600_000, 120_000, 'text', 0.3, 1],
    );
  }
  const own = readModelsConfiguration(null, { THESEUS_MODEL_URL: 'http://127.0.0.1:1/v1', THESEUS_MODEL: 'm' });
  assert.ok(!isRefusal(own));
  assert.deepEqual([own.models[0]?.totalMs, own.models[0]?.stallMs], [3_600_000, 600_000]);
  for (const said of [
    '| 16,000 |',
    '| 600,000 and 120,000; of an endpoint of your own 3,600,000 and 600,000 |',
    '| `text` |',
    '| 0.3 |',
    '| 1 |',
  ])
    assert.ok(guide.includes(said), said);
});

test('the request of the guide is the one that the journey asks a whole system, with the recorded answers', () => {
  const journey = readFileSync(join(root, 'test/journeys/models.test.ts'), 'utf8');
  assert.ok(block('request').length > 20);
  assert.ok(journey.includes(block('request').trim()));
});
