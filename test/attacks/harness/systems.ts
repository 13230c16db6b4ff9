/**
 * Attacks on a whole running system: real processes, real PostgreSQL. The operations of a class stand in it with their contracts;
 * then their code is replaced behind the back of the reader and of every gate, as a workshop that lies in all things would wish.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../../scripts/throw-away-system.ts';

export interface HostileOperation {
  /** The body of `run`, or the whole text of the code. */
  readonly body?: string;
  readonly code?: string;
  /** Of its contract, as source; `{}` where not given. */
  readonly capabilities?: string;
  readonly input?: string;
  readonly output?: string;
  readonly more?: string;
  readonly method?: string;
}
export interface SystemAttack {
  readonly operations?: { readonly [name: string]: HostileOperation };
  /** Does the deed and looks at what came of it; throws where it succeeded. */
  readonly run: (system: HostileSystem) => Promise<void>;
}
export type Role = 'superuser' | 'owner' | 'kernel' | 'data' | 'workshop';
export interface HostileSystem extends ThrowAwaySystem {
  /** What watches: a login that may see everything. */
  sql<Row extends object = { readonly [column: string]: unknown }>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** With the login of a process, as one would have that stole its password. Answers the error, or `done`. */
  as(role: Role, text: string, values?: readonly unknown[]): Promise<string>;
  loginUrl(role: Role): string;
  operate(
    name: string,
    input?: object,
    options?: { readonly key?: string; readonly row?: string },
  ): Promise<{ readonly status: number; readonly text: string; readonly json: Record<string, unknown> }>;
  /** A row of each entity, made by trusted code. The text of the note is `secret`. */
  readonly product: string;
  readonly note: string;
  readonly secret: string;
  readonly logged: readonly string[];
}

const head =
  '/**\n * A part of a system under attack.\n *\n * why: to be attacked\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const settings = {
  name: 'attacked',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  locale: 'en',
  collation: 'und-x-icu',
  roles: {
    owner: { read: true, write: true, sensitive: true },
    clerk: { read: true, write: true, sensitive: false },
    viewer: { read: true, write: false, sensitive: false },
    customer: { read: true, write: true, sensitive: false },
    nobody: { read: false, write: false, sensitive: false },
  },
  policy: {
    ask: ['owner'],
    approve: ['owner'],
    rollback: ['owner'],
    freeze: ['owner'],
    autonomy: { low: 'act', medium: 'act', high: 'propose' },
    approvals: { low: 0, medium: 0, high: 1 },
    isolation: 'preferred',
    limits: { calls: null, control: 1000, signIns: 1000 },
  },
};
const entities = {
  'entities/product.ts': `${head}import { entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_prod',
  name: 'product',
  plural: 'products',
  title: 'name',
  fields: {
    name: text({ id: 'f_pname', no: 1, required: true }),
    stock: integer({ id: 'f_pstock', no: 2, min: 0, default: 0 }),
    cost: integer({ id: 'f_pcost', no: 3, sensitive: true }),
    note: reference({ id: 'f_pnote', no: 4, to: 'secretNote' }),
  },
});
`,
  'entities/secret-note.ts': `${head}import { entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_note',
  name: 'secretNote',
  plural: 'secretNotes',
  title: 'name',
  fields: {
    name: text({ id: 'f_nname', no: 1 }),
    body: text({ id: 'f_nbody', no: 2 }),
  },
});
`,
  'operations/reserved.ts': stub('reserved', 100, { capabilities: `{ secretNote: ['read', 'update'] }`, more: `roles: ['owner'],` }),
};

function stub(name: string, number: number, { capabilities, input, output, more = '', method = 'POST' }: HostileOperation): string {
  const path = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const on = more.includes('on:') ? '/{id}' : '';
  return `${head}import { integer, json, operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_h${number}',
  name: '${name}',
  http: { method: '${method}', path: '/api/hostile${on}/${path}', status: 200 },
  input: ${input ?? `{ text: text({ id: 'f_h${number}t', no: 1 }), n: integer({ id: 'f_h${number}n', no: 2 }) }`},
  ${output === 'null' ? '' : `output: ${output ?? `{ fields: { said: text({ id: 'f_h${number}s', no: 1 }), count: integer({ id: 'f_h${number}c', no: 2 }) } }`},`}
  capabilities: ${capabilities ?? '{}'},
  ${more}
  async run() {
    return null;
  },
});
`;
}
export const codeOf = ({ code, body = '' }: HostileOperation): string =>
  code ??
  `globalThis.component = ({ async run({ data, input, row, today: day, caller, now, random, log, emit, call, fetch }) {\n${body}\n} });`;

