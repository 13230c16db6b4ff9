import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isRefusal, type Json, refuse, type Refusal } from '#kernel';
import type { Hosts } from '#hosts';
import { operationNamed } from '#model';
import type { OutsideAnswer, OutsideRequest } from '#ports';
import type { PlainValues } from '#store';
import { startThrowAwayServer } from '#store/server';
import { countDeadLetters, listSendings, openPool, reviveSending, stopSending } from '#store/records';
import { askedFetch, type FetchGrant } from './asked-fetch.ts';
import { openSendings } from './sendings.ts';
import { caller, openSpecimenHosts, operationSource, type Specimen, specimenCalls } from './specimen-calls.ts';

const grants: readonly FetchGrant[] = [
  { kind: 'fetch', host: 'api.test', methods: ['GET', 'POST'], read: false },
  { kind: 'fetch', host: 'erp.test:8080', methods: ['GET'], read: true },
];
const why = (url: Json, request: Json = {}): string => {
  const asked = askedFetch({ url, request }, grants, 1_000);
  return 'why' in asked ? asked.why : 'asked';
};

describe('what is asked of a host outside', () => {
  it('names a host and a method of the contract, and nothing that looks like it', () => {
    for (const url of ['https://api.test/a', 'https://api.test:443/', 'https://API.test/', 'http://erp.test:8080/'])
      assert.equal(why(url), 'asked', url);
    for (const url of [
      'https://other.test/',
      'https://api.test.evil.test/',
      'https://api.test:8443/',
      'https://api.test./',
      'https://api.test@evil.test/',
      'https://evil.test/https://api.test/',
      'https://evil.test\\@api.test/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://0x7f000001/',
      'http://erp.test/',
      'file:///etc/passwd',
      'data:application/json,1',
      'ftp://api.test/',
      'javascript://api.test/%0a1',
    ])
      assert.match(why(url), /may not be asked by GET/, url);
    assert.match(why('https://user:secret@api.test/'), /no user and no password/);
    assert.match(why('https://erp.test:8080/', { method: 'POST' }), /may not be asked by POST/);
    for (const url of ['/relative', '', 7, null, `https://api.test/${'a'.repeat(5_000)}`]) assert.match(why(url), /no whole address/);
    assert.match(why('https://api.test/', { method: 'TRACE' }), /method must be one of/);
    assert.match(why('https://api.test/', { redirect: 'follow' }), /redirect is not known/);
  });

  it('carries only headers that are a component to set, on one line', () => {
    for (const name of ['X-Note', 'accept', 'If-None-Match', 'content-type'])
      assert.equal(why('https://api.test/', { headers: { [name]: 'a' } }), 'asked', name);
    for (const name of [
      'Host',
      'Cookie',
      'Authorization',
      'Proxy-Authorization',
      'Connection',
      'Transfer-Encoding',
      'Content-Length',
      'Expect',
      'Upgrade',
      'TE',
      'Forwarded',
      'X-Forwarded-For',
      'X-Real-IP',
      'X-HTTP-Method-Override',
      'X-Aws-Ec2-Metadata-Token',
      'Idempotency-Key',
      'User-Agent',
      'Accept-Encoding',
      'Origin',
      'x-a\r\nhost',
      'x a',
      '',
      '__proto__x',
    ])
      assert.match(why('https://api.test/', { headers: { [name]: 'a' } }), /not a component's to set/, name);
    for (const value of ['a\r\nhost: evil', 'a\nb', 'a\u0000', 'ä', 'a'.repeat(2_000), 7])
      assert.match(why('https://api.test/', { headers: { 'x-note': value } }), /plain characters on one line/);
    assert.match(why('https://api.test/', { headers: { 'X-A': '1', 'x-a': '2' } }), /stands twice/);
    assert.match(
      why('https://api.test/', { headers: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`x-${at}`, 'a'])) }),
      /at most 20/,
    );
    assert.match(why('https://api.test/', { body: 'x' }), /takes no body/);
    assert.match(why('https://api.test/', { method: 'POST', body: 'x'.repeat(2_000) }), /more than 1000 characters/);
  });
});

const members = (name: string): string =>
  `input: { url: text({ id: 'f_@', no: 1, required: true }), fail: text({ id: 'f_@', no: 2 }) }, output: { fields: { said: text({ id: 'f_@', no: 1 }) } }, ${name}`;
