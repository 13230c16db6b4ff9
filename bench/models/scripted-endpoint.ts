/**
 * An OpenAI-compatible endpoint that behaves as it is told: models that answer, and models that misbehave in each way that is seen. It
 * keeps what it was asked, and counts what it says it used, so that a ledger can be held against it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly body: { readonly [name: string]: unknown };
  readonly authorization: string | undefined;
}
export type Behaviour =
  /** Streamed whole. `usage` false: none is told. */
  | { readonly say: string; readonly finish?: string; readonly usage?: { readonly input: number; readonly output: number } | false }
  | { readonly status: number; readonly body?: string; readonly headers?: { readonly [name: string]: string } }
  /** So much of an answer, and then the connection breaks. */
  | { readonly cut: string }
  /** So much of an answer, and then nothing, for ever. */
  | { readonly stall: string }
  | { readonly hang: true }
  | { readonly reset: true }
  | { readonly endless: string }
  | { readonly ends: string }
  | { readonly page: string }
  | { readonly tool: { readonly name: string; readonly arguments: string } }
  /** Whole, as an endpoint answers that knows no streams. */
  | { readonly whole: string; readonly finish?: string }
  /** An error inside a stream that began well. */
  | { readonly streamed: string; readonly error: string };

export interface Endpoint {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Tokens that it told of, over all answers; cached ones are among the input. */
  readonly told: Readonly<Told>;
  /** Milliseconds in which it was asked and had not ended its answer, side by side ones once. */
  tookMs(): number;
  close(): Promise<void>;
}
interface Told {
  input: number;
  cached: number;
  output: number;
}
export type Script = (asked: Asked, turn: number) => Behaviour | Promise<Behaviour>;

export async function scriptedEndpoint(script: Script): Promise<Endpoint> {
  const asked: Asked[] = [];
  const told: Told = { input: 0, cached: 0, output: 0 };
  let [answering, since, took] = [0, 0, 0];
  const server = createServer((request, response) => {
    if (answering++ === 0) since = performance.now();
    response.once('close', () => {
      if (--answering === 0) took += performance.now() - since;
    });
    void read(request).then(
      async (text) => {
        const body = JSON.parse(text) as Asked['body'];
        const one: Asked = {
          model: String(body['model']),
          messages: body['messages'] as Asked['messages'],
          body,
          authorization: request.headers.authorization,
        };
        asked.push(one);
        behave(await script(one, asked.length), one, response, told);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    told,
    tookMs: () => took + (answering === 0 ? 0 : performance.now() - since),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function behave(behaviour: Behaviour, asked: Asked, response: ServerResponse, told: Told): void {
  if ('status' in behaviour)
    return void response
      .writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers })
      .end(behaviour.body ?? JSON.stringify({ error: { message: `scripted ${behaviour.status}`, type: 'scripted' } }));
  if ('hang' in behaviour) return;
  if ('reset' in behaviour) return void response.destroy();
  if ('page' in behaviour) return void response.writeHead(200, { 'content-type': 'text/html' }).end(behaviour.page);
  if ('whole' in behaviour) {
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    const choices = [{ index: 0, message: { role: 'assistant', content: behaviour.whole }, finish_reason: behaviour.finish ?? 'stop' }];
    told.input += 10;
    told.output += 5;
    const completion = { id: 'c1', object: 'chat.completion', created: 1, model: asked.model, choices, usage };
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (value: unknown): boolean => response.write(`data: ${JSON.stringify(value)}\n\n`);
  const chunk = (delta: object, finish: string | null = null): boolean =>
    send({
      id: 'c1',
      object: 'chat.completion.chunk',
      created: 1,
      model: asked.model,
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  const write = (text: string): void => {
    for (let at = 0; at < text.length; at += 400) chunk({ content: text.slice(at, at + 400) });
  };
  const end = (finish: string, usage: { readonly input: number; readonly output: number } | false): void => {
    chunk({}, finish);
    if (usage !== false) {
      // Long prompts begin as those before them did: a provider has so much of them from its cache.
      const cached = Math.floor(usage.input / 4_000) * 1_000;
      told.input += usage.input;
      told.cached += cached;
      told.output += usage.output;
      send({
        id: 'c1',
        object: 'chat.completion.chunk',
        created: 1,
        model: asked.model,
        choices: [],
        usage: {
          prompt_tokens: usage.input,
          completion_tokens: usage.output,
          total_tokens: usage.input + usage.output,
          ...(cached === 0 ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
        },
      });
    }
    response.end('data: [DONE]\n\n');
  };
  const usual = (text: string): { input: number; output: number } => ({
    input: Math.ceil(asked.messages.reduce((sum, { content }) => sum + String(content).length, 0) / 4),
    output: Math.ceil(text.length / 4),
  });
  if ('say' in behaviour) {
    write(behaviour.say);
    end(behaviour.finish ?? 'stop', behaviour.usage ?? usual(behaviour.say));
  } else if ('cut' in behaviour) {
    write(behaviour.cut);
    setImmediate(() => response.destroy());
  } else if ('stall' in behaviour) write(behaviour.stall);
  else if ('ends' in behaviour) {
    write(behaviour.ends);
    response.end();
  } else if ('tool' in behaviour) {
    chunk({ tool_calls: [{ index: 0, id: 't1', type: 'function', function: behaviour.tool }] });
    end('tool_calls', usual(behaviour.tool.arguments));
  } else if ('streamed' in behaviour) {
    write(behaviour.streamed);
    send({ error: { message: behaviour.error, type: 'server_error' } });
    response.end('data: [DONE]\n\n');
  } else {
    const more = (): void => {
      if (response.destroyed) return;
      if (chunk({ content: behaviour.endless })) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  }
}
