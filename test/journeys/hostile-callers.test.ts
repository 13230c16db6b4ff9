/** What callers of the interfaces may try, on a whole running system: each try is answered by a problem that says what to do, and nothing is lost. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
const logged: string[] = [];
before(async () => {
  system = await startThrowAwaySystem({ log: (line) => void logged.push(line) });
});
after(() => system.stop());

interface Heard {
  readonly status: number;
  readonly head: string;
  readonly text: string;
  readonly problem: { readonly code?: string; readonly detail?: string };
}
const port = (): number => Number(new URL(system.url).port);

/** Bytes as they are, on a connection of their own; answered when the server closes it. */
async function sent(bytes: string | Buffer): Promise<Heard> {
  const all = await new Promise<string>((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk)));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
  const [head = '', ...rest] = all.split('\r\n\r\n');
  const text = rest.join('\r\n\r\n');
  const json = /\{.*\}/s.exec(text)?.[0];
  const isProblem = /^content-type: application\/problem\+json/im.test(head);
  return {
    status: Number(head.slice(9, 12)),
    head,
    text,
    problem: isProblem && json !== undefined ? (JSON.parse(json) as Heard['problem']) : {},
  };
}
const headers = (more = ''): string =>
  `Host: localhost:${port()}\r\nAuthorization: Bearer ${system.operatorKey}\r\nConnection: close\r\n${more}`;
const get = (target: string, more = ''): Promise<Heard> => sent(`GET ${target} HTTP/1.1\r\n${headers(more)}\r\n`);
const post = (target: string, body: string | Buffer, more = 'Content-Type: application/json\r\n', method = 'POST'): Promise<Heard> =>
  sent(
    Buffer.concat([
      Buffer.from(`${method} ${target} HTTP/1.1\r\n${headers(more)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`),
      Buffer.from(body),
    ]),
  );

/** Nothing of what is inside: no stack, no statement, no path of the machine. */
const inside = /\bat .+:\d+:\d+|node_modules|\bselect\b.+\bfrom\b|insert into|postgres|\/src\//i;
function isNo(heard: Heard, status: number, code: string, what: string): void {
  assert.deepEqual(
    [heard.status, heard.problem.code],
    [status, code],
    `${what}: ${heard.head.split('\r\n')[0]} ${heard.text.slice(0, 200)}`,
  );
  assert.ok((heard.problem.detail ?? '').length > 10, `${what} says what to do`);
  assert.doesNotMatch(heard.text, inside, what);
}

describe('a target', () => {
  it('reaches nothing by dots, slashes, zeros or names of JavaScript', async () => {
    for (const target of [
      '/api/%2e%2e/_theseus/model',
      '/api/../_theseus/model',
      '/_theseus/../api/customers',
      '/api/customers%2f1',
      '/api/customers/%00',
      '/api/customers/%',
      '/api/customers/%ff%fe',
      '/api/customers/constructor',
      '//api/customers',
      '/API/customers',
      '/console/assets/..%2f..%2fpackage.json',
      '/errors/../api/customers',
      '/_theseus/changes/%00',
      '/_theseus/components/__proto__/x',
      '/_theseus/sources/sha256:zz',
      '/_theseus/rows/x/journal',
      `/${'a'.repeat(9_000)}`,
    ])
      isNo(await get(target), 404, 'not-found', target.slice(0, 60));
  });

  it('that is none of HTTP is malformed, and one with another name in it is not ours', async () => {
    for (const target of ['*', '/api/customers\\..\\x', 'api/customers']) isNo(await get(target), 400, 'malformed', target);
    isNo(await get('http://evil.example/api/customers'), 403, 'forbidden', 'a foreign name');
    assert.equal((await get(`http://localhost:${port()}/api/customers?limit=1`)).status, 200);
    isNo(await sent('GET /_theseus/health HTTP/1.1\r\nConnection: close\r\n\r\n'), 400, 'malformed', 'no Host');
    assert.equal((await sent('GET /_theseus/health HTTP/1.0\r\n\r\n')).status, 200, 'a probe of HTTP/1.0 names nobody');
  });

  it('takes the methods that it takes, whatever a header would like', async () => {
    const { items } = (await system.call('GET', '/api/customers?limit=1')).json;
    const row = `/api/customers/${String(items?.[0]?.['id'])}`;
    isNo(
      await post(row, '{}', 'Content-Type: application/json\r\nX-HTTP-Method-Override: DELETE\r\n'),
      405,
      'method-not-allowed',
      'override',
    );
    for (const method of ['TRACE', 'PROPFIND', 'DELETE'])
      isNo(await sent(`${method} /api/customers HTTP/1.1\r\n${headers()}\r\n`), 405, 'method-not-allowed', method);
    assert.equal((await sent(`CONNECT localhost:1 HTTP/1.1\r\n${headers()}\r\n`)).status, 405);
    isNo(await sent(`BREW /api/customers HTTP/1.1\r\n${headers()}\r\n`), 400, 'malformed', 'BREW');
    const head = await sent(`HEAD /api/customers HTTP/1.1\r\n${headers()}\r\n`);
    assert.deepEqual([head.status, head.text], [200, '']);
    assert.match(
      (await sent(`OPTIONS /api/customers HTTP/1.1\r\n${headers()}\r\n`)).head,
      /204 No Content[^]*allow: GET, HEAD, OPTIONS, POST/i,
    );
    assert.equal((await system.call('GET', row)).status, 200);
  });
});

