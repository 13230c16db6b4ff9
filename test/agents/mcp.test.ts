/** Agents over the Model Context Protocol, on a running system: HTTP of both eras, and standard input and output. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)) });
});
after(() => system.stop());

type Told = { readonly structuredContent?: { readonly [name: string]: unknown }; readonly isError?: boolean };
interface Agent {
  readonly client: Client;
  call(name: string, given?: { readonly [name: string]: unknown }): Promise<Told>;
  tools(): Promise<readonly string[]>;
}
async function agent(options: { readonly key?: string; readonly old?: boolean; readonly tools?: string } = {}): Promise<Agent> {
  const client = new Client({ name: 'agent', version: '1' }, options.old === true ? {} : { versionNegotiation: { mode: 'auto' } });
  const url = new URL(`${system.url}/mcp${options.tools === undefined ? '' : `?tools=${options.tools}`}`);
  await client.connect(
    new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: `Bearer ${options.key ?? system.operatorKey}` } } }),
  );
  return {
    client,
    call: async (name, given = {}) => (await client.callTool({ name, arguments: given })) as Told,
    tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
  };
}

describe('an agent over MCP', () => {
  it('sees the tools that its rights give, and the schemas of the generation that serves', async () => {
    for (const old of [false, true]) {
      const { client } = await agent({ old });
      const { tools } = await client.listTools();
      const names = tools.map((tool) => tool.name);
      for (const name of ['describe', 'context', 'check', 'propose', 'orders_list', 'orders_create', 'call_placeOrder'])
        assert.ok(names.includes(name), `${name} of ${names.join(' ')}`);
      const place = tools.find((tool) => tool.name === 'call_placeOrder');
      assert.match(JSON.stringify(place?.inputSchema), /"\$ref":"#\/\$defs\//);
      assert.doesNotMatch(JSON.stringify(tools), /#\/components\//);
      await client.close();
    }
  });

  it('brings a change live, and sees it in the tools at once', async () => {
    const { client, call, tools } = await agent();
    const changed = new Promise<void>((resolve) => void client.setNotificationHandler('notifications/tools/list_changed', () => resolve()));
    await client.listen({ toolsListChanged: true });
    const described = await call('describe');
    assert.equal(described.structuredContent?.['name'], 'shop');
    const context = await call('context', { component: 'entity/product' });
    assert.match(JSON.stringify(context.structuredContent), /export default entity/);

    const files = { 'entities/supplier.ts': supplier, 'entities/supplier.test.ts': supplierTests };
    const request = 'Suppliers, so that we know who brings what';
    const check = await call('check', { request, files });
    assert.deepEqual([check.isError, check.structuredContent?.['passed']], [undefined, true], JSON.stringify(check.structuredContent));
    assert.equal((await tools()).includes('suppliers_create'), false);

    const proposed = await call('propose', { request, files });
    assert.equal(proposed.structuredContent?.['outcome'], 'live', JSON.stringify(proposed.structuredContent));
    assert.equal(proposed.structuredContent?.['risk'], 'medium');
    await changed;
    assert.ok((await tools()).includes('suppliers_create'));
    const made = await call('suppliers_create', { values: { name: 'Tea & Co', rating: 5 } });
    assert.equal(made.structuredContent?.['name'], 'Tea & Co');
    const found = await call('suppliers_list', { rating: { gt: '4' }, limit: 1 });
    assert.match(JSON.stringify(found.structuredContent), /"items":\[\{[^}]*Tea/);
    const wrong = await call('suppliers_create', { values: { name: 'Worse', rating: 9 } });
    assert.deepEqual([wrong.isError, wrong.structuredContent?.['code']], [true, 'invalid']);
    const read = await call('read', { paths: ['entities/supplier.ts'] });
    assert.match(JSON.stringify(read.structuredContent), /generator: agent/);
    await client.close();
  });

  it('is refused with the evidence where a gate fails, and nothing changes', async () => {
    const { client, call } = await agent({ old: true });
    const before = (await call('describe')).structuredContent?.['generation'];
    const answer = await call('propose', {
      request: 'Fewer examples',
      files: { 'entities/order.test.ts': "import { examples } from 'theseus/sdk';\n\nexport default examples([]);\n" },
    });
    assert.deepEqual([answer.isError, answer.structuredContent?.['outcome']], [true, 'refused']);
    assert.match(JSON.stringify(answer.structuredContent?.['failures']), /the total of an order is the sum/);
    for (const [files, why] of [
      [{ 'theseus.json': '{}' }, /theseus\.json cannot be handed in/],
      [{ '../../x.ts': '' }, /no place for a component/],
      ['x', /files/],
      [undefined, /files is missing/],
    ] as const) {
      const refused = await call('propose', { request: 'x', ...(files === undefined ? {} : { files }) });
      assert.equal(refused.isError, true);
      assert.match(JSON.stringify(refused.structuredContent), why);
    }
    assert.equal((await call('describe')).structuredContent?.['generation'], before);
    await assert.rejects(call('rm'), /There is no tool rm/);
    await client.close();
  });

  it('asks in words, answers a question, looks at what became of it', async () => {
    const { client, call } = await agent({ tools: 'change' });
    const asked = await call('ask', { request: 'Frobnicate the quux', check: true });
    assert.deepEqual([asked.isError, asked.structuredContent?.['outcome']], [true, 'refused']);
    const good = await call('ask', { request: 'Add a phone to customers', check: true });
    assert.equal(good.structuredContent?.['passed'], true, JSON.stringify(good.structuredContent));
    const id = String(good.structuredContent?.['id']);
    assert.equal((await call('status', { id })).structuredContent?.['outcome'], 'checked');
    assert.ok(JSON.stringify((await call('status')).structuredContent).includes(id));
    assert.match(JSON.stringify((await call('cancel', { id })).structuredContent), /ended already/);
    await client.close();
  });

  it('has the rights of its key and no other', async () => {
    const viewer = await agent({ key: await system.keyFor(['viewer']) });
    const names = await viewer.tools();
    assert.ok(names.includes('orders_list'));
    assert.deepEqual(
      names.filter((name) => /^(?:describe|context|read|check|propose|ask|status|cancel|call_)|_(?:create|update|delete)$/.test(name)),
      [],
    );
    const answer = await viewer.call('propose', { request: 'x', files: { 'entities/a.ts': '' } });
    assert.deepEqual([answer.isError, answer.structuredContent?.['code']], [true, 'forbidden']);
    await viewer.client.close();
    assert.deepEqual(await (await agent({ tools: 'change' })).tools(), [
      'describe',
      'context',
      'read',
      'check',
      'propose',
      'ask',
      'status',
      'cancel',
    ]);
  });

  it('comes with a key, to the name of this server, from no other page', async () => {
    const post = (headers: { readonly [name: string]: string }): Promise<Response> =>
      fetch(`${system.url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
      });
    const key = { authorization: `Bearer ${system.operatorKey}` };
    assert.equal((await post({})).status, 401);
    assert.equal((await post({ authorization: 'Bearer nobody' })).status, 401);
    assert.equal((await post({ ...key, origin: 'https://evil.example' })).status, 403);
    assert.equal((await post({ ...key, origin: system.url })).status, 200);
    assert.equal((await post(key)).status, 200);
    const link = new URL(system.link).searchParams.get('link');
    const signedIn = await fetch(`${system.url}/_theseus/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: system.url },
      body: JSON.stringify({ link }),
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const bySession = await post({ cookie, origin: system.url });
    assert.deepEqual([bySession.status, (await bySession.text()).includes('propose')], [200, true]);
    assert.equal((await post({ cookie, origin: 'https://evil.example' })).status, 403);
    assert.equal((await post({ cookie })).status, 403);
    const large = await fetch(`${system.url}/mcp`, {
      method: 'POST',
      headers: { ...key, 'content-type': 'application/json' },
      body: 'x'.repeat(2_000_000),
    });
    assert.equal(large.status, 413);
  });

  it('over standard input and output is told where a message is too long, and goes on', async () => {
    const spoken = spawn(process.execPath, ['src/processes/command-line.ts', 'mcp', '--data', system.data], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const message = (id: number, method: string, params: object): string => `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
    const files = { 'entities/a.ts': 'x'.repeat(20_000_000) };
    spoken.stdin.write(
      message(0, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'agent', version: '1' } }),
    );
    spoken.stdin.write(message(1, 'tools/call', { name: 'propose', arguments: { request: 'x', files } }));
    spoken.stdin.write(message(2, 'tools/call', { name: 'status' }));
    const answers: { readonly id: number; readonly error?: { readonly message: string }; readonly result?: object }[] = [];
    for await (const line of createInterface(spoken.stdout)) if (answers.push(JSON.parse(line)) === 3) spoken.stdin.end();
    assert.deepEqual(
      answers.map(({ id, error }) => [id, error === undefined]),
      [
        [0, true],
        [1, false],
        [2, true],
      ],
    );
    assert.match(answers[1]?.error?.message ?? '', /at most 1048576 bytes; this one had 20000\d+\. Send less at once/);
    assert.match(JSON.stringify(answers[2]?.result), /changes/);
    assert.equal(spoken.exitCode ?? (await once(spoken, 'exit'))[0], 0);
  });

  it('or whoever else starts a command may stop listening: it ends well, and says nothing of it', async () => {
    const spoken = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'src/processes/command-line.ts', 'generations', '--data', system.data],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    // As behind `| head`, long before the first line.
    spoken.stdout.destroy();
    const [[code], said] = await Promise.all([once(spoken, 'close'), spoken.stderr.setEncoding('utf8').toArray()]);
    assert.deepEqual([code, said.join('')], [0, '']);
  });

  it('may say nothing twice: of two regions of one formula neither is taken', async () => {
    const answer = await fetch(`${system.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${system.operatorKey}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"check","arguments":{"request":"x","files":{},"regions":{"rule/a":"false","rule/a":"true"}}}}',
    });
    const { id, error } = (await answer.json()) as { readonly id: unknown; readonly error: { readonly message: string } };
    assert.deepEqual(
      [answer.status, id, error.message],
      [400, 4, '"rule/a" stands twice in one object of the message. Send each member once.'],
    );
  });

  it('finds the way at /llms.txt, which says nothing of the system itself', async () => {
    const answer = await fetch(`${system.url}/llms.txt`);
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(text, new RegExp(`${system.url}/mcp`));
    assert.doesNotMatch(text, /shop|order|product/i);
  });
});

const supplier = `/**
 * A supplier brings what the shop sells.
 *
 * why: we must know whom to call
 */
import { email, entity, integer, text } from 'theseus/sdk';

export default entity({
  name: 'supplier',
  plural: 'suppliers',
  title: 'name',
  fields: {
    name: text({ required: true }),
    contact: email({}),
    rating: integer({ min: 1, max: 5 }),
  },
});
`;
const supplierTests = `import { example, examples } from 'theseus/sdk';

export default examples([
  example('a supplier is rated from 1 to 5', [
    { create: 'supplier', as: 'best', with: { name: 'Tea & Co', rating: 5 }, then: { rating: 5 } },
    { create: 'supplier', with: { name: 'Worse', rating: 6 }, then: { refused: 'invalid' } },
    { create: 'supplier', with: { name: 'Worst', rating: 0 }, then: { refused: 'invalid' } },
  ]),
]);
`;
