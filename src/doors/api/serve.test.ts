import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Fault } from '#kernel';
import { serve } from './serve.ts';
import { specimenAccess } from './specimen/access.ts';
import { specimenMachine, specimenRunning } from './specimen/machine.ts';
import { specimenReads } from './specimen/reads.ts';
import { serveSpecimen, type ServedSpecimen } from './specimen/serve-specimen.ts';

const isProblem = (
  { status, headers, json }: { status: number; headers: Headers; json: { readonly [key: string]: unknown } },
  wanted: number,
  code: string,
): void => {
  assert.equal(json['code'], code);
  assert.equal(status, wanted);
  assert.equal(json['status'], wanted);
  assert.equal(json['type'], `/errors/${code}`);
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.ok(String(json['detail']).length > 10);
};

describe('the server', () => {
  let shop: ServedSpecimen;
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));

  it('answers nothing but health to a stranger', async () => {
    assert.equal((await shop.call('GET', '/_theseus/health', { as: null })).status, 200);
    for (const path of ['/api/customers', '/openapi.json', '/_theseus/changes', '/_theseus/model', '/_theseus/nothing', '/nothing'])
      isProblem(await shop.call('GET', path, { as: null }), 401, 'unauthenticated');
    isProblem(await shop.call('GET', '/api/customers', { as: 'nobody' }), 401, 'unauthenticated');
  });

  it('names the generation that answers, in refusals too', async () => {
    for (const path of ['/api/customers', '/api/nothing', '/api/customers/x'])
      assert.equal((await shop.call('GET', path)).headers.get('theseus-generation'), specimenRunning.generation);
  });

  it('tells the nearest path for one that is not there', async () => {
    const answer = await shop.call('GET', '/api/custumers');
    isProblem(answer, 404, 'not-found');
    assert.deepEqual(answer.json['evidence'], { nearest: '/api/customers' });
    assert.deepEqual((await shop.call('GET', '/_theseus/chnges')).json['evidence'], { nearest: '/_theseus/changes' });
  });

  it('tells the methods that a path takes', async () => {
    const answer = await shop.call('PUT', '/api/customers', { body: {} });
    isProblem(answer, 405, 'method-not-allowed');
    assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS, POST');
    assert.equal((await shop.call('OPTIONS', '/api/customers')).status, 204);
  });

  it('refuses a body that is no JSON, with its place', async () => {
    const answer = await shop.call('POST', '/api/customers', { body: '{"name": "Ada",\n  oops}' });
    isProblem(answer, 400, 'malformed');
    assert.match(String(answer.json['detail']), /line 2, column 3/);
    isProblem(await shop.call('POST', '/api/customers', { body: '{"name": "A' }), 400, 'malformed');
    isProblem(await shop.call('POST', '/api/customers'), 400, 'malformed');
    isProblem(await shop.call('POST', '/api/customers', { body: '[]' }), 422, 'invalid');
    isProblem(
      await shop.call('POST', '/api/customers', { body: 'name=Ada', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'unsupported-media-type',
    );
  });

  it('refuses a body over one megabyte, told or counted', async () => {
    isProblem(await shop.call('POST', '/api/customers', { body: { name: 'x'.repeat(1024 * 1024) } }), 413, 'too-large');
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        `${shop.url}/api/customers`,
        {
          method: 'POST',
          headers: { authorization: 'Bearer key_owner', 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on('error', (cause: NodeJS.ErrnoException) =>
        cause.code === 'EPIPE' || cause.code === 'ECONNRESET' ? undefined : reject(cause),
      );
      for (let chunk = 0; chunk < 20; chunk++) sent.write('x'.repeat(100_000));
      sent.end();
    });
    assert.equal(status, 413);
  });

  it('refuses headers that are too long, and text that is no HTTP', async () => {
    assert.match(await raw(shop, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 .*too-large/s);
    assert.match(await raw(shop, 'BANANA\r\n\r\n'), /^HTTP\/1\.1 400 .*malformed/s);
  });

  it('answers no name but its own on a loopback address', async () => {
    assert.match(await raw(shop, 'GET /_theseus/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 403 /);
    assert.match(
      await raw(shop, `GET /_theseus/health HTTP/1.1\r\nHost: localhost:${shop.port}\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1\.1 200 /,
    );
  });

  it('takes a session by a one-time link once, and alterations from its own pages alone', async () => {
    const first = await shop.call('GET', '/sign-in?link=link_specimen-0001', { as: null });
    assert.equal(first.status, 303);
    assert.equal(first.headers.get('location'), '/console/');
    const cookie = first.headers.get('set-cookie') ?? '';
    assert.match(cookie, new RegExp(`^theseus_session_${shop.port}=session_one; Max-Age=\\d+; Path=/; HttpOnly; SameSite=Lax$`));
    assert.equal((await shop.call('GET', '/sign-in?link=link_specimen-0001', { as: null })).headers.get('set-cookie'), null);

    const session = { cookie: `other=1; theseus_session_${shop.port}=session_one` };
    assert.equal((await shop.call('GET', '/api/customers', { as: null, headers: session })).status, 200);
    isProblem(await shop.call('POST', '/api/customers', { as: null, body: { name: 'Ada' }, headers: session }), 403, 'forbidden');
    isProblem(
      await shop.call('POST', '/api/customers', {
        as: null,
        body: { name: 'Ada' },
        headers: { ...session, origin: 'http://evil.example' },
      }),
      403,
      'forbidden',
    );
    isProblem(
      await shop.call('POST', '/api/customers', { as: null, body: { name: 'Ada' }, headers: { ...session, origin: 'null' } }),
      403,
      'forbidden',
    );
    assert.equal(
      (await shop.call('POST', '/api/customers', { as: null, body: { name: 'Ada' }, headers: { ...session, origin: shop.url } })).status,
      201,
    );

    const out = await shop.call('DELETE', '/_theseus/session', { as: null, headers: { ...session, origin: shop.url } });
    assert.equal(out.status, 204);
    assert.match(out.headers.get('set-cookie') ?? '', /Max-Age=0/);
    isProblem(await shop.call('GET', '/api/customers', { as: null, headers: session }), 401, 'unauthenticated');
  });

  it('takes a key as HTTP Basic, as the user name or the password, and from no page of another origin', async () => {
    const basic = (pair: string): { readonly authorization: string } => ({
      authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    });
    const ask = (pair: string, more: { readonly [name: string]: string } = {}, method = 'GET') =>
      shop.call(method, '/api/customers', {
        as: null,
        headers: { ...basic(pair), ...more },
        ...(method === 'GET' ? {} : { body: { name: 'Ada' } }),
      });
    assert.equal((await ask('key_clerk:')).status, 200);
    assert.equal((await ask('clerk@shop.example:key_clerk')).status, 200);
    assert.equal((await ask('key_clerk:', {}, 'POST')).status, 201);
    for (const pair of ['key_clerk', ':', 'key_nobody:', 'key_clerk:other', 'key\n_clerk:'])
      isProblem(await ask(pair), 401, 'unauthenticated');
    isProblem(await ask('key_clerk:', { origin: 'http://evil.example' }, 'POST'), 403, 'forbidden');
    isProblem(await ask('key_clerk:', { 'sec-fetch-site': 'cross-site' }, 'POST'), 403, 'forbidden');
    assert.equal((await ask('key_clerk:', { origin: shop.url }, 'POST')).status, 201);
  });

  it('does not use a link up for a preview', async () => {
    assert.equal((await shop.call('HEAD', '/sign-in?link=link_specimen-0002', { as: null })).headers.get('set-cookie'), null);
  });

  it('keeps a request on the generation that it entered with, and gives the next to the new one', async (test) => {
    const own = await serveSpecimen();
    test.after(() => own.close(0));
    const { model } = specimenRunning;
    const without = {
      ...specimenRunning,
      generation: `sha256:${'3'.repeat(64)}` as typeof specimenRunning.generation,
      activation: 2,
      model: { ...model, entities: model.entities.slice(0, 1), operations: [], rules: [], views: [] },
    };
    assert.equal((await own.call('GET', '/api/sales-orders')).status, 200);
    own.machine.activate(without);
    const answer = await own.call('GET', '/api/sales-orders');
    isProblem(answer, 404, 'not-found');
    assert.equal(answer.headers.get('theseus-generation'), without.generation);
  });

  it('shows an answer by the names of the generation that gave it', async (test) => {
    const { model } = specimenRunning;
    const renamed = model.entities.map((entity) => ({
      ...entity,
      fields: entity.fields.map((field) => (field.name === 'rating' ? { ...field, name: 'score' } : field)),
    }));
    const next = {
      ...specimenRunning,
      generation: `sha256:${'4'.repeat(64)}` as typeof specimenRunning.generation,
      activation: 2,
      model: { ...model, entities: renamed },
    };
    const overtaken = specimenMachine();
    const machine = {
      ...overtaken,
      // The generation of the call is closed while it is under way: the next one answers.
      get: async () => {
        overtaken.activate(next);
        return {
          value: { id: '00000000-0000-7000-8000-000000000001', version: 1, name: 'Ada', score: '4.50' },
          generation: next.generation,
          replayed: false,
        };
      },
    };
    const own = await serveSpecimen({ machine });
    test.after(() => own.close(0));
    const answer = await own.call('GET', '/api/customers/00000000-0000-7000-8000-000000000001');
    assert.equal(answer.headers.get('theseus-generation'), next.generation);
    assert.equal(answer.json['score'], '4.50');
    assert.equal('rating' in answer.json, false);
  });

  it('refuses parameters whose names mean something to JavaScript', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      isProblem(await shop.call('GET', `/api/customers?${name}=1`), 422, 'invalid');
      isProblem(await shop.call('GET', `/_theseus/changes?${name}=1`), 422, 'invalid');
      isProblem(await shop.call('POST', '/api/customers', { body: `{"name": "A", "${name}": 1}` }), 422, 'invalid');
    }
  });

  it('answers a fault as a bug, without a word of what is inside', async (test) => {
    const machine = { ...specimenMachine(), list: async () => Promise.reject(new Error('secret table')) };
    const own = await serveSpecimen({ machine });
    test.after(() => own.close(0));
    const answer = await own.call('GET', '/api/customers');
    assert.equal(answer.status, 500);
    assert.equal(answer.json['code'], 'bug');
    assert.doesNotMatch(answer.text, /secret/);
    assert.equal(own.faults.length, 1);
    const stopped = await serveSpecimen({
      machine: { ...specimenMachine(), list: async () => Promise.reject(new Fault('database-unavailable', 'down')) },
    });
    test.after(() => stopped.close(0));
    isProblem(await stopped.call('GET', '/api/customers'), 503, 'unavailable');
  });

  it('says what to do where the port is taken', async () => {
    await assert.rejects(
      serve({ machine: specimenMachine(), access: specimenAccess(), reads: specimenReads(), log: () => {}, port: shop.port }),
      (cause) => cause instanceof Fault && cause.code === 'port-taken' && cause.message.includes('--port'),
    );
  });

  it('says how to build a console that is not there, and keeps scripts of others out', async (test) => {
    isProblem(await shop.call('GET', '/console/', { as: null }), 503, 'unavailable');
    const own = await serveSpecimen({ consoleFolder: new URL('./specimen', import.meta.url).pathname });
    test.after(() => own.close(0));
    assert.equal((await own.call('GET', '/console/model.ts', { as: null })).status, 200);
    assert.match(await raw(own, `GET /console/../serve.ts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 503 /);
    assert.match(
      (await own.call('GET', '/console/model.ts', { as: null })).headers.get('content-security-policy') ?? '',
      /script-src 'self';/,
    );
    assert.equal((await own.call('GET', '/', { as: null })).status, 303);
    const page = await own.call('GET', '/');
    assert.match(page.text, /<a href="\/console\/data\/sales-orders">Sales orders<\/a>/);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  });
});

function raw(shop: ServedSpecimen, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(shop.port, '127.0.0.1', () => socket.write(text));
    socket
      .setEncoding('utf8')
      .on('data', (chunk) => (answer += chunk))
      .on('close', () => resolve(answer))
      .on('error', (cause) => (answer === '' ? reject(cause) : resolve(answer)));
  });
}
