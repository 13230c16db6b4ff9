/** Rows go along their workflow over real HTTP, on a real store, with no code of their own: who may, from where, once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JsonObject } from '#kernel';
import type { Served } from '../../src/doors/api/serve.ts';
import { serve } from '../../src/doors/api/serve.ts';
import { specimenAccess } from '../../src/doors/api/specimen/access.ts';
import { specimenMachine } from '../../src/doors/api/specimen/machine.ts';
import { specimenReads } from '../../src/doors/api/specimen/reads.ts';
import type { ActionsJson, Items, UnaskedJson } from '../../src/doors/api/resources.ts';
import type { ModelJson } from '../../src/doors/api/model-json.ts';
import { systemTools } from '../../src/doors/mcp/system-tools.ts';
import { openBench } from '../unasked/bench.ts';
import { parcels } from './parcels.ts';

const bench = await openBench(new Date().toISOString());
let served: Served;
before(async () => {
  await bench.serve(parcels());
  const machine = { ...specimenMachine(bench.running()), ...bench.calls };
  served = await serve({ machine, reads: specimenReads(), access: specimenAccess(), log: (entry) => void bench.logged.push(entry) });
});
after(async () => {
  await served.close(0);
  await bench.close();
});

interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}
async function call(
  method: string,
  path: string,
  as = 'clerk',
  body?: unknown,
  headers: { readonly [name: string]: string } = {},
): Promise<Called> {
  const answer = await fetch(served.url + path, {
    method,
    headers: { authorization: `Bearer key_${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, json: (await answer.json()) as JsonObject };
}
const post = (path: string, as?: string, body?: unknown, headers?: { readonly [name: string]: string }): Promise<Called> =>
  call('POST', path, as, body, headers);
async function parcel(values: JsonObject = {}): Promise<string> {
  const made = await post('/api/parcels', 'clerk', { label: 'Tea', grams: 500, ...values });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  return `/api/parcels/${String(made.json['id'])}`;
}

test('a row begins where its workflow starts, and goes on at an address that nobody wrote code for', async () => {
  const path = await parcel();
  const held = await post(`${path}/put-on-hold`);
  assert.deepEqual([held.status, held.json['state'], held.headers.get('etag')], [200, 'held', '"2"']);
  assert.deepEqual((await call('GET', path)).json, held.json);
  const elsewhere = await post('/api/parcels', 'clerk', { label: 'Tea', state: 'sent' });
  assert.deepEqual(
    [elsewhere.status, elsewhere.json['evidence']],
    [422, { fields: { state: 'must be packed: every parcel begins there' } }],
  );
});

test('a role that is not named is refused, one that only reads may make the transition that names it, and nothing else', async () => {
  const path = await parcel();
  const no = await post(`${path}/send`, 'clerk');
  assert.deepEqual([no.status, no.json['code']], [403, 'forbidden']);
  assert.equal((await post(`${path}/put-on-hold`, 'viewer')).status, 403);
  assert.equal((await call('PATCH', path, 'viewer', { label: 'Coffee' })).status, 403);
  const sent = await post(`${path}/send`, 'viewer');
  assert.deepEqual([sent.status, sent.json['state']], [200, 'sent']);
});

test('from another state it is refused with the ways that are open, and by its guard with the message', async () => {
  const path = await parcel({ grams: 0 });
  const empty = await post(`${path}/send`, 'manager');
  assert.deepEqual([empty.status, empty.json['code'], empty.json['detail']], [409, 'conflict', 'An empty parcel is not sent.']);
  await post(`${path}/put-on-hold`);
  const no = await post(`${path}/send`, 'manager');
  assert.equal(no.status, 409);
  assert.equal(
    no.json['detail'],
    'This parcel is held and cannot send. That is possible only from packed. From there you can release (packed).',
  );
  assert.equal((await call('PATCH', path, 'manager', { state: 'sent' })).status, 409);
  assert.equal((await call('PATCH', path, 'manager', { state: 'packed' })).status, 200);
});

test('a version that moved on is stale, a key acts once, and a body with values is refused', async () => {
  const path = await parcel();
  assert.equal((await post(`${path}/put-on-hold`, 'clerk', undefined, { 'if-match': '"7"' })).status, 412);
  assert.equal((await post(`${path}/put-on-hold`, 'clerk', { why: 'rain' })).status, 422);
  const key = { 'idempotency-key': `key-${path}` };
  const first = await post(`${path}/put-on-hold`, 'clerk', {}, key);
  const again = await post(`${path}/put-on-hold`, 'clerk', {}, key);
  assert.deepEqual([first.status, again.status, again.headers.get('idempotency-replayed')], [200, 200, 'true']);
  assert.deepEqual(again.json, first.json);
  assert.equal((await post(`${path}/put-on-hold`)).status, 409);
  assert.equal((await post('/api/parcels/0198c0de-0000-7000-8000-000000000000/release')).status, 404);
  assert.equal((await post(`${path}/lose`)).status, 404, 'what the clock makes has no address');
});

test('what an operation makes has the address of that operation alone', async () => {
  const path = await parcel();
  assert.equal((await post(`${path}/give-up`)).status, 404);
  assert.equal((await call('PATCH', path, 'manager', { state: 'lost' })).status, 422);
  const lost = await post(`${path}/abandon`, 'clerk', {});
  assert.deepEqual([lost.status, lost.json['state']], [200, 'lost']);
});

test('of fifty callers who move one row at once one does, and the others are told where it stands', async () => {
  const path = await parcel();
  // Who waits for a connection waits by true time.
  bench.clock.now = Date.now();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_each, at) => post(`${path}/${at % 2 === 0 ? 'send' : 'put-on-hold'}`, 'manager')),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 49 }, () => 409)],
  );
  assert.equal((await call('GET', path)).json['version'], 2);
});

test('the interface and the tools of agents name the moves, each to whom it is open', async () => {
  const document = (await call('GET', '/openapi.json')).json;
  const paths = document['paths'] as { readonly [path: string]: JsonObject };
  const send = paths['/api/parcels/{id}/send']?.['post'] as JsonObject;
  assert.deepEqual(
    [send['operationId'], send['summary'], send['description']],
    ['parcels.move_send', 'Send: from packed to sent', 'Only for manager, viewer. An empty parcel is not sent.'],
  );
  assert.deepEqual(
    Object.keys(paths).filter((path) => /give-up|lose/.test(path)),
    [],
  );
  const tools = async (as: string): Promise<readonly string[]> =>
    systemTools(document, (await call('GET', '/_theseus/model', as)).json as unknown as ModelJson)
      .map(({ name }) => name)
      .filter((name) => name.includes('_move_'));
  assert.deepEqual(await tools('viewer'), ['parcels_move_send']);
  assert.deepEqual(await tools('clerk'), ['parcels_move_putOnHold', 'parcels_move_release']);
});

/** What each action of a row is said to be, for this caller: nothing where it is allowed. */
const actionsOf = async (path: string, as?: string): Promise<Record<string, unknown>> => {
  const { status, json } = await call('GET', `${path}/actions`, as);
  assert.equal(status, 200, JSON.stringify(json));
  const { actions } = json as unknown as ActionsJson;
  return Object.fromEntries(actions.map(({ name, allowed, why }) => [name, allowed ? 'may' : why]));
};

