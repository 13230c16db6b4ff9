/* A whole system: an outside host is asked and told, a caller sees own rows alone, and a component is denied what its contract does not say. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head = '/**\n * A part of it.\n *\n * why: to be tried\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files = (host: string): { readonly [path: string]: string } => ({
  'theseus.json': JSON.stringify({
    name: 'shop',
    currency: 'EUR',
    roles: {
      owner: { read: true, write: true, sensitive: true },
      customer: { read: true, write: true },
    },
    policy: { isolation: 'preferred', outside: { private: [host] } },
  }),
  'entities/order.ts': `${head}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_order',
  name: 'order',
  plural: 'orders',
  title: 'what',
  fields: {
    what: text({ id: 'f_what', no: 1, required: true }),
    buyer: text({ id: 'f_buyer', no: 2, required: true }),
    margin: integer({ id: 'f_margin', no: 3, sensitive: true }),
  },
});
`,
  'rules/own-orders.ts': `${head}import { access } from 'theseus/sdk';

export default access({
  id: 'r_ownorders',
  name: 'ownOrders',
  on: 'order',
  roles: ['customer'],
  rows: (order, caller) => order.buyer === caller.name,
});
`,
  'operations/ship-order.ts': `${head}import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_ship',
  name: 'shipOrder',
  on: 'order',
  input: { fail: text({ id: 'f_sfail', no: 1 }) },
  output: { row: 'order' },
  capabilities: { order: ['read', 'update'], fetch: { '${host}': { methods: ['POST'] }, 'localhost:1': { methods: ['GET'], read: true } } },
  async run({ data, row, input, fetch }) {
    await fetch('http://${host}/parcels', { method: 'POST', body: { order: row.id, what: row.what } });
    if (input.fail === 'here') refuse('conflict', 'not today');
    if (input.fail === 'outside') await fetch('http://localhost:1/');
    if (input.fail === 'sort') await data.order.list({ sort: 'margin' });
    return data.order.update(row.id, { what: 'shipped' });
  },
});
`,
});

let parcels: Server;
let system: ThrowAwaySystem;
const heard: { readonly key: string; readonly body: string }[] = [];
const arrived = Promise.withResolvers<void>();
before(async () => {
  parcels = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      heard.push({ key: String(request.headers['idempotency-key']), body });
      answer.writeHead(heard.length === 1 ? 503 : 201).end();
      if (heard.length === 2) arrived.resolve();
    });
  });
  await new Promise<void>((done) => parcels.listen(0, '127.0.0.1', done));
  system = await startThrowAwaySystem({ files: files(`localhost:${(parcels.address() as AddressInfo).port}`) });
});
after(async () => {
  await system.stop();
  parcels.close();
});

test(
  'what is sent leaves after the commit, comes again with the same key, and nothing of a refused call leaves',
  { timeout: 60_000 },
  async () => {
    const key = await system.keyFor(['customer']);
    const made = await system.call('POST', '/api/orders', { what: 'tea', buyer: 'customer', margin: 30 });
    const hidden = await system.call('POST', '/api/orders', { what: 'gold', buyer: 'somebody', margin: 90 });
    const [mine, theirs] = [String(made.json['id']), String(hidden.json['id'])];
    const status = async (method: string, path: string, body?: unknown): Promise<number> =>
      (await system.call(method, path, body, { key })).status;

    assert.equal(await status('GET', `/api/orders/${mine}`), 200);
    for (const [method, path, body] of [
      ['GET', `/api/orders/${theirs}`],
      ['PATCH', `/api/orders/${theirs}`, { what: 'mine' }],
      ['DELETE', `/api/orders/${theirs}`],
      ['POST', `/api/orders/${theirs}/ship`, {}],
    ] as const)
      assert.equal(await status(method, path, body), 404, `${method} ${path}`);
    const listed = await system.call('GET', '/api/orders?q=gold', undefined, { key });
    assert.deepEqual(listed.json.items, []);
    assert.equal(await status('GET', '/api/orders?sort=margin'), 422);
    assert.equal((await system.call('GET', '/api/orders?sort=margin')).status, 200);
    assert.deepEqual((await system.call('GET', `/_theseus/rows/${theirs}/journal`, undefined, { key })).json.items, []);
    assert.equal((await system.call('GET', `/_theseus/rows/${theirs}/journal`)).json.items?.length, 1);

    assert.equal(await status('POST', `/api/orders/${mine}/ship`, { fail: 'here' }), 409);
    const outside = await system.call('POST', `/api/orders/${mine}/ship`, { fail: 'outside' }, { key });
    assert.equal(outside.status, 403, JSON.stringify(outside.json));
    assert.equal(await status('POST', `/api/orders/${mine}/ship`, { fail: 'sort' }), 403);
    assert.equal(heard.length, 0);
    const shipped = await system.call('POST', `/api/orders/${mine}/ship`, {}, { key });
    assert.deepEqual([shipped.status, shipped.json['what'], shipped.json['margin'] ?? null], [200, 'shipped', null]);
    await arrived.promise;
    assert.equal(heard.length, 2);
    assert.equal(heard[0]?.key, heard[1]?.key);
    assert.deepEqual(JSON.parse(heard[1]?.body ?? ''), { order: mine, what: 'tea' });

    const { json } = await system.call('GET', '/_theseus/components/operation/shipOrder');
    const denials = json['denials'] as {
      readonly count: number;
      readonly last: readonly { readonly asked: string; readonly write: string }[];
    };
    assert.equal(denials.count, 1);
    assert.deepEqual(
      [denials.last[0]?.asked, denials.last[0]?.write],
      ['order.margin sort by', "order: { access: ['read'], sensitive: ['margin'] }"],
    );
  },
);
