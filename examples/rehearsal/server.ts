/**
 * A language model played by hand: an OpenAI-compatible endpoint that writes each prompt to a file and waits for the answer file. A person
 * or an agent is the model. What was asked and answered stays in the folder, and can be replayed.
 *
 *   node examples/rehearsal/server.ts FOLDER [--port 8765] [--replay RECORDED]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface RehearsalOptions {
  /** Where prompts and answers lie. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port?: number;
  /** A folder of an earlier rehearsal: the same answers are given again, in their order. */
  readonly replay?: string;
  readonly log?: (line: string) => void;
}
export interface Rehearsal {
  /** For THESEUS_MODEL_URL. */
  readonly url: string;
  close(): Promise<void>;
}
interface Message {
  readonly role: string;
  readonly content: string | readonly { readonly text?: string }[];
}
interface Call {
  readonly model?: string;
  readonly stream?: boolean;
  readonly messages: readonly Message[];
}

const LARGEST = 8_000_000;
const LOOK_MS = 200;
/** A comment in the stream now and then: whoever waits sees that somebody is there. */
const ALIVE_MS = 2_000;

export async function startRehearsal({ folder, port = 0, replay, log = () => {} }: RehearsalOptions): Promise<Rehearsal> {
  const here = resolve(folder);
  mkdirSync(here, { recursive: true });
  let last = Math.max(0, ...readdirSync(here).map((name) => Number(/^(\d+)-/.exec(name)?.[1] ?? 0)));
  const recorded = replay === undefined ? null : answersIn(resolve(replay));
  const server = createServer((request, response) => {
    void answer(request, response).catch((cause: unknown) =>
      fail(response, 400, cause instanceof Error ? cause.message : 'not understood'),
    );
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method === 'GET' && path === '/v1/models')
      return json(response, 200, { object: 'list', data: [{ id: 'rehearsal', object: 'model' }] });
    if (request.method !== 'POST' || path !== '/v1/chat/completions')
      return fail(response, 404, 'Only POST /v1/chat/completions and GET /v1/models are here.');
    const text = await read(request);
    const call = JSON.parse(text) as Call;
    last += 1;
    const name = String(last).padStart(3, '0');
    writeFileSync(join(here, `${name}-request.json`), `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    writeFileSync(join(here, `${name}-prompt.md`), promptOf(call));
    log(`${name}: the prompt is in ${join(here, `${name}-prompt.md`)}; write the answer to ${join(here, `${name}-answer.md`)}`);
    if (recorded !== null) {
      const next = recorded.shift();
      if (next === undefined) return fail(response, 503, 'The recording has ended.');
      writeFileSync(join(here, `${name}-${next.kind}`), next.text);
    }
    await give(response, call, name);
  }

  async function give(response: ServerResponse, call: Call, name: string): Promise<void> {
    const gone = new Promise<null>((done) => response.once('close', () => done(null)));
    const soon = answerTo(here, name);
    // A moment for what is there already, so that an error can still have a status of its own.
    const first = await Promise.race([soon.found, gone, new Promise<undefined>((done) => setTimeout(done, LOOK_MS * 3, undefined))]);
    if (first !== undefined || call.stream !== true) {
      const found = first ?? (await Promise.race([soon.found, gone]));
      soon.stop();
      if (found === null) return;
      if (found.kind === 'error.json') return failAs(response, found.text);
      return call.stream === true ? streamed(response, call, found.text) : json(response, 200, whole(call, found.text));
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const alive = setInterval(() => response.write(': waiting for the answer file\n\n'), ALIVE_MS);
    const found = await Promise.race([soon.found, gone]);
    clearInterval(alive);
    soon.stop();
    if (found !== null) streamed(response, call, found.text);
  }

  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface Given {
  readonly kind: 'answer.md' | 'error.json';
  readonly text: string;
}
/** Found once the file is there and two looks in a row see the same text: an editor may write it piece by piece. */
function answerTo(folder: string, name: string): { readonly found: Promise<Given>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const found = new Promise<Given>((done) => {
    let before = '';
    timer = setInterval(() => {
      for (const kind of ['answer.md', 'error.json'] as const) {
        const path = join(folder, `${name}-${kind}`);
        if (!existsSync(path) || statSync(path).size > LARGEST) continue;
        const text = readFileSync(path, 'utf8');
        if (text.trim() !== '' && text === before) {
          clearInterval(timer);
          return done({ kind, text });
        }
        before = text;
      }
    }, LOOK_MS);
  });
  return { found, stop: () => clearInterval(timer) };
}

const answersIn = (folder: string): Given[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name): readonly Given[] => {
      const kind = (['answer.md', 'error.json'] as const).find((each) => name.endsWith(`-${each}`));
      return kind === undefined ? [] : [{ kind, text: readFileSync(join(folder, name), 'utf8') }];
    });

const textOf = ({ content }: Message): string => (typeof content === 'string' ? content : content.map(({ text = '' }) => text).join(''));
const promptOf = ({ messages }: Call): string => `${messages.map((message) => `# ${message.role}\n\n${textOf(message)}`).join('\n\n')}\n`;
/** Four characters a token: nobody counts the tokens of a person. */
const tokens = (text: string): number => Math.ceil(text.length / 4);
function usageOf(call: Call, text: string): { prompt_tokens: number; completion_tokens: number; total_tokens: number } {
  const [asked, said] = [tokens(call.messages.map(textOf).join('')), tokens(text)];
  return { prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said };
}
const about = (call: Call): object => ({ id: 'rehearsal', created: Math.floor(Date.now() / 1000), model: call.model ?? 'rehearsal' });
const whole = (call: Call, text: string): object => ({
  ...about(call),
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: usageOf(call, text),
});

function streamed(response: ServerResponse, call: Call, text: string): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (more: object): boolean =>
    response.write(`data: ${JSON.stringify({ ...about(call), object: 'chat.completion.chunk', ...more })}\n\n`);
  for (let at = 0; at < text.length; at += 2_000)
    send({ choices: [{ index: 0, delta: { content: text.slice(at, at + 2_000) }, finish_reason: null }] });
  send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  send({ choices: [], usage: usageOf(call, text) });
  response.end('data: [DONE]\n\n');
}

/** `{ "status": 429, "message": "..." }`: a provider that says no can be rehearsed as well. */
function failAs(response: ServerResponse, text: string): void {
  const { status, message } = JSON.parse(text) as { readonly status: number; readonly message?: string };
  fail(response, status, message ?? 'rehearsed');
}
function fail(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) response.destroy();
  else json(response, status, { error: { message, type: 'rehearsal' } });
}
const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new Error('The prompt is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '8765' }, replay: { type: 'string' } },
  });
  const [folder = 'rehearsal'] = positionals;
  const { url } = await startRehearsal({
    folder,
    port: Number(values.port),
    ...(values.replay === undefined ? {} : { replay: values.replay }),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`THESEUS_MODEL_URL=${url} THESEUS_MODEL=rehearsal\n`);
}
