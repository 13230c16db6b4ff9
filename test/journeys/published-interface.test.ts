/* An interface that somebody else has published, met by operations: its paths, queries, bodies, statuses and errors are those of its own contract. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head =
  '/**\n * A part of it.\n *\n * why: an interface that others have published\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const refusals =
  "refusals: { statuses: { invalid: 400, 'not-found': 404, conflict: 422 }, body: { status: '{status}', message: '{why}', errors: '{fields}' } }";
const pet = `shape: {
        type: 'object',
        required: ['name', 'tag'],
        additionalProperties: false,
        properties: { name: { type: 'string', minLength: 1, maxLength: 40 }, tag: { type: 'string', enum: ['cat', 'dog'] }, owner: { type: 'object', properties: { email: { type: 'string', format: 'email' } } } },
      }`;
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'pets',
    currency: 'EUR',
    roles: { owner: { read: true, write: true, sensitive: true } },
    policy: { isolation: 'preferred' },
  }),
  'entities/pet.ts': `${head}import { choice, entity, json, text } from 'theseus/sdk';

export default entity({
  id: 'e_pet',
  name: 'pet',
  plural: 'pets',
  title: 'name',
  fields: {
    name: text({ id: 'f_pname', no: 1, required: true, unique: true }),
    tag: choice({ id: 'f_ptag', no: 2, choices: { cat: 'c_cat', dog: 'c_dog' } }),
    owner: json({ id: 'f_powner', no: 3 }),
  },
});
`,
  'operations/create-pet.ts': `${head}import { json, operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_newpet',
  name: 'createPet',
  http: { method: 'POST', path: '/v1/pets', status: 201, body: 'pet', ${refusals} },
  input: {
    pet: json({
      id: 'f_ipet',
      no: 1,
      required: true,
      ${pet},
    }),
  },
  output: { body: json({ id: 'f_opet', no: 1, required: true, shape: { type: 'object', required: ['petId', 'name'] } }) },
  capabilities: { pet: ['read', 'create'] },
  async run({ data, input }) {
    const asked = input.pet as { readonly name: string; readonly tag: 'cat' | 'dog'; readonly owner?: { readonly email: string } };
    const same = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: asked.name }] });
    if (same.items.length > 0) refuse('conflict', 'has already been taken', { fields: { 'pet.name': 'has already been taken' } });
    const made = await data.pet.create({ name: asked.name, tag: asked.tag, owner: asked.owner ?? null });
    return { petId: made.id, name: made.name, tag: made.tag };
  },
});
`,
  'operations/list-pets.ts': `${head}import { integer, json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_listp',
  name: 'listPets',
  http: { method: 'GET', path: '/v1/pets', extra: 'ignored' },
  input: { tag: text({ id: 'f_ltag', no: 1 }), limit: integer({ id: 'f_llim', no: 2, min: 1, max: 50, default: 20 }) },
  output: { body: json({ id: 'f_lout', no: 1, required: true, shape: { type: 'array', items: { type: 'object' } } }) },
  capabilities: { pet: ['read'] },
  async run({ data, input }) {
    const filters = input.tag === undefined || input.tag === null ? [] : [{ field: 'tag', op: 'eq' as const, value: input.tag }];
    const found = await data.pet.list({ filters, sort: 'name', limit: input.limit ?? 20 });
    return found.items.map((each) => ({ petId: each.id, name: each.name }));
  },
});
`,
  'operations/show-pet.ts': `${head}import { json, operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_showp',
  name: 'showPet',
  http: { method: 'GET', path: '/v1/pets/{petName}', ${refusals} },
  roles: ['owner', 'anyone'],
  input: { petName: text({ id: 'f_spn', no: 1, required: true }) },
  output: { fields: { pet: json({ id: 'f_spo', no: 1, required: true }), count: json({ id: 'f_spc', no: 2 }) } },
  capabilities: { pet: ['read'] },
  async run({ data, input }) {
    const found = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: input.petName }] });
    const first = found.items[0];
    if (first === undefined) refuse('not-found', 'no such pet');
    return { pet: { name: first.name, tag: first.tag, owner: first.owner }, count: found.items.length };
  },
});
`,
  'operations/count-pets.ts': `${head}import { integer, operation } from 'theseus/sdk';

export default operation({
  id: 'o_countp',
  name: 'countPets',
  http: { method: 'GET', path: '/v1/pets/count' },
  output: { fields: { count: integer({ id: 'f_cnt', no: 1, required: true }) } },
  capabilities: { pet: ['read'] },
  async run({ data }) {
    return { count: await data.pet.count() };
  },
});
`,
  'operations/remove-pet.ts': `${head}import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_rempet',
  name: 'removePet',
  http: { method: 'DELETE', path: '/v1/pets/{petName}', status: 204, query: ['why'], ${refusals} },
  input: { petName: text({ id: 'f_rpn', no: 1, required: true }), why: text({ id: 'f_rwhy', no: 2 }) },
  capabilities: { pet: ['read', 'delete'] },
  async run({ data, input }) {
    const found = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: input.petName }] });
    const first = found.items[0];
    if (first === undefined) refuse('not-found', 'no such pet');
    await data.pet.delete(first.id);
  },
});
`,
};

Object.assign(files as { [path: string]: string }, {
  'operations/search-pets.ts': `${head}import { integer, json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_search',
  name: 'searchPets',
  http: {
    method: 'GET',
    path: '/v1/search',
    query: ['tags', 'kind', 'pageSize'],
    headers: ['requestId', 'tenant'],
    names: { kind: 'filter[kind]', pageSize: 'page_size', requestId: 'X-Request-Id', total: 'X-Total-Count' },
    ${refusals},
  },
  input: {
    tags: json({ id: 'f_stags', no: 1, shape: { type: 'array', maxItems: 3, items: { type: 'string', enum: ['cat', 'dog'] } } }),
    kind: text({ id: 'f_skind', no: 2 }),
    pageSize: integer({ id: 'f_ssize', no: 3, min: 1, max: 5, default: 2 }),
    requestId: text({ id: 'f_sreq', no: 4 }),
    tenant: text({ id: 'f_sten', no: 5, required: true }),
  },
  output: {
    body: json({ id: 'f_sbody', no: 1, required: true }),
    total: integer({ id: 'f_stot', no: 2, required: true }),
    link: text({ id: 'f_slink', no: 3 }),
    xRequestId: text({ id: 'f_sxreq', no: 4 }),
  },
  capabilities: {},
  async run({ input }) {
    const size: number = input.pageSize;
    return {
      body: { tags: input.tags ?? null, kind: input.kind ?? null, size, tenant: input.tenant },
      total: 7,
      link: '</v1/search?page=2>; rel="next"',
      xRequestId: input.requestId,
    };
  },
});
`,
  'operations/put-pet.ts': `${head}import { integer, json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_putpet',
  name: 'putPet',
  http: { method: 'PUT', path: '/v1/pets/{petName}', ${refusals} },
  input: { petName: text({ id: 'f_ppn', no: 1, required: true }), line: text({ id: 'f_pline', no: 2 }) },
  output: {
    body: json({ id: 'f_pbody', no: 1 }),
    status: integer({ id: 'f_pstat', no: 2, required: true }),
    location: text({ id: 'f_ploc', no: 3 }),
  },
  capabilities: { pet: ['read', 'create'] },
  async run({ data, input }) {
    const { items } = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: input.petName }] });
    if (items.length > 0) return { body: { name: input.petName }, status: 200 };
    await data.pet.create({ name: input.petName, tag: 'cat' });
    return { status: 201, location: '/v1/pets/' + (input.line ?? input.petName) };
  },
});
`,
  'operations/touch-pets.ts': `${head}import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_touchp',
  name: 'touchPets',
  http: { method: 'POST', path: '/v1/touch', status: 200 },
  capabilities: {},
  async run() {},
});
`,
});

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ files });
});
after(() => system.stop());

async function ask(
  method: string,
  path: string,
  body?: unknown,
  key: string | null = `Bearer ${system.operatorKey}`,
): Promise<{ readonly status: number; readonly type: string; readonly json: unknown }> {
  const answer = await fetch(system.url + path, {
    method,
    headers: { ...(key === null ? {} : { authorization: key }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', json: text === '' ? null : JSON.parse(text) };
}

test('the whole body is one input, held to its shape, and the whole answer is one value', async () => {
  const made = await ask('POST', '/v1/pets', { name: 'Rex', tag: 'dog', owner: { email: 'ada@example.org' } });
  assert.equal(made.status, 201);
  assert.deepEqual(Object.keys(made.json as object), ['petId', 'name', 'tag']);
  const wrong = await ask('POST', '/v1/pets', { name: '', tag: 'cow', owner: { email: 'nobody' }, more: 1 });
  assert.equal(wrong.status, 400);
  assert.match(wrong.type, /application\/json/);
  const { errors } = wrong.json as { readonly errors: { readonly [name: string]: readonly string[] } };
  assert.deepEqual(Object.keys(errors).sort(), ['email', 'more', 'name', 'tag']);
  assert.deepEqual(errors['name'], ['must not be empty']);
  for (const body of [[], 'text', null, 7]) assert.equal((await ask('POST', '/v1/pets', body)).status, 400, JSON.stringify(body));
});

test('what the body of an operation refuses has the status and the shape of its contract', async () => {
  const twice = await ask('POST', '/v1/pets', { name: 'Rex', tag: 'cat' });
  assert.deepEqual(
    [twice.status, twice.json],
    [422, { status: 422, message: 'has already been taken', errors: { name: ['has already been taken'] } }],
  );
  const missing = await ask('GET', '/v1/pets/Nobody');
  assert.deepEqual([missing.status, missing.json], [404, { status: 404, message: 'no such pet', errors: { body: ['no such pet'] } }]);
});

test('inputs stand in path and query, defaults hold, and a plain segment wins over one in braces', async () => {
  await ask('POST', '/v1/pets', { name: 'Mia', tag: 'cat' });
  const names = async (query: string): Promise<unknown> =>
    ((await ask('GET', `/v1/pets${query}`)).json as readonly { readonly name: string }[]).map((each) => each.name);
  assert.deepEqual(await names(''), ['Mia', 'Rex']);
  assert.deepEqual(await names('?tag=dog&unknown=1'), ['Rex']);
  assert.deepEqual(await names('?limit=1'), ['Mia']);
  assert.equal((await ask('GET', '/v1/pets?limit=0')).status, 422);
  assert.deepEqual((await ask('GET', '/v1/pets/count')).json, { count: 2 });
  assert.deepEqual((await ask('GET', '/v1/pets/Rex')).json, {
    pet: { name: 'Rex', tag: 'dog', owner: { email: 'ada@example.org' } },
    count: 1,
  });
});

test('who is not known is told so in the shape of what was called, and what is open to anyone opens nothing beside it', async () => {
  for (const key of [null, 'Bearer th_nobody', 'Token tu_nothing', 'Basic YTpi']) {
    const refused = await ask('POST', '/v1/pets', { name: 'Eve', tag: 'cat' }, key);
    assert.deepEqual([refused.status, Object.keys(refused.json as object)], [401, ['errors', 'status', 'message']], String(key));
  }
  assert.equal((await ask('GET', '/v1/pets/Mia', undefined, null)).status, 200);
  const beside = await ask('GET', '/v1/pets/count', undefined, null);
  assert.deepEqual([beside.status, (beside.json as { readonly code: string }).code], [401, 'unauthenticated']);
});

test('lists, names of their own and headers come in, and headers go out', async () => {
  const search = async (query: string, headers: { readonly [name: string]: string } = { tenant: 'one' }): Promise<Response> =>
    fetch(`${system.url}/v1/search${query}`, { headers: { authorization: `Bearer ${system.operatorKey}`, ...headers } });
  const seen = async (query: string): Promise<unknown> => (await search(query)).json();
  for (const query of ['?tags=cat&tags=dog', '?tags=cat,dog', '?tags=cat%2Cdog', '?tags[]=cat&tags[]=dog', '?tags=["cat","dog"]'])
    assert.deepEqual(await seen(query), { tags: ['cat', 'dog'], kind: null, size: 2, tenant: 'one' }, query);
  assert.deepEqual(await seen('?filter[kind]=x&page_size=5'), { tags: null, kind: 'x', size: 5, tenant: 'one' });
  const answered = await search('', { tenant: 'two', 'X-Request-Id': 'r-1' });
  assert.deepEqual(
    ['x-total-count', 'link', 'x-request-id'].map((name) => answered.headers.get(name)),
    ['7', '</v1/search?page=2>; rel="next"', 'r-1'],
  );
  const fieldsOf = async (answer: Response): Promise<unknown> => [
    answer.status,
    Object.keys(((await answer.json()) as { readonly errors: object }).errors),
  ];
  assert.deepEqual(await fieldsOf(await search('?page_size=6')), [400, ['page_size']]);
  assert.deepEqual(await fieldsOf(await search('?pageSize=1')), [400, ['pageSize']]);
  assert.deepEqual(await fieldsOf(await search('?tags=cow')), [400, ['tags']]);
  assert.deepEqual(await fieldsOf(await search('', {})), [400, ['tenant']]);
});

test('an operation says by which status it answers, with or without a body, and never splits a header', async () => {
  const put = (path: string, body?: unknown): Promise<Response> =>
    fetch(`${system.url}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${system.operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
  const made = await put('/v1/pets/Neo');
  assert.deepEqual([made.status, made.headers.get('location'), await made.text()], [201, '/v1/pets/Neo', '']);
  const again = await put('/v1/pets/Neo');
  assert.deepEqual([again.status, await again.json()], [200, { name: 'Neo' }]);
  assert.equal((await put('/v1/pets/Bad', { line: 'x\r\nset-cookie: a=b' })).status, 502);
  assert.equal((await ask('GET', '/v1/pets/Bad')).status, 404);
  assert.deepEqual(await ask('DELETE', '/v1/pets/Neo'), { status: 204, type: '', json: null });
  assert.deepEqual(await ask('POST', '/v1/touch'), { status: 200, type: '', json: null });
});

test('a DELETE takes its query and answers nothing', async () => {
  const gone = await ask('DELETE', '/v1/pets/Rex?why=moved');
  assert.deepEqual([gone.status, gone.json], [204, null]);
  assert.equal((await ask('DELETE', '/v1/pets/Rex')).status, 404);
  assert.equal((await ask('DELETE', '/v1/pets/Mia?other=1')).status, 400);
});

test('the OpenAPI document describes it as it is', async () => {
  const { json } = await ask('GET', '/openapi.json');
  const { paths, components } = json as {
    readonly paths: {
      readonly [path: string]: {
        readonly [method: string]: {
          readonly parameters: readonly { readonly name: string; readonly in: string }[];
          readonly requestBody?: object;
        };
      };
    };
    readonly components: { readonly schemas: { readonly [name: string]: object } };
  };
  assert.deepEqual(
    paths['/v1/pets/{petName}']?.['delete']?.parameters
      .map((each) => `${each.in} ${each.name}`)
      .filter((each) => !each.startsWith('undefined')),
    ['path petName', 'query why'],
  );
  assert.equal(paths['/v1/pets/{petName}']?.['delete']?.requestBody, undefined);
  assert.deepEqual(
    paths['/v1/search']?.['get']?.parameters.map((each) => `${each.in} ${each.name}`),
    ['query tags', 'query filter[kind]', 'query page_size', 'header X-Request-Id', 'header tenant'],
  );
  const { properties } = components.schemas['Operation.CreatePet.Input'] as { readonly properties: object };
  assert.deepEqual(Object.keys(properties).sort(), ['name', 'owner', 'tag']);
});
