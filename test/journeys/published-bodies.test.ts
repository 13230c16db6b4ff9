/*
 * Bodies that are no JSON, as published interfaces have them: forms with nested names, parts of a form with files, texts, bytes; in and out. And
 * what hostile callers make of them.
 */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head =
  '/**\n * A part of it.\n *\n * why: an interface that others have published\n * change: start\n * generator: person\n * date: 2026-11-24\n */\n';
const refusals =
  "refusals: { statuses: { invalid: 400, malformed: 400, 'too-large': 413, 'unsupported-media-type': 415, 'not-acceptable': 406 }, body: { error: { message: '{why}', status: '{status}', fields: '{fields}' } } }";
const photo = "format: 'file', mediaTypes: ['image/png', 'text/html'], maxBytes: 1_500_000";

const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'bodies',
    currency: 'EUR',
    roles: { owner: { read: true, write: true, sensitive: true } },
    policy: { isolation: 'preferred' },
  }),
  'entities/pet.ts': `${head}import { entity, json, text } from 'theseus/sdk';

export default entity({
  id: 'e_pet',
  name: 'pet',
  plural: 'pets',
  title: 'name',
  fields: {
    name: text({ id: 'f_pname', no: 1, required: true, unique: true }),
    caption: text({ id: 'f_pcap', no: 2 }),
    photo: json({ id: 'f_pphoto', no: 3, shape: { ${photo} } }),
  },
});
`,
  'operations/create-charge.ts': `${head}import { integer, json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_charge',
  name: 'createCharge',
  http: {
    method: 'POST',
    path: '/v1/charges',
    takes: ['application/x-www-form-urlencoded'],
    names: { paymentMethod: 'payment_method' },
    ${refusals},
  },
  input: {
    amount: integer({ id: 'f_camt', no: 1, required: true, min: 1 }),
    paymentMethod: text({ id: 'f_cpm', no: 2 }),
    card: json({
      id: 'f_ccard',
      no: 3,
      shape: {
        type: 'object',
        required: ['number'],
        additionalProperties: false,
        properties: { number: { type: 'string' }, exp_month: { type: 'integer', minimum: 1, maximum: 12 }, trial: { type: ['boolean', 'null'] } },
      },
    }),
    metadata: json({ id: 'f_cmeta', no: 4, shape: { type: 'object', additionalProperties: { type: 'string' } } }),
    expand: json({ id: 'f_cexp', no: 5, shape: { type: 'array', items: { type: 'string' } } }),
    items: json({
      id: 'f_citems',
      no: 6,
      shape: { type: 'array', maxItems: 3, items: { type: 'object', required: ['price'], properties: { price: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } } } },
    }),
  },
  output: { body: json({ id: 'f_cout', no: 1, required: true }) },
  capabilities: {},
  async run({ input }) {
    return {
      amount: input.amount,
      method: input.paymentMethod ?? null,
      card: input.card ?? null,
      metadata: input.metadata ?? null,
      expand: input.expand ?? null,
      items: input.items ?? null,
    };
  },
});
`,
  'operations/give-token.ts': `${head}import { json, operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_token',
  name: 'giveToken',
  http: { method: 'POST', path: '/oauth/token', takes: ['application/x-www-form-urlencoded', 'application/json'], body: 'asked', ${refusals} },
  roles: ['anyone', 'owner'],
  input: {
    asked: json({
      id: 'f_task',
      no: 1,
      required: true,
      shape: { type: 'object', required: ['grant_type'], properties: { grant_type: { type: 'string', enum: ['client_credentials'] }, scope: { type: 'string' } } },
    }),
  },
  output: { body: json({ id: 'f_tout', no: 1, required: true }) },
  capabilities: {},
  async run({ input }) {
    if (input.asked.scope === 'all') refuse('invalid', 'invalid_scope', { fields: { scope: 'is too wide' } });
    return { token_type: 'bearer', scope: input.asked.scope ?? '' };
  },
});
`,
  'operations/add-pet.ts': `${head}import { json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_addpet',
  name: 'addPet',
  http: { method: 'POST', path: '/v1/pets', status: 201, takes: ['multipart/form-data'], ${refusals} },
  input: {
    name: text({ id: 'f_aname', no: 1, required: true, max: 40 }),
    caption: text({ id: 'f_acap', no: 2 }),
    photo: json({ id: 'f_aphoto', no: 3, shape: { ${photo} } }),
  },
  output: { body: json({ id: 'f_aout', no: 1, required: true }) },
  capabilities: { pet: ['create'] },
  async run({ data, input }) {
    const pet = await data.pet.create({ name: input.name, caption: input.caption ?? null, photo: input.photo ?? null });
    return { name: pet.name, photo: pet.photo };
  },
});
`,
  'operations/put-photo.ts': `${head}import { json, operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_putph',
  name: 'putPhoto',
  http: { method: 'PUT', path: '/v1/pets/{petName}/photo', status: 204, body: 'photo', ${refusals} },
  input: {
    petName: text({ id: 'f_uname', no: 1, required: true }),
    photo: json({ id: 'f_uphoto', no: 2, required: true, shape: { ${photo} } }),
  },
  capabilities: { pet: ['read', 'update'] },
  async run({ data, input }) {
    const { items } = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: input.petName }] });
    const [pet] = items;
    if (pet === undefined) refuse('not-found', 'no such pet');
    await data.pet.update(pet.id, { photo: input.photo });
  },
});
`,
  'operations/show-photo.ts': `${head}import { json, operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_showph',
  name: 'showPhoto',
  http: { method: 'GET', path: '/v1/pets/{petName}/photo', ${refusals} },
  input: { petName: text({ id: 'f_sname', no: 1, required: true }) },
  output: { body: json({ id: 'f_sphoto', no: 1, required: true, shape: { ${photo} } }) },
  capabilities: { pet: ['read'] },
  async run({ data, input }) {
    const { items } = await data.pet.list({ filters: [{ field: 'name', op: 'eq', value: input.petName }] });
    const [pet] = items;
    if (pet === undefined || pet.photo === null) refuse('not-found', 'no such photo');
    return pet.photo;
  },
});
`,
  'operations/read-names.ts': `${head}import { integer, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_rnames',
  name: 'readNames',
  http: { method: 'POST', path: '/v1/names', takes: ['text/csv'], body: 'rows', answers: 'text/csv', ${refusals} },
  input: { rows: text({ id: 'f_rrows', no: 1, required: true, multiline: true, max: 100_000 }) },
  output: { body: text({ id: 'f_rout', no: 1, required: true, multiline: true }), total: integer({ id: 'f_rtot', no: 2, required: true }) },
  capabilities: {},
  async run({ input }) {
    const rows = input.rows.split('\\n').filter((row) => row !== '');
    return { body: rows.toReversed().join('\\n') + '\\n', total: rows.length };
  },
});
`.replace("answers: 'text/csv',", "answers: 'text/csv', names: { total: 'X-Total-Count' },"),
  'operations/list-many.ts': `${head}import { integer, json, operation } from 'theseus/sdk';

export default operation({
  id: 'o_many',
  name: 'listMany',
  http: { method: 'POST', path: '/v1/many', ${refusals} },
  input: { count: integer({ id: 'f_mcount', no: 1, required: true, min: 1, max: 20_000 }), seen: json({ id: 'f_mseen', no: 2 }) },
  output: { body: json({ id: 'f_mout', no: 1, required: true }) },
  capabilities: {},
  async run({ input }) {
    const seen: number = Array.isArray(input.seen) ? input.seen.length : 0;
    return { seen, items: Array.from({ length: input.count }, (_, at) => ({ id: at, text: 'x'.repeat(300) })) };
  },
});
`,
};

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ files });
});
after(() => system.stop());

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}
async function send(
  method: string,
  path: string,
  type: string | null,
  body?: NonNullable<RequestInit['body']>,
  more: { readonly [name: string]: string } = {},
): Promise<Said> {
  const answer = await fetch(system.url + path, {
    method,
    headers: { authorization: `Bearer ${system.operatorKey}`, ...(type === null ? {} : { 'content-type': type }), ...more },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : null,
  };
}
const FORM = 'application/x-www-form-urlencoded';
const errorOf = ({
  json,
}: Said): { readonly message: string; readonly status: number; readonly fields: { readonly [name: string]: unknown } } =>
  (json as { readonly error: { readonly message: string; readonly status: number; readonly fields: { readonly [name: string]: unknown } } })
    .error;
const refusedAs = (said: Said, status: number): void => assert.deepEqual([said.status, errorOf(said).status], [status, status], said.text);

test('a form is read as its contract wants it: nested names, lists either way, numbers and nothing', async () => {
  const said = await send(
    'POST',
    '/v1/charges',
    `${FORM}; charset=UTF-8`,
    'amount=2000&payment_method=pm_1&card[number]=4242+4242&card[exp_month]=7&card[trial]=&metadata[order%20no]=%C3%A9+1&expand[]=a&expand[]=b&items[1][price]=2&items[0][price]=1&items[0][tags][]=x',
  );
  assert.equal(said.status, 200, said.text);
  assert.deepEqual(said.json, {
    amount: 2000,
    method: 'pm_1',
    card: { number: '4242 4242', exp_month: 7, trial: null },
    metadata: { 'order no': 'é 1' },
    expand: ['a', 'b'],
    items: [{ price: 1, tags: ['x'] }, { price: 2 }],
  });
  const indexed = await send('POST', '/v1/charges', FORM, 'amount=1&expand[0]=a&expand[1]=b');
  assert.deepEqual((indexed.json as { readonly expand: unknown }).expand, ['a', 'b']);
});

test('what a form says wrongly is told by the names that it was sent by, in the shape of the contract', async () => {
  const wrong = await send('POST', '/v1/charges', FORM, 'amount=many&card[exp_month]=13&card[cvv]=1&items[0][price]=x&colour=red');
  refusedAs(wrong, 400);
  assert.deepEqual(Object.keys(errorOf(wrong).fields).sort(), ['amount', 'colour', 'cvv', 'exp_month', 'number', 'price']);
  for (const body of ['amount=1&amount=2', 'amount=1&card=x', 'amount=1&items=x'])
    refusedAs(await send('POST', '/v1/charges', FORM, body), 400);
  assert.equal(
    (await send('POST', '/oauth/token', FORM, 'grant_type=client_credentials&scope=read')).text,
    '{"token_type":"bearer","scope":"read"}',
  );
  assert.equal((await send('POST', '/oauth/token', 'application/json', '{"grant_type":"client_credentials"}')).status, 200);
  assert.deepEqual(errorOf(await send('POST', '/oauth/token', FORM, 'grant_type=password')).fields, {
    grant_type: ['must be one of "client_credentials"'],
  });
});

test('a form that is made to harm is refused as malformed, and changes no prototype', async () => {
  for (const body of [
    'amount=%ff',
    'amount=%zz',
    'amount=1&__proto__[polluted]=1',
    'amount=1&card[__proto__][x]=1',
    `amount=1&metadata${'[a]'.repeat(20)}=1`,
    'amount=1&items[][price]=1',
    'amount=1&card[number=1',
    'amount=1&card=1&card[number]=1',
    `amount=1&${'n'.repeat(301)}=1`,
    'amount=\u00e9',
  ])
    refusedAs(await send('POST', '/v1/charges', FORM, body), 400);
  refusedAs(await send('POST', '/v1/charges', FORM, Array.from({ length: 1_001 }, (_, at) => `metadata[k${at}]=1`).join('&')), 413);
  refusedAs(await send('POST', '/v1/charges', FORM, 'a'.repeat(1_100_000)), 413);
  assert.equal(({} as { readonly polluted?: unknown }).polluted, undefined);
});

test('another type of content, and whatever is packed, is refused before it is read', async () => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml'])
    refusedAs(await send('POST', '/v1/charges', type, '{"amount":1}'), 415);
  refusedAs(await send('POST', '/v1/charges', null, new Blob(['amount=1'])), 415);
  refusedAs(await send('POST', '/v1/charges', FORM, 'amount=1', { 'content-encoding': 'gzip' }), 415);
  refusedAs(await send('POST', '/v1/charges', `${FORM}; charset=utf-16`, 'amount=1'), 415);
});

