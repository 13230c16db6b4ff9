import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem, type JsonObject, type ModelJson, openClient } from '#api/client';
import { systemTools } from './system-tools.ts';
import type { Tool } from './tool.ts';

const operation = (id: string, request: JsonObject | undefined, answers: JsonObject): JsonObject => ({
  operationId: id,
  summary: id,
  ...(request === undefined ? {} : { requestBody: { required: true, content: request } }),
  responses: { '200': { description: 'It.', content: answers } },
});
const bytes = { type: 'string', format: 'binary' };
const schema = { $ref: '#/components/schemas/Operation.SendFile.Input' };
const json = { 'application/json': { schema: {} } };
const document: JsonObject = {
  paths: {
    '/v1/customers': { post: operation('makeCustomer', { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } }, json) },
    '/v1/files': {
      post: operation('sendFile', { 'multipart/form-data': { schema } }, json),
      get: operation('listFiles', undefined, { 'text/csv': { schema: { type: 'string' } } }),
    },
    '/v1/files/{file}': {
      put: operation('putFile', { 'image/png': { schema: bytes } }, json),
      get: operation('getFile', undefined, { 'image/png': { schema: bytes } }),
    },
  },
  components: {
    schemas: {
      'Operation.SendFile.Input': { type: 'object', required: ['file'], properties: { file: bytes, purpose: { type: 'string' } } },
    },
  },
};
const names = ['makeCustomer', 'sendFile', 'listFiles', 'putFile', 'getFile'];
const model = {
  may: { read: true, write: true },
  entities: [],
  operations: names.map((name) => ({ name, may: true })),
} as unknown as ModelJson;
const tools = systemTools(document, model);
const named = (name: string): Tool => tools.find((tool) => tool.name === `call_${name}`) ?? assert.fail(name);

interface Got {
  readonly type: string;
  readonly accept: string;
  readonly body: Response;
}
const served = (answer: () => Response) => {
  const got: Got[] = [];
  const client = openClient({
    url: 'http://127.0.0.1:1',
    key: 'key_agent',
    fetch: async (url, init) => {
      const request = new Request(url, init);
      got.push({
        type: request.headers.get('content-type') ?? '',
        accept: request.headers.get('accept') ?? '',
        body: new Response(await request.arrayBuffer(), { headers: request.headers }),
      });
      return answer();
    },
  });
  return { client, got };
};
const png = { name: 'a.png', type: 'image/png', base64: Buffer.from([1, 2, 255]).toString('base64') };

test('an operation that takes forms is a tool: values are said as JSON and leave as the form', async () => {
  const { client, got } = served(() => Response.json({ id: 'cus_1' }));
  const values = { name: 'Ada & Co', address: { city: 'Bonn' }, expand: ['a', 'b'], vip: true, phone: null };
  assert.deepEqual((await named('makeCustomer').run(client, { values })).value, { id: 'cus_1' });
  assert.match(got[0]?.type ?? '', /^application\/x-www-form-urlencoded/);
  assert.equal(
    decodeURIComponent((await got[0]?.body.text()) ?? ''),
    'name=Ada+&+Co&address[city]=Bonn&expand[0]=a&expand[1]=b&vip=true&phone=',
  );
});

test('a file is said as its name, type and base64, in a form of parts or as the whole body, and the schema says so', async () => {
  const definitions = named('sendFile').inputSchema['$defs'] as JsonObject;
  const input = definitions['Operation.SendFile.Input'] as { readonly properties: { readonly file: JsonObject } };
  assert.deepEqual(input.properties.file['required'], ['name', 'type', 'base64']);
  const { client, got } = served(() => Response.json({ ok: true }));
  await named('sendFile').run(client, { values: { file: png, purpose: 'proof' } });
  const form = await got[0]?.body.formData();
  const file = form?.get('file');
  assert.ok(file instanceof File);
  assert.deepEqual(
    [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())], form?.get('purpose')],
    ['a.png', 'image/png', [1, 2, 255], 'proof'],
  );
  await named('putFile').run(client, { file: 'f1', values: png });
  assert.equal(got[1]?.type, 'image/png');
  assert.deepEqual([...new Uint8Array((await got[1]?.body.arrayBuffer()) ?? new ArrayBuffer())], [1, 2, 255]);
});

test('a text and a file that come back are said; one that is too long is named alone, and a refusal of its own shape is told whole', async () => {
  const text = served(() => new Response('a,b', { headers: { 'content-type': 'text/csv; charset=UTF-8' } }));
  assert.deepEqual((await named('listFiles').run(text.client, {})).value, { answer: 'a,b' });
  assert.equal(text.got[0]?.accept, 'text/csv, application/json');
  const headers = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a.png"' };
  const file = served(() => new Response(new Uint8Array([1, 2, 255]), { headers }));
  assert.deepEqual((await named('getFile').run(file.client, { file: 'f1' })).value, { ...png, bytes: 3 });
  const long = served(() => new Response(new Uint8Array(300_000), { headers }));
  assert.equal(((await named('getFile').run(long.client, { file: 'f1' })).value as JsonObject)['base64'], undefined);
  const refused = served(() => Response.json({ error: { message: 'No such file' } }, { status: 404 }));
  await assert.rejects(
    named('getFile').run(refused.client, { file: 'f1' }),
    (cause) => cause instanceof ApiProblem && cause.problem.code === 'not-found' && /No such file/.test(cause.problem.detail),
  );
});
