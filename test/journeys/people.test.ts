/* A system whose own people sign up and sign in: what they typed and what proves them is seen by no component, and kept nowhere in the open. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head =
  '/**\n * A part of it.\n *\n * why: people who sign in by themselves\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'club',
    currency: 'EUR',
    roles: { owner: { read: true, write: true, sensitive: true }, member: { read: true, write: true } },
    policy: { isolation: 'preferred' },
  }),
  'entities/person.ts': `${head}import { email, entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_person',
  name: 'person',
  plural: 'people',
  title: 'email',
  fields: {
    email: email({ id: 'f_pmail', no: 1, required: true, unique: true }),
    password: text({ id: 'f_ppass', no: 2, required: true, secret: true, min: 8, max: 100 }),
    name: text({ id: 'f_pname', no: 3 }),
  },
  identity: { login: 'email', roles: ['member', 'writer'], days: 30, header: 'X-Api-Key' },
});
`,
  'entities/note.ts': `${head}import { entity, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_note',
  name: 'note',
  plural: 'notes',
  title: 'what',
  fields: { what: text({ id: 'f_nwhat', no: 1, required: true }), owner: reference({ id: 'f_nown', no: 2, to: 'person', required: true, default: (_row, caller) => caller.id }) },
});
`,
  'rules/own-notes.ts': `${head}import { access } from 'theseus/sdk';

export default access({ id: 'r_ownnotes', name: 'ownNotes', on: 'note', roles: ['member'], rows: (note, caller) => note.owner === caller.id });
`,
  'operations/sign-up.ts': `${head}import { json, operation } from 'theseus/sdk';

export default operation({
  id: 'o_signup',
  name: 'signUp',
  http: { method: 'POST', path: '/users', status: 201 },
  roles: ['anyone'],
  input: {
    user: json({
      id: 'f_suin',
      no: 1,
      required: true,
      shape: {
        type: 'object',
        required: ['email', 'password'],
        properties: { email: { type: 'string', format: 'email' }, password: { type: 'string', minLength: 8, format: 'password' } },
      },
    }),
  },
  output: { fields: { user: json({ id: 'f_suo', no: 1, required: true }), seen: json({ id: 'f_sus', no: 2 }) } },
  capabilities: { person: ['read', 'create'], identity: 'person' },
  async run({ data, input, identity, log }) {
    const asked = input.user as { readonly email: string; readonly password: string };
    log(asked.password);
    const made = await data.person.create({ email: asked.email, password: asked.password });
    const token = await identity.issueToken(made.id);
    return { user: { email: made.email, token, id: made.id }, seen: { typed: asked.password.slice(0, 7), token: token.slice(0, 6), row: Object.keys(made).sort() } };
  },
});
`,
  'operations/sign-in.ts': `${head}import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_signin',
  name: 'signIn',
  http: { method: 'POST', path: '/users/login', refusals: { statuses: { conflict: 401 } } },
  roles: ['anyone'],
  input: { email: text({ id: 'f_sie', no: 1, required: true }), password: text({ id: 'f_sip', no: 2, required: true, secret: true }) },
  output: { fields: { token: text({ id: 'f_sit', no: 1, required: true }) } },
  capabilities: { person: ['read'], identity: 'person' },
  async run({ input, identity }) {
    const found = await identity.check(input.email, input.password);
    if (found === null) refuse('conflict', 'email or password is wrong');
    return { token: await identity.issueToken(found.id) };
  },
});
`,
  'operations/sign-out.ts': `${head}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_signout',
  name: 'signOut',
  http: { method: 'POST', path: '/users/logout' },
  roles: ['writer'],
  output: { fields: { name: text({ id: 'f_son', no: 1 }) } },
  capabilities: { person: ['read', 'update'], identity: 'person' },
  async run({ caller, identity }) {
    await identity.endTokens(caller.id);
    return { name: caller.name };
  },
});
`,
  'operations/mine.ts': `${head}import { integer, operation } from 'theseus/sdk';

export default operation({
  id: 'o_mine',
  name: 'mine',
  http: { method: 'GET', path: '/mine' },
  roles: ['anyone'],
  output: { fields: { count: integer({ id: 'f_mcnt', no: 1 }), others: integer({ id: 'f_moth', no: 2 }) } },
  capabilities: { note: ['read'] },
  async run({ data, caller }) {
    const own = await data.note.list({ filters: [{ field: 'owner', op: 'in', value: [caller.id] }] });
    const others = await data.note.list({ filters: [{ field: 'owner', op: 'ne', value: caller.id }] });
    return { count: own.items.length, others: others.items.length };
  },
});
`,
  'operations/steal.ts': `${head}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_steal',
  name: 'steal',
  roles: ['anyone'],
  input: { password: text({ id: 'f_stp', no: 1, secret: true }), plain: text({ id: 'f_stq', no: 2 }) },
  output: { fields: { found: text({ id: 'f_stf', no: 1 }) } },
  capabilities: { person: { access: ['read', 'create', 'update'], sensitive: ['password'] } },
  async run({ data, input }) {
    const people = await data.person.list({});
    const first = people.items[0] as unknown as { readonly [name: string]: unknown };
    if (input.plain !== undefined && input.plain !== null) await data.person.update(String(first['id']), { password: input.plain } as never);
    return { found: JSON.stringify([first['password'] ?? null, Object.keys(first)]) };
  },
});
`,
};
/** What the operations of this system answer. */
interface Said {
  readonly user: { readonly token: string; readonly email: string };
  readonly seen: object;
  readonly token: string;
  readonly detail: string;
  readonly items: readonly { readonly id: string; readonly what: string }[];
}
const password = 'a very long secret of Ada';
const logged: string[] = [];
let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ files, log: (line) => void logged.push(line) });
});
after(() => system.stop());

