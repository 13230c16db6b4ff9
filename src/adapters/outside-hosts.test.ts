import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isRefusal, type Refusal } from '#kernel';
import type { OutsideAnswer, OutsideRequest } from '#ports';
import { type Address, outsideHosts } from './outside-hosts.ts';
import { addressKind } from './outside/addresses.ts';

describe('an address', () => {
  it('is private, never connected to, or public, whichever way it is written', () => {
    const kinds: { readonly [kind: string]: readonly string[] } = {
      private: [
        '127.0.0.1',
        '127.9.9.9',
        '10.1.2.3',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        '100.64.0.1',
        '100.127.0.1',
        '::1',
        'fd12::1',
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        '::ffff:10.0.0.1',
        '64:ff9b::127.0.0.1',
        '64:ff9b::c0a8:101',
      ],
      never: [
        '0.0.0.0',
        '0.1.2.3',
        '169.254.169.254',
        '169.254.0.1',
        '100.100.100.200',
        '192.0.0.192',
        '198.18.0.1',
        '224.0.0.1',
        '255.255.255.255',
        '240.0.0.1',
        '::',
        'fe80::1',
        'fe80::1%eth0',
        'fec0::1',
        'ff02::1',
        '::ffff:169.254.169.254',
        '::ffff:a9fe:a9fe',
        '::7f00:1',
        '64:ff9b::169.254.169.254',
        '64:ff9b:1::1',
        '2002:7f00:1::1',
        '2001:0:1::1',
        '2001:db8::1',
        'fd00:ec2::254',
        'localhost',
        '',
        '2130706433',
        '0x7f.1',
        '127.1',
      ],
      public: ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'],
    };
    for (const [kind, addresses] of Object.entries(kinds))
      for (const address of addresses) assert.equal(addressKind(address), kind, address);
  });
});

