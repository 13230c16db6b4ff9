/* An interface that somebody else has published, met by asking: its document goes along with the request, a model that is played from a recording writes the system, and its own callers use it over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Rehearsal, startRehearsal } from '../../examples/rehearsal/server.ts';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const recorded = join(import.meta.dirname, '../../examples/rehearsal/potluck');
const folder = mkdtempSync(join(tmpdir(), 'theseus-potluck-'));
const settings = {
  name: 'potluck',
  currency: 'EUR',
  roles: { owner: { read: true, write: true, sensitive: true } },
  policy: { isolation: 'preferred', autonomy: { low: 'act', medium: 'act', high: 'act' }, approvals: { low: 0, medium: 0, high: 0 } },
};
let rehearsal: Rehearsal;
let system: ThrowAwaySystem;
before(async () => {
  rehearsal = await startRehearsal({ folder, replay: recorded });
  const model = { name: 'hand', provider: 'openai-compatible', model: 'rehearsal', url: rehearsal.url };
  system = await startThrowAwaySystem({
    files: { 'theseus.json': JSON.stringify(settings) },
    models: JSON.stringify({ models: [model] }),
  });
});
after(async () => {
  await system.stop();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Told {
  readonly status: number;
  // Whatever a caller of the published interface may look into.
  readonly body: { readonly [member: string]: unknown };
}
const call = async (method: string, path: string, body?: unknown, token?: string): Promise<Told> => {
  const answer = await fetch(`${system.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Told['body']) };
};
const account = (name: string): { readonly account: { readonly [member: string]: string } } => ({
  account: { name, email: `${name.toLowerCase()}@example.org`, password: 'engine-1842' },
});
const tokenOf = ({ body }: Told): string => (body['account'] as { readonly token: string }).token;

test('asked for in words with its document, it is understood, written in parts, mended once, and live', async () => {
  const request = 'Meet the attached interface. Everybody may read cooks, dishes and tags; whoever signed in publishes, follows and stars.';
  const attachments = [{ name: 'openapi.yaml', text: readFileSync(join(recorded, 'openapi.yaml'), 'utf8') }];
  const change = await system.ask(request, { attachments });
  assert.equal(change.outcome, 'live', JSON.stringify(change['why']));
  const prompts = readdirSync(folder).filter((name) => name.endsWith('-prompt.md'));
  assert.equal(prompts.length, 4);
  for (const name of prompts)
    assert.match(readFileSync(join(folder, name), 'utf8'), /<data \w{12} from="attached\/openapi\.yaml">\nopenapi: 3\.1\.0/);
});

test('people sign up and in; what is taken, wrong or missing is told in the published shape', async () => {
  const ada = await call('POST', '/v2/cooks', account('Ada'));
  assert.equal(ada.status, 201);
  assert.deepEqual(await call('POST', '/v2/cooks', account('Ada')), {
    status: 409,
    body: { error: { status: 409, message: 'This name is taken.', fields: { name: ['is taken'] } } },
  });
  assert.equal((await call('POST', '/v2/cooks', { account: { name: 'A' } })).status, 422);
  assert.equal((await call('POST', '/v2/sessions', { account: { email: 'ada@example.org', password: 'engine-1843' } })).status, 401);
  assert.equal((await call('POST', '/v2/sessions', { account: { email: 'ada@example.org', password: 'engine-1842' } })).status, 200);
  const unknown = await call('GET', '/v2/me');
  const message = 'Sign in with POST /v2/sessions, and send the token that it answers as "Authorization: Bearer TOKEN".';
  assert.deepEqual(unknown, { status: 401, body: { error: { status: 401, message, fields: { body: [message] } } } });
  const ended = await call('GET', '/v2/me', undefined, 'tu_ended');
  assert.match(JSON.stringify(ended.body), /This token is not known here, or it has ended\. Sign in again with POST \/v2\/sessions/);
  const { status, body } = await call('PATCH', '/v2/me', { account: { bio: 'Cooks.' } }, tokenOf(ada));
  assert.deepEqual([status, (body['account'] as { readonly bio: string }).bio], [200, 'Cooks.']);
});

test('dishes are published, starred, filtered and taken back, each as who calls sees it', async () => {
  const ada = tokenOf(await call('POST', '/v2/sessions', account('Ada')));
  const bob = tokenOf(await call('POST', '/v2/cooks', account('Bob')));
  const dish = { dish: { title: 'Lentil Soup!', text: 'Boil.', tags: ['soup', 'vegan'] } };
  assert.equal((await call('POST', '/v2/dishes', dish)).status, 401);
  assert.equal((await call('POST', '/v2/dishes', dish, ada)).status, 201);
  assert.equal((await call('PUT', '/v2/cooks/Ada/follow', undefined, bob)).status, 200);
  const { body } = await call('PUT', '/v2/dishes/lentil-soup/star', undefined, bob);
  const { publishedAt, ...seen } = body['dish'] as { readonly publishedAt: string };
  assert.match(publishedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual(seen, {
    slug: 'lentil-soup',
    title: 'Lentil Soup!',
    text: 'Boil.',
    tags: ['soup', 'vegan'],
    starred: true,
    stars: 1,
    cook: { name: 'Ada', bio: 'Cooks.', following: true },
  });
  const total = async (query: string, token?: string): Promise<unknown> =>
    ((await call('GET', `/v2/dishes?${query}`, undefined, token)).body['paging'] as { readonly total: number }).total;
  assert.deepEqual(
    [
      await total('tag=vegan'),
      await total('tag=cake'),
      await total('cook=Ada'),
      await total('starredBy=Bob'),
      await total('starredBy=Ada'),
    ],
    [1, 0, 1, 1, 0],
  );
  assert.deepEqual([await total('followed=true', bob), await total('followed=true', ada), await total('followed=true')], [1, 0, 0]);
  assert.equal((await call('GET', '/v2/dishes?size=101')).status, 422);
  assert.equal((await call('DELETE', '/v2/dishes/lentil-soup', undefined, bob)).status, 403);
  assert.equal((await call('DELETE', '/v2/dishes/lentil-soup', undefined, ada)).status, 204);
  assert.deepEqual((await call('GET', '/v2/tags')).body, { tags: [] });
});
