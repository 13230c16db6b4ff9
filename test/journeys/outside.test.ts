/* A whole system: an outside host is asked and told, a caller sees own rows alone, and a component is denied what its contract does not say. */
import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { secretsIn } from '../../src/processes/secrets.ts';
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
    policy: {
      isolation: 'preferred',
      outside: { private: [host], credentials: { [host]: { header: 'authorization', before: 'Bearer ', secret: 'PARCELS_KEY' } } },
    },
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
const logged: string[] = [];
/** What the outside host was told of who asks. */
const rights: string[] = [];
const secret = `value-of-the-secret-${process.pid}`;
/** Keys of what the outside host wants no more of, until `wants` says otherwise. */
const unwanted: string[] = [];
let wants = false;
const refused = (key: string, answer: ServerResponse): void => {
  unwanted.push(key);
  answer.writeHead(wants ? 201 : 410).end();
};
before(async () => {
  parcels = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      if (body.includes('unwanted')) return refused(String(request.headers['idempotency-key']), answer);
      rights.push(String(request.headers.authorization));
      heard.push({ key: String(request.headers['idempotency-key']), body });
      answer.writeHead(heard.length === 1 ? 503 : 201).end();
      if (heard.length === 2) arrived.resolve();
    });
  });
  await new Promise<void>((done) => parcels.listen(0, '127.0.0.1', done));
  system = await startThrowAwaySystem({
    files: files(`localhost:${(parcels.address() as AddressInfo).port}`),
    log: (line) => logged.push(line),
  });
  assert.equal(secretsIn(system.data, {}).set('PARCELS_KEY', secret), null);
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

test(
  'what cannot be sent is a dead letter that a person sees, tries again under the same key, or gives up',
  { timeout: 60_000 },
  async () => {
    const dead = async (): Promise<readonly Record<string, unknown>[]> =>
      (await system.call('GET', '/_theseus/sendings?state=dead')).json.items ?? [];
    const until = async (count: number): Promise<readonly Record<string, unknown>[]> => {
      for (const end = Date.now() + 20_000; Date.now() < end;) {
        const found = await dead();
        if (found.length === count) return found;
        await new Promise((look) => setTimeout(look, 50));
      }
      throw new Error(`${(await dead()).length} are dead, not ${count}`);
    };
    for (const what of ['unwanted tea', 'unwanted gold']) {
      const made = await system.call('POST', '/api/orders', { what, buyer: 'customer' });
      assert.equal((await system.call('POST', `/api/orders/${String(made.json['id'])}/ship`, {})).status, 200);
    }
    const found = await until(2);
    assert.deepEqual(
      found.map(({ component, method, path, tries }) => [component, method, path, tries]),
      [
        ['operation/shipOrder', 'POST', '/parcels', 1],
        ['operation/shipOrder', 'POST', '/parcels', 1],
      ],
    );
    assert.doesNotMatch(JSON.stringify(found), /tea|gold/, 'what was to be said is shown to nobody');
    assert.equal((await system.call('GET', '/_theseus/health')).json['deadLetters'], 2);
    const key = await system.keyFor(['customer']);
    const [first, second] = found.map(({ id }) => String(id));
    for (const deed of ['retry', 'stop'])
      assert.equal((await system.call('POST', `/_theseus/sendings/${first ?? ''}/${deed}`, {}, { key })).status, 403);

    wants = true;
    assert.equal((await system.call('POST', `/_theseus/sendings/${first ?? ''}/retry`, {})).status, 200);
    await until(1);
    assert.equal((await system.call('POST', `/_theseus/sendings/${second ?? ''}/stop`, { why: 'nobody needs it' })).status, 200);
    await until(0);
    assert.equal((await system.call('POST', `/_theseus/sendings/${second ?? ''}/stop`, {})).status, 404);
    assert.equal(unwanted.filter((one) => one === first).length, 2);
    assert.equal(unwanted.filter((one) => one === second).length, 1);
    const audit = (await system.call('GET', '/_theseus/audit')).json.items ?? [];
    assert.deepEqual(
      audit
        .filter(({ action }) => String(action).endsWith('-sending'))
        .map(({ action, subject }) => `${String(action)} ${String(subject)}`)
        .sort(),
      ['retry-sending operation/shipOrder', 'stop-sending operation/shipOrder'],
    );
  },
);

test('the host is told who we are by a secret that stands nowhere but in its file', { timeout: 60_000 }, async () => {
  assert.deepEqual([...new Set(rights)], [`Bearer ${secret}`]);
  const client = new pg.Client({ connectionString: superuserUrl(system.data) });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
  );
  assert.ok(tables.rows.length > 20);
  for (const { name } of tables.rows) {
    const found = await client.query(`select 1 from ${name} t where position($1 in t::text) > 0 limit 1`, [secret]);
    assert.equal(found.rows.length, 0, name);
  }
  await client.end();
  for (const path of [
    '/_theseus/sendings',
    '/_theseus/audit',
    '/_theseus/components/operation/shipOrder',
    '/_theseus/health',
    '/_theseus/deliveries',
    '/_theseus/model',
    '/openapi.json',
  ])
    assert.ok(!JSON.stringify((await system.call('GET', path)).json).includes(secret), path);
  assert.ok(!logged.join('\n').includes(secret));
  const { kernel, workshop } = system.pids();
  for (const pid of [kernel, workshop]) assert.ok(!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(secret));
});

/** The throw-away server listens on a socket of its folder. */
function superuserUrl(data: string): string {
  const passwords = JSON.parse(readFileSync(join(data, 'passwords.json'), 'utf8')) as { readonly superuser: string };
  const socket = readFileSync(join(data, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  return `postgresql://postgres:${encodeURIComponent(passwords.superuser)}@localhost/theseus?host=${encodeURIComponent(socket)}`;
}