const png = Buffer.from('89504e470d0a1a0a00ff00ff', 'hex');
function parts(photo: Blob, name: string, filename: string): FormData {
  const form = new FormData();
  form.set('name', name);
  form.set('caption', 'é "quoted"\r\nand more');
  form.set('photo', photo, filename);
  return form;
}

test('a file comes in as a part, is kept with the row, and goes out as it came, with its type and nothing that a browser would run', async () => {
  const made = await send('POST', '/v1/pets', null, parts(new Blob([png], { type: 'image/png' }), 'Rex', 'my "rex" é.png'));
  assert.equal(made.status, 201, made.text);
  const { photo } = made.json as {
    readonly photo: { readonly file: string; readonly name: string; readonly type: string; readonly bytes: number };
  };
  assert.deepEqual([photo.name, photo.type, photo.bytes], ['my -rex- é.png', 'image/png', png.length]);
  const got = await fetch(`${system.url}/v1/pets/Rex/photo`, { headers: { authorization: `Bearer ${system.operatorKey}` } });
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), png);
  assert.deepEqual(
    ['content-type', 'content-length', 'x-content-type-options', 'content-security-policy', 'content-disposition'].map((name) =>
      got.headers.get(name),
    ),
    [
      'image/png',
      '12',
      'nosniff',
      "default-src 'none'; sandbox",
      `inline; filename="my -rex- _.png"; filename*=UTF-8''my%20-rex-%20%C3%A9.png`,
    ],
  );
  const rows = (await send('GET', '/api/pets', null)).json as {
    readonly items: readonly { readonly caption: string; readonly photo: unknown }[];
  };
  assert.deepEqual(
    rows.items.map(({ caption, photo: kept }) => [caption, kept]),
    [['é "quoted"\r\nand more', photo]],
  );
});