const files = {
  'operations/rates.ts': operationSource(
    'rates',
    members(
      `capabilities: { fetch: { 'api.test': { methods: ['GET'], read: true }, 'other.test': { methods: ['GET'], read: true }, 'send.test': { methods: ['GET', 'POST'] } } },`,
    ),
    '    const answer = await fetch(input.url);\n    return { said: JSON.stringify(answer) };',
    'input, fetch',
  ),
  'operations/order-goods.ts': operationSource(
    'orderGoods',
    members(`capabilities: { fetch: { 'send.test': { methods: ['POST'] } } },`),
    "    const answer = await fetch(input.url, { method: 'POST', headers: { 'x-note': 'one' }, body: { goods: 3 } });\n    if (input.fail !== null) refuse('conflict', 'not today');\n    return { said: JSON.stringify(answer) };",
    'input, fetch',
  ),
};

describe('fetch of a component', () => {
  let hosts: Hosts;
  let shop: Specimen;
  const asked: OutsideRequest[] = [];
  let answer: OutsideAnswer | Refusal = { status: 200, headers: {}, body: { rate: 2 } };
  const outside = {
    send: async (request: OutsideRequest): Promise<OutsideAnswer | Refusal> => {
      asked.push(request);
      return answer;
    },
  };
  before(async () => {
    hosts = await openSpecimenHosts();
    shop = await specimenCalls(hosts, files, { outside });
  });
  after(() => hosts.close());
  async function call(name: string, values: PlainValues, specimen = shop): Promise<unknown> {
    const { value } = await specimen.calls.operate(
      specimen.loaded,
      operationNamed(specimen.model, name) ?? assert.fail(name),
      null,
      { fail: null, ...values },
      { caller: caller('owner') },
    );
    return isRefusal(value) ? value : (value as { readonly said: string }).said;
  }

  it('is answered at once where it is a read, within the caps of a read', async () => {
    asked.length = 0;
    assert.equal(await call('rates', { url: 'https://api.test/v1' }), '{"status":200,"headers":{},"body":{"rate":2}}');
    const [request] = asked;
    assert.deepEqual(request?.hosts, ['api.test', 'other.test']);
    assert.ok((request?.wallMs ?? 0) <= 3_000 && (request?.bytes ?? 0) <= 1_000_000);
  });

  it('is denied for hosts that are not in the contract, and counted', async () => {
    asked.length = 0;
    const refusal = (await call('rates', { url: 'https://169.254.169.254/latest' })) as Refusal;
    assert.equal(refusal.code, 'forbidden');
    assert.match(refusal.why, /169\.254\.169\.254 may not be asked by GET\. Its contract would have to say fetch:/);
    assert.deepEqual([asked.length, shop.denials.of('operation/rates').count], [0, 1]);
  });

  it('passes on why a host could not be asked', async () => {
    answer = refuse('unavailable', 'api.test cannot be reached: ECONNREFUSED.');
    assert.equal(((await call('rates', { url: 'https://api.test/' })) as Refusal).code, 'unavailable');
    answer = { status: 200, headers: {}, body: null };
  });

  it('waits for the commit where it is no read: what is refused sends nothing', async () => {
    asked.length = 0;
    const before = shop.store.outbox.length;
    assert.equal(await call('orderGoods', { url: 'https://send.test/orders' }), '{"status":202,"headers":{},"body":null,"queued":true}');
    assert.equal(((await call('orderGoods', { url: 'https://send.test/orders', fail: 'yes' })) as Refusal).code, 'conflict');
    assert.deepEqual(asked, []);
    assert.deepEqual(
      shop.store.outbox.slice(before).map(({ type }) => type),
      ['desk.outside.request'],
    );
  });

  it('asks nothing outside in a trial, and lets effects go nowhere', async () => {
    const trial = await specimenCalls(hosts, files);
    assert.match(((await call('rates', { url: 'https://api.test/' }, trial)) as Refusal).why, /in a trial nothing outside is/);
    assert.equal(
      await call('orderGoods', { url: 'https://send.test/orders' }, trial),
      '{"status":202,"headers":{},"body":null,"queued":true}',
    );
  });

  it('is sent after the commit, again with the same key where it failed, and is dead where it cannot be', async () => {
    const server = await startThrowAwayServer();
    const pool = openPool(server.url('kernel', 'theseus'), { max: 2, onError: () => {} });
    const owner = openPool(server.url('owner', 'theseus'), { max: 1, onError: () => {} });
    try {
      let model = shop.model;
      const sendings = openSendings({ pool, outside, model: () => model, log: () => {}, chance: () => 0.5 });
      const put = (id: string, data: Json): Promise<unknown> =>
        owner.query(
          "insert into theseus.outbox (id, type, source, time, data, call, generation) values ($1, 'desk.outside.request', '/desk', now(), $2, 'c', 'g')",
          [id, JSON.stringify(data)],
        );
      const due = (): Promise<unknown> => owner.query("update theseus.sendings set next_at = now() where state = 'waiting'");
      const states = async (): Promise<unknown> => (await pool.query('select id, state, tries from theseus.sendings order by id')).rows;
      const request = {
        component: 'operation/orderGoods',
        contract: 'o_ordergoods',
        host: 'send.test',
        url: 'https://send.test/orders',
        method: 'POST',
        headers: { 'x-note': 'one' },
        body: '{"goods":3}',
      };

      asked.length = 0;
      answer = { status: 503, headers: {}, body: null };
      await put('one', request);
      await Promise.all([sendings.look(), sendings.look()]);
      assert.deepEqual(await states(), [{ id: 'one', state: 'waiting', tries: 1 }]);
      await sendings.look();
      assert.equal(asked.length, 1, 'not due yet');
      answer = { status: 201, headers: {}, body: null };
      await due();
      await sendings.look();
      await sendings.look();
      assert.deepEqual(await states(), [{ id: 'one', state: 'sent', tries: 2 }]);
      assert.deepEqual(
        asked.map(({ headers, body }) => [headers['idempotency-key'], headers['x-note'], body]),
        [
          ['one', 'one', '{"goods":3}'],
          ['one', 'one', '{"goods":3}'],
        ],
      );

      // refused for good; not granted any more; tried often enough
      answer = { status: 422, headers: {}, body: null };
      await put('two', request);
      await sendings.look();
      answer = { status: 201, headers: {}, body: null };
      await put('three', { ...request, url: 'https://api.test/', host: 'api.test' });
      model = { ...shop.model, operations: [] };
      await put('four', request);
      asked.length = 0;
      await sendings.look();
      assert.deepEqual(asked, []);
      model = shop.model;
      answer = refuse('unavailable', 'send.test cannot be reached: ECONNREFUSED.');
      await put('five', request);
      for (let tries = 0; tries < 12; tries += 1) {
        await sendings.look();
        await due();
      }
      const deadOnes = () => listSendings(pool, { state: 'dead', limit: 10 });
      const dead = await deadOnes();
      assert.deepEqual(
        new Map(dead.map(({ id, tries }) => [id, tries])),
        new Map([
          ['five', 10],
          ['four', 1],
          ['three', 1],
          ['two', 1],
        ]),
      );
      answer = { status: 200, headers: {}, body: null };
      assert.equal(await countDeadLetters(pool), 4);
      assert.deepEqual([await reviveSending(pool, 'five'), await reviveSending(pool, 'one')], ['operation/orderGoods', null]);
      await sendings.look();
      assert.deepEqual((await deadOnes()).map(({ id }) => id).sort(), ['four', 'three', 'two']);

      // given up: not sent any more, until somebody tries it again
      assert.deepEqual(
        [await stopSending(pool, 'two', 'nobody needs it'), await stopSending(pool, 'one', '')],
        ['operation/orderGoods', null],
      );
      asked.length = 0;
      await due();
      await sendings.look();
      assert.deepEqual(asked, []);
      const [given] = await listSendings(pool, { state: 'stopped', limit: 10 });
      assert.deepEqual(
        [given?.id, given?.why, given?.method, given?.host, given?.path],
        ['two', 'nobody needs it', 'POST', 'send.test', '/orders'],
      );
      assert.equal(await reviveSending(pool, 'two'), 'operation/orderGoods');
      await sendings.look();
      assert.deepEqual(
        asked.map(({ headers }) => headers['idempotency-key']),
        ['two'],
      );
      assert.equal(await countDeadLetters(pool), 2);
      const pages = [await listSendings(pool, { limit: 3 }), await listSendings(pool, { limit: 3, before: 'nobody' })];
      assert.deepEqual([pages[0]?.length, pages[1]?.length], [3, 0]);
      const rest = await listSendings(pool, { limit: 3, before: pages[0]?.at(-1)?.id ?? '' });
      assert.equal(new Set([...(pages[0] ?? []), ...rest].map(({ id }) => id)).size, 5);
    } finally {
      await pool.end();
      await owner.end();
      await server.stop();
    }
  });
});