test('a row tells what may be done with it now, and each is then answered so', async () => {
  const grams = [500, 0, 500, 10_001];
  const cases = await Promise.all(grams.map((weight) => parcel({ grams: weight })));
  await post(`${cases[2]}/put-on-hold`);
  for (const [at, of] of cases.entries()) {
    for (const as of ['clerk', 'viewer', 'manager']) {
      const { json } = await call('GET', `${of}/actions`, as);
      const { version, actions } = json as unknown as ActionsJson;
      assert.deepEqual([version, actions.length], [(await call('GET', of)).json['version'], 4]);
      for (const { path: there, name, allowed, code, why } of actions) {
        // Each on a row of its own, brought to where this one stands.
        const twin = await parcel({ grams: grams[at] ?? 0 });
        if (at === 2) await post(`${twin}/put-on-hold`);
        const done = await post(there.replace(of, twin), as, name === 'giveUpParcel' ? {} : undefined);
        assert.deepEqual([done.status === 200, done.json['code'] ?? null], [allowed, code], `${as} ${name} ${done.status} ${why}`);
        assert.equal(allowed ? null : done.json['detail'], why);
      }
    }
  }
  assert.equal((await actionsOf(cases[3] as string))['putOnHold'], 'The shelf bears no parcel over 10 kg.', 'promises of the row count');
  assert.deepEqual(await actionsOf(cases[1] as string, 'manager'), {
    giveUpParcel: 'may',
    send: 'An empty parcel is not sent.',
    putOnHold: 'may',
    release:
      'This parcel is packed and cannot release. That is possible only from held. From there you can put on hold (held), give up (lost).',
  });
});

