/**
 * A system that runs unasked, in this process: real PostgreSQL, real hosts, the calls and the turns of the machine, and a clock
 * that stands still until it is set. Generations are put in by hand; nothing here sleeps.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Caller, type Digest, isRefusal, type Json } from '#kernel';
import { openHosts } from '#hosts';
import { noGuilt, openCalls } from '#machine/calls';
import type { CallOptions, Calls, Running, UnaskedCalls } from '#machine';
import { openUnasked, type Unasked } from '#machine/unasked';
import { digestOf, entityNamed, generationOfReading, readSettings, type SystemReading, type SourceFiles } from '#model';
import { openStore, type PlainRow, type PlainValues } from '#store';
import { applySchema } from '#store/migrate';
import { type Delivery, listDeliveries, openPool, saveComponents, saveGeneration, saveSources } from '#store/records';
import { migrateProduct, startThrowAwayServer } from '#store/server';
import { parserProcess } from '#adapters/parser-process';
import { loadGenerationToRun, type Loaded } from '../../src/machine/loaded.ts';
import { storedOf } from '../../src/machine/second-reading.ts';

const shopFolder = fileURLToPath(new URL('../../systems/shop/', import.meta.url));
export const shop: { readonly [path: string]: string } = Object.fromEntries(
  readdirSync(shopFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|json)$/.test(path) && !path.startsWith('.') && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(join(shopFolder, path), 'utf8')]),
);
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
export const reaction = (
  name: string,
  event: string,
  body: string,
  more = '',
  takes = 'data, event, emit, log, now',
): { readonly [path: string]: string } => ({
  [`reactions/${name}.ts`]: `${head}import { reaction, refuse } from 'theseus/sdk';\nexport default reaction({ id: 'n_${name}', name: '${name}', on: { event: '${event}' }, ${more}\n  async run({ ${takes} }) { ${body} } });\n`,
});
export const job = (name: string, schedule: string, body: string, more = ''): { readonly [path: string]: string } => ({
  [`jobs/${name}.ts`]: `${head}import { job, refuse } from 'theseus/sdk';\nexport default job({ id: 'j_${name}', name: '${name}', schedule: { ${schedule} }, ${more}\n  async run({ data, due, dueDay, emit, log, now }) { ${body} } });\n`,
});
export const owner: Caller = { id: 'owner', name: 'Olga', roles: ['owner', 'manager'] };

export interface Bench {
  readonly clock: { now: number };
  readonly unasked: Unasked;
  readonly calls: Calls & UnaskedCalls;
  /** The generation that serves. */
  running(): Running;
  readonly logged: Json[];
  /** What the next calls of a reaction or job meet instead of a host that answers. */
  readonly trouble: { next?: () => Promise<void> };
  /** Serves this system from now on; `code` stands in the place of what was read of a component (`reaction/refill`), behind the back of every gate. */
  serve(files: SourceFiles, code?: { readonly [component: string]: string }): Promise<Digest>;
  create(entity: string, values: PlainValues, options?: Partial<CallOptions>): Promise<PlainRow>;
  update(entity: string, id: string, patch: PlainValues): Promise<PlainRow>;
  get(entity: string, id: string): Promise<PlainRow>;
  list(entity: string): Promise<readonly PlainRow[]>;
  deliveries(state?: string): Promise<readonly Delivery[]>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** A transaction of somebody else that is open and has written; it then writes an event and ends. */
  openTransaction(): Promise<{ insertEventAndCommit(type: string, row: string): Promise<void> }>;
  /** The kernel's login. */
  readonly pool: pg.Pool;
  /** With the login that owns the tables. */
  asOwner(sql: string, values?: readonly unknown[]): Promise<void>;
  /** As at the start of the system. */
  migrate(): Promise<void>;
  /** Another kernel over the same database. */
  another(): Unasked;
  close(): Promise<void>;
}