describe('headers', () => {
  it('that are too long, too many, twice or of no meaning are told so', async () => {
    isNo(await get('/api/customers', `X: ${'x'.repeat(20_000)}\r\n`), 431, 'too-large', 'long');
    isNo(await get('/api/customers', Array.from({ length: 300 }, (_, at) => `X-${at}: 1\r\n`).join('')), 431, 'too-large', 'many');
    isNo(await post('/api/customers', '{}', 'Content-Length: 9\r\n'), 400, 'malformed', 'two lengths');
    isNo(await post('/api/customers', '0\r\n\r\n', 'Transfer-Encoding: chunked\r\n'), 400, 'malformed', 'a length, and chunks');
    isNo(await get('/api/customers', 'Expect: cake\r\n'), 400, 'malformed', 'Expect');
    assert.equal((await get('/api/customers?limit=1', 'Upgrade: websocket\r\n')).status, 200, 'an upgrade that nobody offers');
  });

  it('If-Match names one version of a row that is there, and nothing else', async () => {
    const { items } = (await system.call('GET', '/api/customers?limit=1')).json;
    const row = `/api/customers/${String(items?.[0]?.['id'])}`;
    for (const tag of ['"x"', '3', '"1", "2"', '""', '"99999999999999999999"', '"-1"', '"1"x', '"77"'])
      isNo(await post(row, '{}', `Content-Type: application/json\r\nIf-Match: ${tag}\r\n`, 'PATCH'), 412, 'stale', tag);
    isNo(
      await post('/api/customers', '{"name":"Ida"}', 'Content-Type: application/json\r\nIf-Match: "1"\r\n'),
      412,
      'stale',
      'of a row that is not there yet',
    );
    assert.equal((await post(row, '{}', 'Content-Type: application/json\r\nIf-Match: "1"\r\n', 'PATCH')).status, 200);
  });

  it('If-Match holds for operations and approvals as well', async () => {
    for (const sentence of ['An order can be cancelled while it is open', 'Orders over 100 need approval by a manager'])
      assert.equal((await system.ask(sentence)).outcome, 'live', sentence);
    const manager = await system.keyFor(['manager']);
    const { items } = (await system.call('GET', '/api/orders?status=open&limit=1')).json;
    const [id, version] = [String(items?.[0]?.['id']), String(items?.[0]?.['version'])];
    for (const deed of ['approve', 'cancel']) {
      const act = (tag: string): ReturnType<ThrowAwaySystem['call']> =>
        system.call('POST', `/api/orders/${id}/${deed}`, {}, { key: manager, headers: { 'if-match': tag } });
      const stale = await act('"77"');
      assert.deepEqual([stale.status, stale.json['code']], [412, 'stale'], deed);
      const now = String((await system.call('GET', `/api/orders/${id}`)).json['version']);
      assert.equal(now, version, 'what was refused changed nothing');
      const done = await act(`"${now}"`);
      assert.equal(done.status, 200, JSON.stringify(done.json));
    }
  });

  it('Idempotency-Key is a visible word of at most 200 characters, once', async () => {
    for (const key of ['', 'a b', 'x'.repeat(201), 'é'])
      isNo(
        await post('/api/customers', '{"name":"Ida"}', `Content-Type: application/json\r\nIdempotency-Key: ${key}\r\n`),
        400,
        'malformed',
        key,
      );
    isNo(
      await post('/api/customers', '{"name":"Ida"}', 'Content-Type: application/json\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n'),
      400,
      'malformed',
      'twice',
    );
  });
});