test('a whole body is a file; what a browser would run is saved and not shown', async () => {
  const page = '<script>alert(1)</script>';
  const put = await send('PUT', '/v1/pets/Rex/photo', 'text/html', page, {
    'content-disposition': 'attachment; filename="../../a\\b.html"',
  });
  assert.equal(put.status, 204, put.text);
  const got = await send('GET', '/v1/pets/Rex/photo', null);
  assert.deepEqual(
    [got.text, got.headers.get('content-disposition'), got.headers.get('content-type')],
    [page, 'attachment; filename="b.html"', 'text/html'],
  );
  const large = Buffer.alloc(1_400_000, 7);
  assert.equal((await send('PUT', '/v1/pets/Rex/photo', 'image/png', large)).status, 204);
  const back = await fetch(`${system.url}/v1/pets/Rex/photo`, { headers: { authorization: `Bearer ${system.operatorKey}` } });
  assert.ok(Buffer.from(await back.arrayBuffer()).equals(large));
  refusedAs(await send('PUT', '/v1/pets/Rex/photo', 'image/png', Buffer.alloc(1_500_001)), 413);
  refusedAs(await send('PUT', '/v1/pets/Rex/photo', 'image/gif', png), 415);
  refusedAs(await send('PUT', '/v1/pets/Rex/photo', 'image/png', ''), 400);
  assert.equal((await send('GET', '/v1/pets/Rex/photo', null, undefined, { accept: 'application/pdf' })).status, 406);
  assert.equal((await send('GET', '/v1/pets/Rex/photo', null, undefined, { accept: 'application/pdf, image/*;q=0.1' })).status, 200);
});

