/** Messages of a hostile or broken agent, over streams like those of `theseus mcp`; the system behind it cannot be reached, which is an answer as well. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { openClient } from '#api/client';
import { serveMcpOverStdio } from './stdio-door.ts';

interface Agent {
  readonly input: PassThrough;
  readonly output: PassThrough;
  readonly served: Promise<void>;
  /** The next answer. */
  next(): Promise<{
    readonly id?: unknown;
    readonly error?: { readonly code: number; readonly message: string };
    readonly result?: object;
  }>;
}
const mostBytes = 2_000;
function agent(): Agent {
  const input = new PassThrough();
  const output = new PassThrough();
  const client = openClient({ url: 'http://127.0.0.1:1' });
  const served = serveMcpOverStdio(
    { client, version: '1', tools: 'change' },
    { input, output, mostBytes, ended: new Promise<void>(() => {}) },
  );
  const lines = output.setEncoding('utf8')[Symbol.asyncIterator]();
  let text = '';
  const next: Agent['next'] = async () => {
    while (!text.includes('\n')) text += String((await lines.next()).value);
    const end = text.indexOf('\n');
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    return JSON.parse(line) as Awaited<ReturnType<Agent['next']>>;
  };
  return { input, output, served, next };
}
const ping = (id: number): string => `${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\n`;
const hello = `${JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'agent', version: '1' } } })}\n`;

test('a message that is too long is refused by its id with the cap and what to do, and the next one is answered', async () => {
  const { input, next } = agent();
  input.write(hello);
  assert.equal((await next()).id, 0);
  const propose = (length: number): string =>
    JSON.stringify({
      method: 'tools/call',
      params: { name: 'propose', arguments: { id: 5, request: 'x'.repeat(length) } },
      jsonrpc: '2.0',
      id: 8,
    });
  const long = propose(20_000);
  for (const piece of long.match(/.{1,1500}/gsu) ?? []) input.write(piece);
  input.write(`\n${ping(1)}`);
  const { id, error } = await next();
  assert.deepEqual(
    [id, error?.code, error?.message],
    [
      8,
      -32_000,
      `A message has at most 2000 bytes; this one had ${long.length}. Send less at once: only the files that change, in several proposals if need be.`,
    ],
  );
  assert.equal((await next()).id, 1);
  const fits = mostBytes - propose(0).length;
  input.write(`${propose(fits + 1)}\n${propose(fits)}\n`);
  assert.equal((await next()).error?.code, -32_000);
  assert.match(JSON.stringify((await next()).result), /id is not known/, 'the cap itself is allowed');
});

test('what is no message is told so, and the next one is answered', async () => {
  for (const [line, id, code, why] of [
    ['{"half":', null, -32_700, /not JSON/],
    ['\0\0\0', null, -32_700, /not JSON/],
    ['', null, -32_700, /not JSON/],
    [Buffer.from([0x22, 0xff, 0xfe, 0x22]), null, -32_700, /not UTF-8/],
    ['[{"jsonrpc":"2.0","id":9,"method":"ping"}]', null, -32_600, /one message a line/],
    ['{"jsonrpc":"2.0","id":7}', 7, -32_600, /no message of JSON-RPC 2\.0/],
    ['{"jsonrpc":"1.0","id":"a","method":"ping"}', 'a', -32_600, /no message of JSON-RPC 2\.0/],
    [
      '{"jsonrpc":"2.0","id":3,"method":"ping","params":{"regions":{"rule/a":"true","rule/a":"false"}}}',
      3,
      -32_600,
      /"rule\/a" stands twice/,
    ],
    ['{"jsonrpc":"2.0","id":3,"method":"ping","method":"pong"}', 3, -32_600, /"method" stands twice/],
    ['null', null, -32_600, /no message/],
    ['7', null, -32_600, /no message/],
    [`${'['.repeat(900)}${']'.repeat(900)}`, null, -32_600, /one message a line/],
  ] as const) {
    const { input, next } = agent();
    input.write(hello);
    await next();
    input.write(line);
    input.write(line === '' ? `x\n${ping(1)}` : `\n${ping(1)}`);
    const answer = await next();
    assert.deepEqual([answer.id, answer.error?.code], [id, code], String(line));
    assert.match(answer.error?.message ?? '', why);
    assert.equal((await next()).id, 1, String(line));
  }
});

test('notifications alone, empty lines and several messages in one piece get what they ask for, no more', async () => {
  const { input, next } = agent();
  input.write(
    '\n\r\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n{"jsonrpc":"2.0","method":"tools/call","params":{"name":"status"}}\n',
  );
  input.write(`${hello}${ping(1)}${ping(2)}`);
  assert.deepEqual([(await next()).id, (await next()).id, (await next()).id].toSorted(), [0, 1, 2]);
});

test(
  'it ends where the agent closes its end, in the middle of a line or a call, and where it reads no more',
  { timeout: 5_000 },
  async () => {
    const halfLine = agent();
    halfLine.input.end(`${hello}{"jsonrpc":"2.0","id":`);
    await halfLine.served;
    const inACall = agent();
    inACall.input.write(hello);
    await inACall.next();
    inACall.input.end('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"status"}}\n');
    await inACall.served;
    const deaf = agent();
    deaf.output.destroy(new Error('EPIPE'));
    deaf.input.write(hello);
    await deaf.served;
  },
);