describe('a body', () => {
  it('is UTF-8 text of JSON, as it is, with its kind stated', async () => {
    isNo(await post('/api/customers', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, 'malformed', 'not UTF-8');
    isNo(await post('/api/customers', Buffer.from('\ufeff{"name":"A"}', 'utf16le')), 400, 'malformed', 'UTF-16');
    isNo(await post('/api/customers', '{"name":"A"}', ''), 415, 'unsupported-media-type', 'no kind');
    isNo(
      await post('/api/customers', 'name=A', 'Content-Type: application/x-www-form-urlencoded\r\n'),
      415,
      'unsupported-media-type',
      'a form',
    );
    isNo(
      await post('/api/customers', '{"name":"A"}', 'Content-Type: application/json; charset=latin1\r\n'),
      415,
      'unsupported-media-type',
      'latin1',
    );
    isNo(
      await post('/api/customers', '{"name":"A"}', 'Content-Type: application/json\r\nContent-Encoding: gzip\r\n'),
      415,
      'unsupported-media-type',
      'gzip',
    );
    isNo(await post('/api/customers', ''), 400, 'malformed', 'empty');
  });

  it('names fields that there are, with values that they may have', async () => {
    const money = (amount: unknown): string => JSON.stringify({ name: 'A', creditLimit: { amount, currency: 'EUR' } });
    for (const body of [
      '[]',
      'null',
      '"x"',
      '{"__proto__":{"name":"x"},"name":"A"}',
      '{"constructor":1,"name":"A"}',
      '{"name":"A","version":9,"id":"x"}',
      `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      '{"name":1e999}',
      '{"name":"a\\u0000b"}',
      '{"name":"\\ud800"}',
      `{"name":"${'x'.repeat(200_000)}"}`,
      money('9'.repeat(400)),
      money(12.5),
      money('1e3'),
      money('NaN'),
      money('٣'),
    ])
      isNo(await post('/api/customers', body), 422, 'invalid', body.slice(0, 60));
    isNo(await post('/api/customers', `{"name":"${'x'.repeat(1_100_000)}"}`), 413, 'too-large', 'over 1 MB');
  });

  it('of the control API holds text that can be kept', async () => {
    for (const [path, body] of [
      ['keys', '{"name":"a\\u0000b","roles":["clerk"]}'],
      ['keys', '{"name":"a","roles":["cl\\u0000erk"]}'],
      ['freeze', '{"why":"\\u0000"}'],
      ['freeze', '{"why":"\\ud800"}'],
      ['rollback', '{"change":"\\u0000"}'],
    ] as const)
      isNo(await post(`/_theseus/${path}`, body), 422, 'invalid', `${path} ${body}`);
    isNo(await get('/_theseus/ledger?change=%00'), 422, 'invalid', 'ledger');
    isNo(await get('/_theseus/changes?limit=99999999999999999999'), 422, 'invalid', 'limit');
  });
});

describe('a query', () => {
  it('that is not allowed is 422 wherever it is noticed: sort, filter, limit, unknown names', async () => {
    for (const query of [
      'sort=name;drop%20table',
      'sort=(select%201)',
      'sort=-',
      'sort=,,',
      'sort=name,name,name,name,name',
      'name[like]=%25',
      'name[eq][ne]=x',
      'name[=x',
      'limit=0',
      'limit=501',
      'limit=1e3',
      'q=%00',
      'name=%00',
      'creditLimit[gt]=abc',
      'creditLimit[gt]=99999999999999999999999',
      'id=x',
      'tier=king',
      'version[gt]=0',
      'colour=red',
      '__proto__=1',
      'limit=1&limit=2',
    ])
      isNo(await get(`/api/customers?${query}`), 422, 'invalid', query);
    isNo(await get('/api/customers?name=%ff'), 400, 'malformed', 'not UTF-8');
    assert.equal((await get('/api/customers?name=%27%20or%201=1--')).status, 200, 'a quote is a letter as any other');
  });

  it('takes a cursor of this very list alone, unaltered', async () => {
    const { next } = (await system.call('GET', '/api/customers?limit=2')).json;
    const cursor = String(next);
    assert.equal((await get(`/api/customers?limit=2&cursor=${cursor}`)).status, 200);
    for (const query of [
      `/api/products?cursor=${cursor}`,
      `/api/customers?sort=-name&cursor=${cursor}`,
      `/api/customers?cursor=${cursor}x`,
      '/api/customers?cursor=',
      `/api/customers?cursor=${'x'.repeat(9_000)}`,
    ])
      isNo(await get(query), 400, 'malformed', query.slice(0, 60));
  });
});

describe('a caller', () => {
  it('has the rights of its roles and no others, and cannot take more', async () => {
    const viewer = await system.keyFor(['viewer']);
    const clerk = await system.keyFor(['clerk']);
    const as = async (key: string, method: string, path: string, body?: unknown): Promise<string> => {
      const { status, json } = await system.call(method, path, body, { key });
      return `${status} ${String(json['code'] ?? '')}`;
    };
    assert.equal(await as(viewer, 'POST', '/api/customers', { name: 'Ada' }), '403 forbidden');
    for (const [method, path, body] of [
      ['POST', '/_theseus/changes', { request: 'Add a note to customers' }],
      ['POST', '/_theseus/rollback', {}],
      ['POST', '/_theseus/freeze', { why: 'I like it so' }],
      ['POST', '/_theseus/keys', { name: 'more', roles: ['owner'] }],
      ['GET', '/_theseus/keys', undefined],
      ['GET', '/_theseus/audit', undefined],
      ['POST', '/_theseus/links', {}],
      ['GET', '/_theseus/changes', undefined],
      ['GET', '/_theseus/events', undefined],
    ] as const)
      for (const key of [viewer, clerk]) assert.equal(await as(key, method, path, body), '403 forbidden', `${method} ${path}`);
    assert.equal(await as('key_made_up_by_somebody', 'GET', '/api/customers'), '401 unauthenticated');
  });

  it('signs in by a link once, gets a session that it did not choose, and acts with it from these pages alone', async () => {
    const { link } = (await system.call('POST', '/_theseus/links', {})).json;
    const cookie = `theseus_session_${port()}`;
    const enter = (): Promise<Response> =>
      fetch(`${system.url}/_theseus/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `${cookie}=session_chosen-by-the-attacker` },
        body: JSON.stringify({ link }),
      });
    const [one, two] = await Promise.all([enter(), enter()]);
    assert.deepEqual([one.status, two.status].toSorted(), [200, 401], 'two who use it at once: one is in');
    const made = (one.status === 200 ? one : two).headers.get('set-cookie') ?? '';
    assert.match(made, /HttpOnly; SameSite=Lax/);
    const session = made.slice(0, made.indexOf(';'));
    assert.doesNotMatch(session, /chosen/);
    const act = async (more: { readonly [name: string]: string }): Promise<number> =>
      (
        await fetch(`${system.url}/api/customers`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: session, ...more },
          body: '{"name":"Ada"}',
        })
      ).status;
    assert.equal(await act({}), 403);
    assert.equal(await act({ origin: 'http://evil.example' }), 403);
    assert.equal(await act({ origin: 'null' }), 403);
    assert.equal(await act({ origin: `http://localhost:${port() + 1}` }), 403);
    assert.equal(await act({ origin: system.url }), 201);
  });
});