test('nobody names a file that they did not send, and a call that is refused keeps none', async () => {
  const { items } = (await send('GET', '/api/pets', null)).json as {
    readonly items: readonly { readonly id: string; readonly photo: object }[];
  };
  const [rex] = items;
  assert.ok(rex);
  const forged = await send('PATCH', `/api/pets/${rex.id}`, 'application/json', JSON.stringify({ photo: rex.photo }));
  assert.deepEqual([forged.status, /is a file: send its bytes/.test(forged.text)], [422, true]);
  const form = new FormData();
  form.set('name', 'Eve');
  form.set('photo', JSON.stringify(rex.photo));
  refusedAs(await send('POST', '/v1/pets', null, form), 400);
  const again = await send('POST', '/v1/pets', null, parts(new Blob([png], { type: 'image/png' }), 'Rex', 'x.png'));
  assert.ok(again.status >= 400, 'the name is taken');
  const misplaced = new FormData();
  misplaced.set('name', new Blob([png]), 'n.txt');
  refusedAs(await send('POST', '/v1/pets', null, misplaced), 400);
});

test('parts that are made to harm are refused', async () => {
  const type = 'multipart/form-data; boundary=B';
  const part = (name: string, text: string): string => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  const many = Array.from({ length: 10_000 }, (_, at) => part(`n${at}`, 'x')).join('');
  refusedAs(await send('POST', '/v1/pets', type, `${many}--B--`), 413);
  for (const body of [
    '',
    'no boundary',
    part('name', 'A'),
    `${part('name', 'A')}--B`,
    `${part('name', 'A')}--B--more`,
    '--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--',
    '--B\r\nContent-Disposition: form-data; name=""\r\n\r\nx\r\n--B--',
    '--B\r\nContent-Disposition: attachment; name="name"\r\n\r\nx\r\n--B--',
    '--B\r\nContent-Disposition: form-data; name="name"\r\nContent-Disposition: form-data; name="b"\r\n\r\nx\r\n--B--',
    `--B\r\nX: ${'x'.repeat(5_000)}\r\n\r\nx\r\n--B--`,
    '--B\r\nno header\r\n\r\nx\r\n--B--',
    `${part('name[__proto__]', 'x')}--B--`,
    `${part('name', 'A')}${part('name', 'B')}--B--`,
    Buffer.concat([
      Buffer.from('--B\r\nContent-Disposition: form-data; name="name"\r\n\r\n'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\r\n--B--'),
    ]),
  ])
    refusedAs(await send('POST', '/v1/pets', type, body as NonNullable<RequestInit['body']>), 400);
  for (const bad of ['multipart/form-data', 'multipart/form-data; boundary=', `multipart/form-data; boundary=${'b'.repeat(71)}`])
    refusedAs(await send('POST', '/v1/pets', bad, `${part('name', 'A')}--B--`), 400);
  refusedAs(
    await send(
      'POST',
      '/v1/pets',
      type,
      '--B\r\nContent-Disposition: form-data; name="name"\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==\r\n--B--',
    ),
    415,
  );
  const named =
    '--B\r\nContent-Disposition: form-data; name="photo"; filename="a%0D%0ASet-Cookie: x=1;%22.png"\r\nContent-Type: image/png\r\n\r\nx\r\n--B--';
  const made = await send('POST', '/v1/pets', type, part('name', 'Inj') + named);
  assert.equal(made.status, 201, made.text);
  const got = await send('GET', '/v1/pets/Inj/photo', null);
  assert.equal(got.headers.get('set-cookie'), null);
  assert.match(got.headers.get('content-disposition') ?? '', /^inline; filename="[A-Za-z0-9 ._-]+"$/);
});

test('a length that is a lie ends the request, and what is too long by its own word is refused unread', async () => {
  const url = new URL(system.url);
  const raw = (length: string, body: string): Promise<number | string> =>
    new Promise((resolve) => {
      const asked = request(
        {
          host: url.hostname,
          port: url.port,
          method: 'PUT',
          path: '/v1/pets/Rex/photo',
          headers: { authorization: `Bearer ${system.operatorKey}`, 'content-type': 'image/png', 'content-length': length },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      asked.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? 'error'));
      asked.write(body);
      asked.flushHeaders();
    });
  assert.equal(await raw('9000000', 'x'), 413);
  assert.equal(await raw('1500001', 'x'), 413);
  assert.equal(await raw('nonsense', 'x'), 400);
});

test('a text comes in and goes out as it is', async () => {
  const said = await send('POST', '/v1/names', 'text/csv; charset=utf-8', 'ada,1\nbo,2\n');
  assert.deepEqual(
    [
      said.status,
      said.text,
      said.headers.get('content-type'),
      said.headers.get('x-content-type-options'),
      said.headers.get('x-total-count'),
    ],
    [200, 'bo,2\nada,1\n', 'text/csv; charset=UTF-8', 'nosniff', '2'],
  );
  refusedAs(await send('POST', '/v1/names', 'text/csv', 'a', { accept: 'application/json' }), 406);
  refusedAs(await send('POST', '/v1/names', 'text/csv', new Blob([new Uint8Array([0xff])])), 400);
  refusedAs(await send('POST', '/v1/names', 'text/plain', 'a'), 415);
});

test('a long list is answered, and a long one taken, up to the caps of the call and of the door', async () => {
  const json = (value: unknown): Promise<Said> => send('POST', '/v1/many', 'application/json', JSON.stringify(value));
  const many = await json({ count: 5_000, seen: Array.from({ length: 20_000 }, (_, at) => `row ${at}`) });
  assert.equal(many.status, 200, many.text.slice(0, 300));
  const { seen, items } = many.json as { readonly seen: number; readonly items: readonly unknown[] };
  assert.deepEqual([seen, items.length, many.text.length > 1_500_000], [20_000, 5_000, true]);
  assert.equal((await json({ count: 20_000 })).status, 502, 'over four million characters is over the cap of the call');
  const stored = await send(
    'POST',
    '/api/pets',
    'application/json',
    JSON.stringify({ name: 'Long', photo: null, caption: 'x'.repeat(10_001) }),
  );
  assert.equal(stored.status, 422);
});

test('the OpenAPI document says what is taken and answered in which type', async () => {
  const { json } = await send('GET', '/openapi.json', null);
  const { paths } = json as {
    readonly paths: {
      readonly [path: string]: {
        readonly [method: string]: {
          readonly requestBody?: { readonly content: object };
          readonly responses: { readonly [status: string]: { readonly content?: object } };
        };
      };
    };
  };
  const at = (path: string, method: string): unknown => {
    const { requestBody, responses } = paths[path]?.[method] ?? { responses: {} };
    return [requestBody === undefined ? null : Object.keys(requestBody.content), Object.keys(responses['200']?.content ?? {})];
  };
  assert.deepEqual(at('/v1/charges', 'post'), [[FORM], ['application/json']]);
  assert.deepEqual(at('/v1/names', 'post'), [['text/csv'], ['text/csv']]);
  assert.deepEqual(at('/v1/pets/{petName}/photo', 'get'), [null, ['image/png', 'text/html']]);
  assert.deepEqual(at('/v1/pets/{petName}/photo', 'put'), [['image/png', 'text/html'], []]);
});