async function ask(
  method: string,
  path: string,
  body?: unknown,
  authorization?: string,
  key?: string,
): Promise<{ readonly status: number; readonly json: Said; readonly text: string }> {
  const answer = await fetch(system.url + path, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: text === '' ? null : JSON.parse(text) };
}
const operator = (): string => `Bearer ${system.operatorKey}`;
let ada = '';

test('who proves nothing may sign up and sign in, and nothing else', async () => {
  const made = await ask('POST', '/users', { user: { email: 'ada@example.org', password } });
  assert.equal(made.status, 201, made.text);
  assert.match(made.json.user.token, /^tu_/);
  assert.deepEqual(made.json.seen, { typed: 'secret:', token: 'token:', row: ['email', 'id', 'name', 'version'] });
  for (const [method, path] of [
    ['GET', '/api/people'],
    ['GET', '/openapi.json'],
    ['POST', '/users/logout'],
    ['GET', '/_theseus/changes'],
    ['GET', '/users'],
  ] as const)
    assert.equal((await ask(method, path, method === 'POST' ? {} : undefined)).status, 401, path);
  assert.equal((await ask('POST', '/users', { user: { email: 'ada@example.org', password } })).status, 422);
  assert.equal((await ask('POST', '/users', { user: { email: 'eve@example.org', password: 'short' } })).status, 422);
});

test('the right secret gets a token, a wrong one the same answer as a login that is not there', async () => {
  const right = await ask('POST', '/users/login', { email: 'ada@example.org', password });
  assert.equal(right.status, 200, right.text);
  ada = `Token ${right.json.token}`;
  const wrong = await ask('POST', '/users/login', { email: 'ada@example.org', password: 'something else' });
  const nobody = await ask('POST', '/users/login', { email: 'nobody@example.org', password });
  assert.deepEqual([wrong.status, wrong.json.detail], [401, 'email or password is wrong']);
  assert.deepEqual([nobody.status, nobody.json.detail], [wrong.status, wrong.json.detail]);
});

test('a token speaks for its row alone, with the roles of its entity, and sees own rows alone', async () => {
  const eve = await ask('POST', '/users', { user: { email: 'eve@example.org', password: 'the secret of Eve' } });
  const asEve = `Bearer ${eve.json.user.token}`;
  assert.equal((await ask('POST', '/api/notes', { what: 'of Ada' }, ada)).status, 201);
  assert.equal((await ask('POST', '/api/notes', { what: 'of Eve' }, asEve)).status, 201);
  assert.deepEqual(
    (await ask('GET', '/api/notes', undefined, ada)).json.items.map((note) => note.what),
    ['of Ada'],
  );
  assert.equal((await ask('GET', '/_theseus/changes', undefined, ada)).status, 403);
  for (const bad of [
    `${ada}x`,
    ada.replace('tu_', 'tu_A'),
    'Token tu_',
    'Token tu_e30.AAAA',
    `Token ${right(ada).split('.')[0]}.${right(asEve).split('.')[1]}`,
  ])
    assert.equal((await ask('GET', '/api/notes', undefined, bad)).status, 401, bad);
});
test('a token may come in the header that the entity names, and what is no token there proves nobody', async () => {
  const noted = async (headers: { readonly [name: string]: string }): Promise<number> =>
    (await fetch(`${system.url}/api/notes`, { headers })).status;
  assert.equal(await noted({ 'x-api-key': right(ada) }), 200);
  assert.equal(await noted({ 'x-api-key': `${right(ada)}x` }), 401);
  assert.equal(await noted({ 'x-other-key': right(ada) }), 401);
  assert.equal(await noted({ authorization: 'Bearer tu_nobody', 'x-api-key': right(ada) }), 401);
});
const right = (authorization: string): string => authorization.split(' ')[1] ?? '';

test('what is open to anyone knows who calls, and who has not signed in is nobody’s row', async () => {
  const counted = async (as?: string): Promise<unknown> => (await ask('GET', '/mine', undefined, as)).json;
  assert.deepEqual(
    [await counted(), await counted(ada)],
    [
      { count: 0, others: 0 },
      { count: 1, others: 0 },
    ],
  );
  assert.equal((await ask('POST', '/users/logout', {}, operator())).status, 403, 'the role of who signs in is not one of theseus.json');
});