describe('while things break', () => {
  type Answered = Awaited<ReturnType<ThrowAwaySystem['call']>>;

  it('of many rollbacks at once one takes the change back, and the others say so', async () => {
    assert.equal((await system.ask('Add a text field nickname to customers')).outcome, 'live');
    const change = String((await system.call('GET', '/_theseus/changes?limit=1')).json.items?.[0]?.['id']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => system.call('POST', '/_theseus/rollback', { change })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, JSON.stringify(answers.map(({ json }) => json)));
    for (const { status, json } of answers) assert.ok(status === 200 || [404, 409].includes(status), JSON.stringify(json));
    assert.equal((await system.call('POST', '/api/customers', { name: 'A', nickname: 'b' })).status, 422);
  });

  it('changes that are asked for at once are done one after the other', async () => {
    const answers = await Promise.all(
      ['pager', 'fax', 'telex', 'pigeon'].map((name) => system.ask(`Add a text field ${name} to customers`)),
    );
    assert.deepEqual(
      answers.map(({ outcome }) => outcome),
      ['live', 'live', 'live', 'live'],
    );
    assert.equal((await system.call('POST', '/api/customers', { name: 'A', pager: '1', fax: '2', telex: '3', pigeon: '4' })).status, 201);
  });

  it('a kernel that is killed loses no row that it acknowledged, and what it could not answer may be sent again', async () => {
    /** Until a kernel answers: that of a connection may be the one that was killed. */
    const answered = async (method: string, path: string, body?: object, headers = {}): Promise<Answered> => {
      for (;;) {
        try {
          const answer = await system.call(method, path, body, { headers });
          if (answer.status !== 503) return answer;
        } catch (cause) {
          assert.ok(cause instanceof TypeError, 'the connection was refused or cut');
        }
        await new Promise((again) => setImmediate(again));
      }
    };
    const send = async (at: number): Promise<number> =>
      (await answered('POST', '/api/customers', { name: `Kilda ${at}` }, { 'idempotency-key': `kilda-${at}` })).status;
    const sending = Array.from({ length: 60 }, (_, at) => send(at));
    await sending[0];
    process.kill(system.pids().kernel, 'SIGKILL');
    assert.deepEqual([...new Set(await Promise.all(sending))], [201]);
    assert.equal((await answered('GET', '/api/customers?q=Kilda&limit=500')).json.items?.length, 60);
  });

  it('a database that stands still makes calls fail in words, and they work again when it goes on', async () => {
    const database = Number(system.pids().postgresql);
    const processes = [database, ...readFileSync(`/proc/${database}/task/${database}/children`, 'utf8').trim().split(' ').map(Number)];
    // A connection's process may end between being listed and being told.
    const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void =>
      processes.forEach((pid) => {
        if (existsSync(`/proc/${pid}`)) process.kill(pid, signal);
      });
    tell('SIGSTOP');
    const answers = await Promise.all([
      system.call('GET', '/api/customers?limit=1'),
      system.call('POST', '/api/customers', { name: 'Stilla' }),
      system.call('GET', '/_theseus/health'),
    ]).finally(() => tell('SIGCONT'));
    for (const { status, json } of answers) {
      assert.ok(status === 503 || status === 504, `${status} ${JSON.stringify(json)}`);
      assert.doesNotMatch(JSON.stringify(json), inside);
    }
    assert.equal((await system.call('POST', '/api/customers', { name: 'Stilla' })).status, 201);
  });

  it('nothing of all this was a bug', () => {
    assert.deepEqual(
      logged.filter((line) => line.includes('"kind":"fault"') && !/database|connect|terminat/i.test(line)),
      [],
    );
  });
});
