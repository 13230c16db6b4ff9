/** A running system as the command line meets it: real HTTP with fixed answers, a data folder with running.json and operator.key. For tests of the command line alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeDetail, ChangeEvent } from '#api/client';

export interface SpecimenSystem {
  readonly url: string;
  readonly data: string;
  /** What was asked of it: `POST /_theseus/changes {...}`, with the key it came with. */
  readonly asked: readonly { readonly route: string; readonly key: string | undefined; readonly body: unknown }[];
  close(): Promise<void>;
}
const evidence = {
  gate: 'examples' as const,
  verdict: 'pass' as const,
  looked: [],
  engine: 'x',
  cost: { cpuMs: 1, wallMs: 4.2 },
  findings: [
    {
      statement: 'an open order of a gold customer over 500 costs 10% less',
      verdict: 'pass' as const,
      shownBy: 'tested' as const,
      bound: '100 rows',
    },
    { statement: 'no discount is below zero', verdict: 'pass' as const, shownBy: 'proved' as const },
  ],
};
const at = (seq: number): { readonly change: ChangeEvent['change']; readonly seq: number; readonly at: ChangeEvent['at'] } => ({
  change: 'ch-1' as ChangeEvent['change'],
  seq,
  at: (1_000 + seq) as ChangeEvent['at'],
});
const understanding = {
  echo: ['Invoices have a due date: 30 days after the issue date.'],
  notes: ['Follows for 212 rows that are there.'],
  scope: { components: ['entity/invoice' as const], members: [] },
  risk: 'low' as const,
};
export const liveEvents: readonly ChangeEvent[] = [
  { ...at(0), kind: 'asked' },
  { ...at(1), kind: 'step', step: 'understand', state: 'started' },
  { ...at(2), kind: 'understood', understanding },
  { ...at(3), kind: 'step', step: 'understand', state: 'done', wallMs: 3 },
  { ...at(4), kind: 'evidence', evidence },
  { ...at(5), kind: 'ended', outcome: 'live', why: 'It serves now.' },
];
export const liveChange: ChangeDetail = {
  id: 'ch-1',
  request: 'Add a due date to invoices',
  by: 'c1',
  askedAt: '2026-11-23T08:00:00.000Z',
  state: 'ended',
  outcome: 'live',
  why: 'It serves now.',
  step: null,
  generation: `sha256:${'a'.repeat(64)}`,
  roles: ['owner'],
  base: null,
  continues: null,
  conversation: [],
  stated: [],
  attached: [],
  regions: {},
  budget: null,
  kind: 'change',
  handedInBy: null,
  steps: [],
  understanding,
  decision: null,
  evidence: [evidence],
  candidate: null,
  certificate: null,
  options: [],
  witness: null,
  cost: { cpuMs: 1, wallMs: 2, phases: [] },
  endedAt: '2026-11-23T08:00:00.400Z',
  events: liveEvents,
};
export const question: ChangeDetail = {
  ...liveChange,
  outcome: 'question',
  why: 'There are two readings.',
  options: [{ sentence: 'Add a due date to invoices, 30 days after the issue date.' }, { sentence: 'Add a due date to orders.' }],
  generation: null,
};

export type Answers = { readonly [route: string]: unknown };

/** `answers`: JSON by `METHOD /path`; a route that ends in /events streams its list; `{ problem }` answers a problem of that status; a function is given the body. */
export async function startSpecimen(answers: Answers): Promise<SpecimenSystem> {
  const asked: { route: string; key: string | undefined; body: unknown }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const route = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
      asked.push({ route, key: request.headers.authorization, body: text === '' ? undefined : JSON.parse(text) });
      const given = answers[route];
      const answer: unknown = typeof given === 'function' ? (given as (body: unknown) => unknown)(asked.at(-1)?.body) : given;
      if (answer === undefined) {
        response.writeHead(404, { 'content-type': 'application/problem+json' }).end(
          JSON.stringify({
            type: '/errors/not-found',
            title: 'Not found',
            status: 404,
            detail: `There is no ${route}.`,
            code: 'not-found',
          }),
        );
      } else if (typeof answer === 'object' && answer !== null && 'status' in answer && 'detail' in answer) {
        response.writeHead(Number(answer.status), { 'content-type': 'application/problem+json' }).end(JSON.stringify(answer));
      } else if (route.endsWith('/events')) {
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end((answer as readonly ChangeEvent[]).map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
      } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const data = mkdtempSync(join(tmpdir(), 'theseus-cli-'));
  writeFileSync(join(data, 'running.json'), JSON.stringify({ url, pid: process.pid }));
  writeFileSync(join(data, 'operator.key'), 'key_operator\n', { mode: 0o600 });
  return {
    url,
    data,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(data, { recursive: true, force: true });
    },
  };
}