test('no one reads a hash or sets a plain secret: not the owner, not an operation that claims to see it', async () => {
  const people = await ask('GET', '/api/people', undefined, operator());
  assert.equal(people.status, 200);
  assert.doesNotMatch(people.text, /scrypt/);
  assert.equal((await ask('GET', '/api/people?sort=password', undefined, operator())).status, 422);
  assert.equal((await ask('GET', '/api/people?password[ge]=s', undefined, operator())).status, 422);
  assert.equal((await ask('POST', '/api/people', { email: 'x@example.org', password: 'plain plain' }, operator())).status, 422);
  const stolen = await ask('POST', '/api/operations/steal', { password: 'x'.repeat(9) });
  assert.equal(stolen.status, 200, stolen.text);
  assert.doesNotMatch(stolen.text, /scrypt/);
  assert.equal((await ask('POST', '/api/operations/steal', { plain: 'plain plain' })).status, 403);
  const id = people.json.items[0]?.id ?? '';
  assert.doesNotMatch((await ask('GET', `/_theseus/rows/${id}/journal`, undefined, operator())).text, /scrypt|a very long secret/);
});

test('who signs out is out, with every token', async () => {
  const again = await ask('POST', '/users/login', { email: 'ada@example.org', password });
  const out = await ask('POST', '/users/logout', {}, ada);
  assert.deepEqual([out.status, out.json], [200, { name: 'ada@example.org' }]);
  const until = Date.now() + 10_000;
  while ((await ask('GET', '/api/notes', undefined, ada)).status === 200 && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await ask('GET', '/api/notes', undefined, ada)).status, 401);
  assert.equal((await ask('GET', '/api/notes', undefined, `Token ${again.json.token}`)).status, 401);
  assert.equal((await ask('POST', '/users/login', { email: 'ada@example.org', password })).status, 200);
});

test('guesses at a login are few, and do not keep others out', async () => {
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess++)
    statuses.push((await ask('POST', '/users/login', { email: 'eve@example.org', password: `guess ${guess}` })).status);
  assert.equal(statuses.at(-1), 429);
  assert.equal((await ask('POST', '/users/login', { email: 'ada@example.org', password })).status, 200);
});

test('a sign-up that is sent again is told that it was done, and the database keeps no fast hash of what was typed', async () => {
  const body = { user: { email: 'joe@example.org', password: 'the secret of Joe' } };
  assert.equal((await ask('POST', '/users', body, undefined, 'joe-1')).status, 201);
  const again = await ask('POST', '/users', body, undefined, 'joe-1');
  assert.deepEqual(
    [again.status, again.json.detail],
    [409, 'This was done already, and the token that it answered is kept nowhere. Sign in again.'],
  );
  const other = { user: { ...body.user, password: 'another secret' } };
  assert.equal((await ask('POST', '/users', other, undefined, 'joe-1')).status, 422);
  const fast = createHash('sha256')
    .update(`POST /users\n${JSON.stringify(body)}`)
    .digest('hex');
  for (const entry of readdirSync(system.data, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) assert.ok(!readFileSync(join(entry.parentPath, entry.name)).includes(fast), entry.name);
});

test('many who sign in at once are told to come again, and keep nobody else from writing', async () => {
  const signedIn = await ask('POST', '/users/login', { email: 'ada@example.org', password });
  const flood = Promise.all(
    Array.from({ length: 40 }, (_, at) => ask('POST', '/users/login', { email: `nobody${at}@example.org`, password: 'a wrong one' })),
  );
  const written = await ask('POST', '/api/notes', { what: 'meanwhile' }, `Token ${signedIn.json.token}`);
  assert.equal(written.status, 201, written.text);
  const answers = await flood;
  assert.deepEqual(
    new Set(answers.map(({ status }) => status)),
    new Set([401, 503]),
    answers.map(({ text }) => text.slice(0, 120)).join('\n'),
  );
});

test('what people typed, and what proves them, is in no file of the database and in no log', () => {
  const secrets = ['a very long secret of Ada', 'the secret of Eve', right(ada)].map((text) => Buffer.from(text));
  let [hashes, looked] = [0, 0];
  for (const entry of readdirSync(system.data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    looked += 1;
    if (bytes.includes('scrypt$15$')) hashes += 1;
    for (const secret of secrets) assert.ok(!bytes.includes(secret), `${entry.name} holds ${secret.toString().slice(0, 10)}`);
  }
  assert.ok(looked > 100 && hashes > 0, 'the hashes are there, so what is kept was looked at');
  assert.doesNotMatch(logged.join('\n'), /a very long secret|the secret of Eve|tu_[\w-]{20}/);
  assert.match(logged.join('\n'), /secret:/, 'what a component logs is a stand-in');
});