export async function openHostileSystem(
  attacks: Iterable<SystemAttack>,
  more: { readonly [path: string]: string } = {},
): Promise<HostileSystem> {
  const operations = [...attacks].flatMap(({ operations = {} }) => Object.entries(operations));
  const logged: string[] = [];
  const files: { [path: string]: string } = { 'theseus.json': JSON.stringify(settings), ...entities, ...more };
  for (const [at, [name, operation]] of operations.entries())
    files[`operations/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`] = stub(name, at + 101, operation);
  const system = await startThrowAwaySystem({ files, samples: false, log: (line) => logged.push(line) });
  const passwords = JSON.parse(readFileSync(join(system.data, 'passwords.json'), 'utf8')) as { readonly [Name in Role]: string };
  const pools = new Map<string, pg.Pool>();
  const loginUrl = (role: Role): string =>
    `postgresql://${role === 'superuser' ? 'postgres' : `theseus_${role}`}:${encodeURIComponent(passwords[role])}@localhost/theseus?host=${encodeURIComponent(socketOf(system.data))}`;
  const poolOf = (role: Role): pg.Pool => {
    const known = pools.get(role) ?? new pg.Pool({ connectionString: loginUrl(role), max: 2 });
    if (!pools.has(role)) known.on('error', () => {});
    pools.set(role, known);
    return known;
  };
  const sql: HostileSystem['sql'] = async (text, values = []) => (await poolOf('superuser').query(text, [...values])).rows;
  await replaceCode(system, sql, new Map(operations));
  const secret = `secret-of-the-note-${process.pid}`;
  const note = String((await system.call('POST', '/api/secret-notes', { name: 'N', body: secret })).json['id']);
  const product = String((await system.call('POST', '/api/products', { name: 'Tea', stock: 5, cost: 777_111, note })).json['id']);
  return {
    ...system,
    sql,
    loginUrl,
    product,
    note,
    secret,
    logged,
    as: async (role, text, values = []) => {
      try {
        await poolOf(role).query(text, [...values]);
        return 'done';
      } catch (cause) {
        return cause instanceof Error ? cause.message : String(cause);
      }
    },
    operate: async (name, input = {}, { key, row } = {}) => {
      const path = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const answer = await fetch(`${system.url}/api/hostile${row === undefined ? '' : `/${row}`}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key ?? system.operatorKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const text = await answer.text();
      return { status: answer.status, text, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await system.stop();
    },
  };
}

/** Puts hostile code where the reader's would be, and has the kernel load it: it is ended, and started again by the supervisor. */
async function replaceCode(
  system: ThrowAwaySystem,
  sql: HostileSystem['sql'],
  operations: ReadonlyMap<string, HostileOperation>,
): Promise<void> {
  if (operations.size === 0) return;
  for (const [name, operation] of operations)
    await sql(`update theseus.components set code = $2 where contract->>'kind' = 'operation' and contract->>'name' = $1`, [
      name,
      codeOf(operation),
    ]);
  const before = system.pids().kernel;
  process.kill(before, 'SIGKILL');
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const well =
      system.pids().kernel !== before &&
      (await fetch(`${system.url}/_theseus/health`).then(
        (answer) => answer.ok,
        () => false,
      ));
    if (well) return;
    await new Promise((look) => setTimeout(look, 20));
  }
  throw new Error('the kernel did not come up again');
}
/** Words of a host, of the machine, of the database: nobody who calls an operation is told them. */
const internals =
  /\/(tmp|home|usr|proc|var|work|root)\/|node:|node_modules|isolated|\bisolate\b|<anonymous>|\bat .*:\d+:\d+|\.ts\b.*:\d+:\d+|SIGKILL|\bpid\b|select |theseus\./i;

/** Throws where the answer is not a problem document that names the component, and nothing of what lies behind it. */
export function mustBlame(
  answer: { readonly status: number; readonly text: string; readonly json: Record<string, unknown> },
  component: string,
): void {
  const { status, text, json } = answer;
  assert.equal(status, 502, `${component} was answered ${status}: ${text.slice(0, 400)}`);
  assert.equal(typeof json['detail'], 'string', text);
  assert.match(text, /component-failed/);
  assert.ok(text.includes(component), `it does not say that ${component} failed: ${text.slice(0, 400)}`);
  assert.doesNotMatch(text, internals);
  assert.ok(text.length < 10_000, `${text.length} characters`);
}

/** Throws where a statement was done with this login. */
export async function mustBeDenied(system: HostileSystem, role: Role, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    const said = await system.as(role, statement);
    assert.notEqual(said, 'done', `${role} may ${statement}`);
    assert.match(
      said,
      /permission denied|must be|not allowed|denied|does not exist|only|violates|cannot|syntax|unrecognized|not permitted/i,
      said,
    );
  }
}

function socketOf(data: string): string {
  const lines = readFileSync(join(data, 'postgresql', 'postmaster.pid'), 'utf8').split('\n');
  return lines[4] ?? '';
}
