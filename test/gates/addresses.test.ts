/** Steps by address: what a published contract promises on the wire is shown by examples and held by the gates. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { examplesGate, mutationGate } from '#gates';
import type { Evidence } from '#kernel';
import { openWorkbench, scopeOf, told } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const room = `${head}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_room',
  name: 'room',
  plural: 'rooms',
  title: 'name',
  fields: { name: text({ id: 'f_rname', no: 1, required: true }), seats: integer({ id: 'f_rseats', no: 2, required: true }) },
});
`;
const reseat = `${head}import { integer, json, operation } from 'theseus/sdk';

export default operation({
  id: 'o_reseat',
  name: 'reseatRoom',
  on: 'room',
  http: { method: 'PUT', path: '/v1/rooms/{id}', status: 200, answers: 'application/vnd.rooms+json', headers: ['requestId'], body: 'room', refusals: { statuses: { stale: 412 }, body: { problem: '{code}' } } },
  roles: ['owner'],
  input: {
    room: json({ id: 'f_sroom', no: 1, required: true, shape: { type: 'object', required: ['seats'], properties: { seats: { type: 'integer' } } } }),
    requestId: integer({ id: 'f_sreq', no: 2 }),
  },
  output: {
    body: json({ id: 'f_sbody', no: 1, required: true }),
    etag: integer({ id: 'f_setag', no: 2, required: true }),
    xRequest: integer({ id: 'f_sxreq', no: 3 }),
  },
  capabilities: { room: ['update'] },
  async run({ data, row, input }) {
    const made = await data.room.update(row.id, { seats: input.room.seats });
    return { body: { id: made.id, seats: made.seats }, etag: made.version, xRequest: input.requestId };
  },
});
`;
const make = "{ create: 'room', as: 'blue', with: { name: 'Blue', seats: 4 } },";
const put = (more: string): string => `{ call: 'reseatRoom', http: 'PUT /v1/rooms/{blue}', ${more} },`;
const onTheWire = [
  put(
    `headers: { 'If-Match': '"1"', 'request-id': '7' }, with: { seats: 5 }, then: { status: 200, headers: { etag: '"2"', 'x-request': '7' }, body: { id: 'blue', seats: 5 } }`,
  ),
  put(`headers: { 'If-Match': '"1"' }, with: { seats: 6 }, then: { status: 412, headers: { etag: null }, body: { problem: 'stale' } }`),
  put(`headers: { Accept: 'image/png' }, with: { seats: 6 }, then: { status: 406 }`),
  put(`headers: { Authorization: 'Bearer nonsense' }, with: { seats: 6 }, then: { status: 401, body: { problem: 'unauthenticated' } }`),
  put(`by: 'anyone', with: { seats: 6 }, then: { status: 401 }`),
  put(`with: { seats: 'many' }, then: { status: 422 }`),
  `{ read: 'blue', http: 'GET /api/rooms/{blue}', headers: { 'If-None-Match': '"2"' }, then: { status: 304, body: null } },`,
  `{ read: 'blue', http: 'GET /api/rooms/{blue}', headers: { 'If-None-Match': '"1"' }, then: { headers: { etag: '"2"' }, body: { seats: 5 } } },`,
  `{ create: 'room', http: 'POST /api/rooms', with: { name: 'Red', seats: 2 }, then: { status: 201, body: { name: 'Red' } } }, { find: 'room', with: { name: 'Red' }, as: 'red' },`,
  // A text that says the same as the name of a row is a text.
  `{ create: 'room', http: 'POST /api/rooms', with: { name: 'blue', seats: 2 }, then: { status: 201 } }, { find: 'room', with: { name: 'blue' }, as: 'namesake', then: { seats: 2 } },`,
  `{ create: 'room', http: 'POST /api/rooms', with: { name: '{blue}', seats: 3 } }, { find: 'room', with: { seats: 3 }, as: 'third' }, { read: 'third', http: 'GET /api/rooms/{third}', then: { body: { name: 'blue' } } },`,
  `{ delete: 'red', http: 'DELETE /api/rooms/{red}', headers: { 'If-Match': '"9"' }, then: { status: 412 } },`,
  `{ delete: 'red', http: 'DELETE /api/rooms/{red}' }, { read: 'red', then: { refused: 'not-found' } },`,
];
const tests = (steps: readonly string[]): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n  example('on the wire', [\n    ${[make, ...steps].join('\n    ')}\n  ]),\n]);\n`;
const files = (steps: readonly string[], code = reseat): { readonly [path: string]: string } => ({
  'entities/room.ts': room,
  'operations/reseat-room.ts': code,
  'operations/reseat-room.test.ts': tests(steps),
});
const scope = scopeOf(['entity/room', 'operation/reseatRoom']);
const look = (steps: readonly string[], code?: string): Promise<Evidence> => bench.one(examplesGate, files(steps, code), scope);
const statements = ({ findings }: Evidence): string => findings.map(({ statement }) => statement).join('\n');

test('accepted: statuses, headers and bodies as callers get them; 412, 304, 406 and 401 among them', async () => {
  const evidence = await look(onTheWire);
  assert.equal(evidence.verdict, 'pass', statements(evidence));
});

const [first = ''] = onTheWire;
for (const [what, steps, why] of [
  ['another status', [first.replace('status: 200', 'status: 201')], /it was answered 200, not 201/],
  ['another header', [first.replace(`etag: '"2"'`, `etag: '"3"'`)], /the header etag is "\\"2\\"", not "\\"3\\""/],
  ['another body', [first.replace('seats: 5 } }', 'seats: 6 } }')], /body\.seats is 5, not 6/],
  ['a refusal that is not stated', [put("by: 'anyone', with: { seats: 6 }")], /it was answered 401: /],
  [
    'an address of something else',
    [put('with: { seats: 6 }').replace('PUT /v1', 'PUT /v2')],
    /is not the address of reseatRoom, which is PUT \/v1\/rooms\/\{id\}/,
  ],
  [
    'an operation that is not called by its name',
    ["{ update: 'blue', http: 'PUT /v1/rooms/{blue}', with: { seats: 6 } },"],
    /PUT \/v1\/rooms\/\{blue\} is no address of room: these begin with \/api\/rooms/,
  ],
  [
    'an address of other rows',
    ["{ read: 'blue', http: 'GET /api/orders', then: {} },"],
    /is no address of room: these begin with \/api\/rooms/,
  ],
] as const)
  test(`refused: ${what}`, async () => {
    const evidence = await look(steps);
    assert.equal(evidence.verdict, 'fail');
    assert.match(statements(evidence), why);
  });

test('what stands on the wire alone is noticed when it changes', async () => {
  const evidence = await look(onTheWire, reseat.replace('stale: 412', 'stale: 409'));
  assert.match(statements(evidence), /it was answered 409, not 412/);
  const all = await bench.one(mutationGate, files(onTheWire), scope);
  assert.ok(
    all.findings.some(({ statement }) => /operation\/reseatRoom body line \d+ .* the tests notice/.test(statement)),
    statements(all),
  );
});

test('a transition of a workflow by its address', async () => {
  const flow = `${head}import { workflow } from 'theseus/sdk';

export default workflow({ id: 'w_order', name: 'order', on: 'order', field: 'status', starts: 'open', ends: ['shipped', 'cancelled'],
  transitions: [{ id: 't_pay', name: 'pay', from: ['open'], to: 'paid' }, { id: 't_ship', name: 'ship', from: ['paid'], to: 'shipped', roles: ['manager'] }, { id: 't_canc', name: 'cancel', from: ['open', 'paid'], to: 'cancelled' }],
});
`;
  const moved = `import { example, examples } from 'theseus/sdk';

export default examples([
  example('by address', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } }, { create: 'order', as: 'tea', with: { customer: 'ada' } },
    { update: 'tea', http: 'POST /api/orders/{tea}/ship', by: 'manager', then: { status: 409, body: { code: 'conflict' } } },
    { update: 'tea', http: 'POST /api/orders/{tea}/pay', headers: { 'If-Match': '"1"' }, then: { status: 200, headers: { etag: '"2"' }, body: { status: 'paid' } } },
    { update: 'tea', http: 'POST /api/orders/{tea}/ship', by: 'clerk', then: { status: 403 } },
    { update: 'tea', http: 'POST /api/orders/{tea}/ship', by: 'manager', then: { body: { status: 'shipped', customer: 'ada' } } },
  ]),
]);
`;
  const result = await bench.run({ 'workflows/order.ts': flow, 'workflows/order.test.ts': moved }, scopeOf(['workflow/order']));
  assert.ok(result.passed, told(result));
});