test('asking what may be done leaves nothing behind, and is refused to who may not read the row', async () => {
  const path = await parcel();
  const id = path.split('/').at(-1) as string;
  const before = JSON.stringify((await call('GET', `/_theseus/rows/${id}/journal`, 'owner')).json);
  assert.deepEqual(Object.values(await actionsOf(path, 'manager')).filter((told) => told === 'may').length, 3);
  assert.deepEqual((await call('GET', path)).json['version'], 1);
  assert.equal(JSON.stringify((await call('GET', `/_theseus/rows/${id}/journal`, 'owner')).json), before);
  assert.equal((await call('GET', '/api/parcels/0198c0de-0000-7000-8000-000000000000/actions')).status, 404);
  assert.equal((await call('GET', '/api/parcels/none/actions')).status, 404);
  assert.equal((await call('GET', `${path}/actions?limit=1`)).status, 422);
  assert.equal((await call('GET', `${path}/actions`, 'nobody')).status, 401);
});

test('what is only looked at leaves nothing, however many look at once, and stands in the way of no move', async () => {
  const path = await parcel();
  const counted = (): Promise<unknown> =>
    bench.query(
      'select (select count(*)::int from theseus.outbox) as outbox, (select count(*)::int from theseus.idempotency) as keys, (select count(*)::int from theseus.journal) as journal',
    );
  const before = await counted();
  const looked = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      call('GET', `${path}/actions`, at % 2 === 0 ? 'manager' : 'clerk', undefined, { 'idempotency-key': 'one' }),
    ),
  );
  assert.ok(
    looked.every(({ status, json }) => status === 200 && json['version'] === 1),
    JSON.stringify(looked.find(({ status }) => status !== 200)?.json),
  );
  assert.deepEqual(await counted(), before);
  const [sent, ...others] = await Promise.all([
    post(`${path}/send`, 'manager'),
    ...Array.from({ length: 10 }, () => call('GET', `${path}/actions`, 'manager')),
  ]);
  assert.deepEqual([sent.status, sent.json['version']], [200, 2]);
  assert.ok(others.every(({ status, json }) => status === 200 && (json['version'] === 1 || json['version'] === 2)));
});

test('a page is told which moves there are, from where, and whether this caller may', async () => {
  const model = (await call('GET', '/_theseus/model', 'clerk')).json as unknown as ModelJson;
  const [entity] = model.entities;
  assert.deepEqual(
    entity?.moves.map(({ name, path, may, transition }) => [name, path, may, transition]),
    [
      ['send', '/api/parcels/{id}/send', false, { field: 'state', from: ['packed'], to: 'sent' }],
      ['putOnHold', '/api/parcels/{id}/put-on-hold', true, { field: 'state', from: ['packed'], to: 'held' }],
      ['release', '/api/parcels/{id}/release', true, { field: 'state', from: ['held'], to: 'packed' }],
    ],
  );
  assert.deepEqual(entity?.fields.find(({ name }) => name === 'state')?.workflow, {
    starts: 'packed',
    ways: [
      { from: 'packed', to: 'sent' },
      { from: 'packed', to: 'held' },
      { from: 'held', to: 'packed' },
      { from: 'packed', to: 'lost' },
    ],
  });
});

test('what the clock will do stands with what else runs unasked', async () => {
  const { items } = (await call('GET', '/_theseus/unasked', 'owner')).json as unknown as Items<UnaskedJson>;
  assert.deepEqual(
    items.map(({ component, kind, after: said, waiting, hour }) => [component, kind, said, waiting, hour.mostRuns]),
    [['workflow/parcel', 'workflow', 'lose, after 2 days in held', 0, null]],
  );
});
