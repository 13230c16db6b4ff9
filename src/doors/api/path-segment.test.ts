import assert from 'node:assert/strict';
import { test } from 'node:test';
import { givenIn } from './path-segment.ts';
import { type Bindings, fits, type Route, routedApp } from './routes.ts';

const route = (method: Route['method'], path: string, ...names: readonly string[]): Route => ({
  method,
  path,
  handle: async ({ parameter }) => Response.json([path, ...names.map((name) => parameter(name))]),
});
const app = routedApp(
  [
    route('POST', '/v1/projects/{project}:cancel', 'project'),
    route('POST', '/v1/projects/{project}', 'project'),
    route('GET', '/1.1/{user}/statuses/{status}.json', 'user', 'status'),
    route('GET', '/@{user}/a.b', 'user'),
    route('GET', '/v1/{shelf}.d/books/{book}', 'shelf', 'book'),
  ],
  {},
  (cause) => {
    throw cause;
  },
);
const ask = async (method: string, path: string): Promise<unknown> => {
  const answer = await app(new Request(`http://localhost${path}`, { method }), {
    incoming: { url: path },
    identity: null,
  } as unknown as Bindings);
  return answer.status === 200 ? answer.json() : answer.status;
};

test('an input with something around it is what stands between, at the end of a path and within it', async () => {
  assert.deepEqual(await ask('POST', '/v1/projects/a%20b:cancel'), ['/v1/projects/{project}:cancel', 'a b']);
  assert.deepEqual(await ask('POST', '/v1/projects/a:b'), ['/v1/projects/{project}', 'a:b']);
  assert.deepEqual(await ask('GET', '/1.1/ada/statuses/17.json'), ['/1.1/{user}/statuses/{status}.json', 'ada', '17']);
  assert.deepEqual(await ask('GET', '/@ada/a.b'), ['/@{user}/a.b', 'ada']);
  assert.deepEqual(await ask('GET', '/v1/top.d/books/1'), ['/v1/{shelf}.d/books/{book}', 'top', '1']);
});

test('what does not stand around it as it should is another address, and nothing is no input', async () => {
  for (const path of [
    '/1.1/ada/statuses/17.xml',
    '/1.1/ada/statuses/17',
    '/1.1/ada/statuses/.json',
    '/ada/a.b',
    '/@/a.b',
    '/v1/topxd/books/1',
  ])
    assert.equal(await ask('GET', path), 404, path);
  assert.equal(await ask('GET', '/v1/projects/a:cancel'), 405);
  assert.ok(!fits('/v1/{project}:cancel', '/v1/:cancel'));
  assert.equal(givenIn('tea', 'tea'), '');
  assert.equal(givenIn('tea', 'coffee'), undefined);
});