export async function openBench(start = '2026-03-02T09:00:00Z'): Promise<Bench> {
  const server = await startThrowAwayServer();
  const ownerUrl = server.url('owner', 'theseus');
  const pool = openPool(server.url('kernel', 'theseus'), { max: 12, onError: () => {} });
  const clock = { now: Date.parse(start) };
  // Deadlines of the store and the hosts are reckoned in true time from the clock that stands still.
  const store = openStore({ dataUrl: server.url('data', 'theseus'), clock: () => clock.now });
  const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
  const parser = parserProcess();
  const logged: Json[] = [];
  const trouble: Bench['trouble'] = {};
  const opened: Unasked[] = [];
  const loaded = new Map<number, Loaded>();
  let current: Loaded | null = null;
  const now = (): Loaded => {
    if (current === null) throw new Error('nothing is served');
    return current;
  };
  const calls = openCalls({
    store,
    hosts: {
      ...hosts,
      call: async (asked) => {
        const meets = trouble.next;
        if (meets !== undefined && !asked.key.startsWith('operation/')) await meets();
        return hosts.call({ ...asked, deadline: Date.now() + asked.deadline - clock.now });
      },
    },
    clock: () => clock.now,
    log: (entry) => void logged.push((entry['message'] ?? null) as Json),
    guilt: noGuilt,
    loaded: (running) => loaded.get(running.activation) ?? now(),
    routed: async () => now(),
    wrote: () => {},
  });
  const unaskedOver = (): Unasked => {
    const made = openUnasked({
      pool,
      calls,
      routed: () => current,
      clock: () => clock.now,
      chance: () => 1,
      log: (entry) => void logged.push(entry),
    });
    opened.push(made);
    return made;
  };
  const unasked = unaskedOver();
  let activation = 0;
  const done = async (answer: Promise<{ readonly value: unknown }>): Promise<PlainRow> => {
    const { value } = await answer;
    if (isRefusal(value)) throw new Error(`${value.code}: ${value.why} ${JSON.stringify(value.evidence)}`);
    return value as PlainRow;
  };
  const entity = (name: string) => {
    const found = entityNamed(now().model, name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const options = { caller: owner };
  const asOwner = async (sql: string, values: readonly unknown[] = []): Promise<void> => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(sql, [...values]);
    await client.end();
  };

  return {
    clock,
    unasked,
    calls,
    running: now,
    logged,
    trouble,
    pool,
    serve: async (files, code = {}) => {
      const reading = (await parser.read(files)) as unknown as SystemReading;
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const generation = generationOfReading(files, reading);
      await saveSources(
        pool,
        Object.values(files).map((text) => ({ digest: digestOf(text), text })),
      );
      await saveComponents(
        pool,
        reading.components.map((component) => storedOf(files, component)),
      );
      for (const [component, text] of Object.entries(code)) {
        const [kind, name] = component.split('/');
        await asOwner("update theseus.components set code = $3 where contract->>'kind' = $1 and contract->>'name' = $2", [
          kind,
          name,
          text,
        ]);
      }
      await saveGeneration(pool, generation, null, null);
      await applySchema(ownerUrl, reading.model);
      activation += 1;
      const next = await loadGenerationToRun(pool, hosts, readSettings, generation.id, activation);
      loaded.set(activation, next);
      await pool.query("insert into theseus.live (activation, generation, state) values ($1, $2, 'serving')", [activation, generation.id]);
      await pool.query('update theseus.routing set stable = $1, activation = $2', [generation.id, activation]);
      current = next;
      return generation.id;
    },
    create: (name, values, more = {}) => done(calls.create(now(), entity(name), values, { ...options, ...more })),
    update: (name, id, patch) => done(calls.update(now(), entity(name), id, patch, options)),
    get: (name, id) => done(calls.get(now(), entity(name), id, options)),
    list: async (name) => (await done(calls.list(now(), entity(name), { limit: 500 }, options)))['items'] as unknown as readonly PlainRow[],
    deliveries: (state) =>
      listDeliveries(pool, { limit: 1_000, ...(state === undefined ? {} : { state }) }).then((found) => [...found].reverse()),
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await pool.query<Row>(sql, [...values])).rows,
    openTransaction: async () => {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      return {
        insertEventAndCommit: async (type, row) => {
          await client.query(
            "insert into theseus.outbox (id, type, source, subject, time, data, call, generation) values ('slow', $1, '/shop', $2, now(), '{}', 'c', $3)",
            [type, row, now().generation],
          );
          await client.query('commit');
          await client.end();
        },
      };
    },
    asOwner,
    migrate: async () => void (await migrateProduct(ownerUrl)),
    another: unaskedOver,
    close: async () => {
      for (const each of opened) await each.close();
      await Promise.all([hosts.close(), parser.close(), store.close()]);
      await pool.end();
      await server.stop();
    },
  };
}