describe('hosts outside', () => {
  let server: Server;
  let port = 0;
  const heard: string[] = [];
  const pages: { readonly [path: string]: (request: IncomingMessage, answer: ServerResponse) => void } = {
    '/json': (request, answer) =>
      answer
        .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b' })
        .end(JSON.stringify({ rate: 2, host: request.headers.host, agent: request.headers['user-agent'] })),
    '/text': (_request, answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).end('plain'),
    '/nothing': (_request, answer) => answer.writeHead(204).end(),
    '/image': (_request, answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end('png'),
    '/untyped': (_request, answer) => answer.writeHead(200).end('x'),
    '/no-json': (_request, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end('{'),
    '/bomb': (_request, answer) =>
      answer
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(50_000_000, 0x20))),
    '/huge': (_request, answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = Buffer.alloc(65_536, 0x61);
      const more = (): void => {
        while (!answer.destroyed && answer.write(chunk));
      };
      answer.on('drain', more);
      more();
    },
    '/slow-headers': () => {},
    '/slow-body': (_request, answer) => void answer.writeHead(200, { 'content-type': 'text/plain' }).write('a'),
    '/loop': (_request, answer) => answer.writeHead(302, { location: '/loop' }).end(),
    '/once': (_request, answer) => answer.writeHead(302, { location: '/json' }).end(),
    '/to-loopback': (_request, answer) => answer.writeHead(302, { location: `http://127.0.0.1:${port}/json` }).end(),
    '/to-metadata': (_request, answer) => answer.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    '/to-other': (_request, answer) => answer.writeHead(307, { location: `http://other.test:${port}/json` }).end(),
    '/to-rebound': (_request, answer) => answer.writeHead(302, { location: `http://rebound.test:${port}/json` }).end(),
    '/to-file': (_request, answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/to-user': (_request, answer) => answer.writeHead(302, { location: `http://a:b@api.test:${port}/json` }).end(),
    '/posted': (_request, answer) => answer.writeHead(302, { location: '/json' }).end(),
  };
  before(async () => {
    server = createServer((request, answer) => {
      heard.push(`${request.headers.host ?? ''} ${request.url ?? ''} ${request.headers['x-note'] ?? ''}`.trim());
      (pages[request.url ?? ''] ?? pages['/nothing'])?.(request, answer);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const here: Address = { address: '127.0.0.1', family: 4 };
  async function ask(
    path: string,
    more: Partial<OutsideRequest> = {},
    resolve: (name: string) => Promise<readonly Address[]> = async () => [here],
  ): Promise<OutsideAnswer | Refusal> {
    const hosts = [`api.test:${port}`, `other.test:${port}`];
    return outsideHosts({ resolve }).send({
      url: path.startsWith('http') ? path : `http://api.test:${port}${path}`,
      method: 'GET',
      headers: {},
      body: null,
      hosts,
      privateHosts: [...hosts, `rebound.test:${port}`],
      wallMs: 2_000,
      bytes: 200_000,
      ...more,
    });
  }
  async function refusedWith(code: string, why: RegExp, asked: Promise<OutsideAnswer | Refusal>): Promise<void> {
    const answer = await asked;
    assert.ok(isRefusal(answer), JSON.stringify(answer));
    assert.equal(answer.code, code, answer.why);
    assert.match(answer.why, why);
  }

  it('are answered as JSON or text, with few headers and no cookies', async () => {
    assert.deepEqual(await ask('/json'), {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { rate: 2, host: `api.test:${port}`, agent: 'Theseus' },
    });
    assert.deepEqual(await ask('/text'), { status: 200, headers: { 'content-type': 'text/plain' }, body: 'plain' });
    assert.deepEqual(await ask('/nothing'), { status: 204, headers: {}, body: null });
    assert.equal(((await ask('/once')) as OutsideAnswer).status, 200);
    const both: readonly Address[] = [{ address: '::1', family: 6 }, here];
    assert.equal(
      ((await ask('/json', {}, async () => both)) as OutsideAnswer).status,
      200,
      'where nobody is at the first address, the next is tried',
    );
  });

  it('are not reached at an address inside that the owner did not name, nor without TLS, nor at one of the link by any name', async () => {
    const before = heard.length;
    await refusedWith('forbidden', /by https alone/, ask('/json', { privateHosts: [] }));
    await refusedWith(
      'forbidden',
      /an address inside.*policy\.outside\.private/,
      ask(`https://api.test:${port}/json`, { privateHosts: [] }),
    );
    for (const address of ['169.254.169.254', '::ffff:169.254.169.254', '0.0.0.0', 'fe80::1'])
      await refusedWith(
        'forbidden',
        /never connected to/,
        ask('/json', {}, async () => [{ address, family: address.includes(':') ? 6 : 4 }]),
      );
    await refusedWith(
      'forbidden',
      /an address inside/,
      ask(`https://api.test:${port}/json`, { privateHosts: [] }, async () => [{ address: '93.184.216.34', family: 4 }, here]),
    );
    assert.equal(heard.length, before);
  });

  it('are connected to where the name was looked up, though it leads elsewhere a moment later', async () => {
    let asked = 0;
    const rebinding = async (): Promise<readonly Address[]> => [(asked += 1) === 1 ? here : { address: '169.254.169.254', family: 4 }];
    assert.equal(((await ask('/json', {}, rebinding)) as OutsideAnswer).status, 200);
    assert.equal(asked, 1);
    // and the other way round: public when looked at, inside at the second look-up, which never comes
    const before = heard.length;
    let looked = 0;
    const turning = async (): Promise<readonly Address[]> => [(looked += 1) === 1 ? { address: '192.0.2.1', family: 4 } : here];
    await refusedWith('forbidden', /never connected to/, ask('/json', {}, turning));
    assert.deepEqual([looked, heard.length], [1, before]);
  });

  it('lead on only to hosts that may be asked, each looked up and judged anew', async () => {
    const before = heard.length;
    await refusedWith('forbidden', /leads on to 127\.0\.0\.1/, ask('/to-loopback'));
    await refusedWith('forbidden', /leads on to 169\.254\.169\.254/, ask('/to-metadata'));
    await refusedWith('forbidden', /leads on to rebound\.test/, ask('/to-rebound'));
    await refusedWith(
      'forbidden',
      /never connected to/,
      ask('/to-rebound', { hosts: [`api.test:${port}`, `rebound.test:${port}`] }, async (name) => [
        name === 'api.test' ? here : { address: '169.254.169.254', family: 4 },
      ]),
    );
    await refusedWith('forbidden', /leads on to /, ask('/to-file'));
    await refusedWith('unavailable', /leads nowhere/, ask('/to-user'));
    await refusedWith('unavailable', /leads on more than 3 times/, ask('/loop'));
    assert.ok(heard.slice(before).every((line) => !line.includes('/json')));
  });

  it('are not told what was said to another, and what was sent is led nowhere', async () => {
    heard.length = 0;
    assert.equal(((await ask('/to-other', { headers: { 'x-note': 'for api' } })) as OutsideAnswer).status, 200);
    assert.deepEqual(heard, [`api.test:${port} /to-other for api`, `other.test:${port} /json`]);
    await refusedWith('unavailable', /leads nowhere that can be followed/, ask('/posted', { method: 'POST', body: 'x' }));
    await refusedWith('unavailable', /leads what was sent to it on/, ask('/to-other', { method: 'POST', body: 'x' }));
  });

  it('are cut off where they are slow or send too much, and nothing is unpacked', async () => {
    const wallMs = 150;
    await refusedWith('unavailable', /longer than 150 ms/, ask('/slow-headers', { wallMs }));
    await refusedWith('unavailable', /longer than 150 ms/, ask('/slow-body', { wallMs }));
    await refusedWith(
      'unavailable',
      /longer than 150 ms/,
      ask('/json', { wallMs }, () => new Promise(() => {})),
    );
    await refusedWith('too-large', /more than 200000 bytes/, ask('/huge'));
    await refusedWith('unavailable', /packed \(gzip\)/, ask('/bomb'));
    await refusedWith('unavailable', /neither JSON nor text, but image\/png/, ask('/image'));
    await refusedWith('unavailable', /neither JSON nor text/, ask('/untyped'));
    await refusedWith('unavailable', /calls itself JSON and is none/, ask('/no-json'));
  });

  it('that speak no HTTP, or break off, are unavailable', async () => {
    const odd = createTcpServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nx: y\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz'),
    );
    await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done));
    const host = `api.test:${(odd.address() as AddressInfo).port}`;
    await refusedWith('unavailable', /cannot be reached: HPE_/, ask(`http://${host}/`, { hosts: [host], privateHosts: [host] }));
    odd.close();
    await refusedWith('unavailable', /cannot be reached: /, ask(`https://api.test:${port}/json`));
    const switching = createTcpServer((socket) =>
      socket.on('error', () => {}).write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
    );
    await new Promise<void>((done) => switching.listen(0, '127.0.0.1', done));
    const other = `api.test:${(switching.address() as AddressInfo).port}`;
    await refusedWith('unavailable', /cannot be reached: /, ask(`http://${other}/`, { hosts: [other], privateHosts: [other] }));
    switching.close();
  });

  it('are told who we are by a secret of the machine: they alone, and nobody is handed it', async () => {
    const value = 'a-secret-value-1234';
    const credential = { header: 'x-key', secret: 'API_KEY', before: 'Key ' };
    const told: string[] = [];
    const says: { readonly [path: string]: (answer: ServerResponse) => void } = {
      '/ok': (answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).end('fine'),
      '/echo': (answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).end(`you said ${value}`),
      '/coded': (answer) =>
        answer.writeHead(200, { 'content-type': 'text/plain' }).end(`eyJ ${Buffer.from(`Key ${value}!`).toString('base64')}`),
      '/tag': (answer) => answer.writeHead(200, { 'content-type': 'text/plain', etag: `"${value.toUpperCase()}"` }).end('x'),
      '/type': (answer) => answer.writeHead(200, { 'content-type': `image/${value}` }).end('x'),
      '/stays': (answer) => answer.writeHead(302, { location: '/ok' }).end(),
      '/leaves': (answer) => answer.writeHead(302, { location: `http://other.test:${own}/ok` }).end(),
      '/away': (answer) => answer.writeHead(302, { location: `http://${value}.test:${own}/ok` }).end(),
    };
    const host = createServer((request, answer) => {
      told.push(`${request.headers.host ?? ''} ${request.url ?? ''} ${String(request.headers['x-key'])}`);
      says[request.url ?? '']?.(answer);
    });
    await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
    const own = (host.address() as AddressInfo).port;
    const names = [`api.test:${own}`, `other.test:${own}`];
    const send = (path: string, secret: string | null = value): Promise<OutsideAnswer | Refusal> =>
      outsideHosts({ resolve: async () => [here], secret: (name) => (name === 'API_KEY' ? secret : null) }).send({
        url: `http://api.test:${own}${path}`,
        method: 'GET',
        headers: { 'x-key': 'of a component' },
        body: null,
        hosts: names,
        privateHosts: names,
        credential,
        wallMs: 2_000,
        bytes: 10_000,
      });
    assert.equal(((await send('/ok')) as OutsideAnswer).body, 'fine');
    assert.deepEqual(told, [`api.test:${own} /ok Key ${value}`]);
    assert.equal(((await send('/stays')) as OutsideAnswer).status, 200);
    for (const path of ['/leaves', '/away', '/echo', '/coded', '/tag', '/type']) {
      const answer = await send(path);
      assert.ok(isRefusal(answer), path);
      assert.ok(!JSON.stringify(answer).toLowerCase().includes(value), JSON.stringify(answer));
    }
    assert.ok(
      told.every((line) => line.startsWith('api.test:')),
      told.join('; '),
    );
    await refusedWith(
      'unavailable',
      /^The secret API_KEY is not set, so api\.test(?::\d+)? is not asked\. Those who run the system have to set it\.$/,
      send('/ok', null),
    );
    host.closeAllConnections();
    host.close();
  });
});
