import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel';
import { keysOf, noModels, readModelsConfiguration, type Variables } from './configuration.ts';

const read = (document: unknown, variables: Variables = {}): ReturnType<typeof readModelsConfiguration> =>
  readModelsConfiguration(JSON.stringify(document), variables);
const local = { name: 'local', provider: 'openai-compatible', model: 'qwen', url: 'http://127.0.0.1:11434/v1' };

test('without a file and without keys there are no models', () => assert.deepEqual(readModelsConfiguration(null, {}), noModels));
test('keys in the environment are enough', () => {
  const found = readModelsConfiguration(null, { ANTHROPIC_API_KEY: 'a-secret', OPENAI_API_KEY: '' });
  assert.ok(!isRefusal(found));
  assert.deepEqual(
    found.models.map(({ name, provider, key }) => ({ name, provider, key })),
    [{ name: 'anthropic', provider: 'anthropic', key: { env: 'ANTHROPIC_API_KEY' } }],
  );
  assert.ok(!JSON.stringify(found).includes('a-secret'));
});
test('a name beside the key of one maker chooses among its models', () => {
  const models = (variables: Variables): readonly string[] => {
    const found = readModelsConfiguration(null, variables);
    assert.ok(!isRefusal(found));
    return found.models.map(({ model }) => model);
  };
  assert.deepEqual(models({ ANTHROPIC_API_KEY: 'a', THESEUS_MODEL: 'claude-next' }), ['claude-next']);
  assert.ok(!models({ ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o', THESEUS_MODEL: 'claude-next' }).includes('claude-next'));
});
test('an endpoint in the environment comes first', () => {
  const variables = {
    THESEUS_MODEL_URL: 'http://127.0.0.1:8080/v1/',
    THESEUS_MODEL: 'local',
    THESEUS_MODEL_KEY: 'k',
    OPENAI_API_KEY: 'o',
    PATH: '/bin',
  };
  const found = readModelsConfiguration(null, variables);
  assert.ok(!isRefusal(found));
  assert.deepEqual(
    found.models.map(({ name, url }) => [name, url]),
    [
      ['main', 'http://127.0.0.1:8080/v1'],
      ['openai', undefined],
    ],
  );
  assert.deepEqual(keysOf(found, variables), { THESEUS_MODEL_KEY: 'k', OPENAI_API_KEY: 'o' });
});
test('a file stands above the environment', () => {
  const found = read({ models: [local], hiddenShare: 0.5, candidates: 2 }, { ANTHROPIC_API_KEY: 'a' });
  assert.ok(!isRefusal(found));
  assert.deepEqual([found.models.length, found.hiddenShare, found.candidates, found.models[0]?.maxOutputTokens], [1, 0.5, 2, 16_000]);
});

test('one model of embeddings is named in the file or by variables, and its key is handed on by name', () => {
  const found = read(
    { embeddings: { model: 'e', url: 'https://e.example/v1', key: { env: 'E_KEY' }, price: { input: 0.02 } } },
    { E_KEY: 'k' },
  );
  assert.ok(!isRefusal(found));
  assert.deepEqual(found.embeddings, {
    model: 'e',
    url: 'https://e.example/v1',
    totalMs: 10_000,
    key: { env: 'E_KEY' },
    price: { input: 0.02 },
  });
  assert.deepEqual(keysOf(found, { E_KEY: 'k', OTHER: 'o' }), { E_KEY: 'k' });
  const variables = { THESEUS_EMBEDDINGS_URL: 'http://127.0.0.1:11434/v1', THESEUS_EMBEDDINGS_MODEL: 'nomic', THESEUS_EMBEDDINGS_KEY: 'k' };
  const set = readModelsConfiguration(null, variables);
  assert.ok(!isRefusal(set));
  assert.deepEqual(set.embeddings, {
    model: 'nomic',
    url: 'http://127.0.0.1:11434/v1',
    totalMs: 10_000,
    key: { env: 'THESEUS_EMBEDDINGS_KEY' },
  });
  assert.match(
    String((readModelsConfiguration(null, { ...variables, THESEUS_EMBEDDINGS_MODEL: '' }) as { why?: string }).why),
    /model is missing/,
  );
});

for (const [name, document, words] of [
  ['embeddings that are a list', { embeddings: [] }, /embeddings: it is one object/],
  ['embeddings with a key in the file', { embeddings: { model: 'e', url: 'https://e.example', apiKey: 'sk-1' } }, /no member "apiKey"/],
  ['embeddings without an address', { embeddings: { model: 'e' } }, /url is missing/],
  [
    'embeddings with a price of output',
    { embeddings: { model: 'e', url: 'https://e.example', price: { input: 1, output: 2 } } },
    /price is/,
  ],
  [
    'embeddings whose key would travel in the open',
    { embeddings: { model: 'e', url: 'http://e.example', key: { env: 'PATH' } } },
    /PATH, which holds its key, is not set|in the open/,
  ],
  ['what is no object', [], /one object/],
  ['a member that is not known', { modles: [] }, /no member "modles"; its members are/],
  ['a key that stands in the file', { models: [{ ...local, apiKey: 'sk-1' }] }, /key is named by variable/],
  ['a key given as text', { models: [{ ...local, key: 'sk-1' }] }, /key itself never stands here/],
  ['a variable that is not set', { models: [{ ...local, key: { env: 'MY_KEY' } }] }, /MY_KEY, which holds its key, is not set/],
  ['a provider that is not known', { models: [{ ...local, provider: 'acme' }] }, /provider is one of anthropic/],
  ['a maker without its key', { models: [{ name: 'x', provider: 'anthropic', model: 'm' }] }, /ANTHROPIC_API_KEY, which holds/],
  ['an endpoint without an address', { models: [{ name: 'x', provider: 'openai-compatible', model: 'm' }] }, /url is missing/],
  ['an address with a password', { models: [{ ...local, url: 'https://ada:x@host/v1' }] }, /no name and password/],
  ['an address that is none', { models: [{ ...local, url: 'file:///etc/passwd' }] }, /begins with https/],
  ['two of one name', { models: [local, local] }, /two models are called "local"/],
  ['caps without sense', { models: [{ ...local, maxOutputTokens: 0 }] }, /maxOutputTokens is from/],
  ['a price that is none', { models: [{ ...local, price: { input: '3' } }] }, /US dollars for a million tokens/],
  ['a share over all', { models: [], hiddenShare: 1 }, /hiddenShare/],
] as const)
  test(`${name} is refused`, () => {
    const found = read(document);
    assert.ok(isRefusal(found), JSON.stringify(found));
    assert.match(found.why, words);
    assert.ok(!found.why.includes('sk-1'));
  });
test('a key does not travel in the open', () => {
  const open = { ...local, url: 'http://models.example.com/v1', key: { env: 'K' } };
  assert.match((read({ models: [open] }, { K: 'k' }) as { why: string }).why, /travel in the open/);
  assert.ok(!isRefusal(read({ models: [{ ...local, key: { env: 'K' } }] }, { K: 'k' })));
});
test('text that is no JSON is refused', () => assert.ok(isRefusal(readModelsConfiguration('{', {}))));
test('half an endpoint in the environment is refused, saying what is missing', () =>
  assert.match(
    (readModelsConfiguration(null, { THESEUS_MODEL_URL: 'http://127.0.0.1:1/v1' }) as { why: string }).why,
    /THESEUS_MODEL is not/,
  ));
