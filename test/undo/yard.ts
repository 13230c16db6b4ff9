/**
 * A system whose changes are taken back with what they wrote: the machine in this process over real PostgreSQL and real hosts. Changes
 * come to serve by the kernel's own log, behind the back of the gates. One operation does whatever it is told, for better or worse.
 */
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import pg, { type Pool } from 'pg';
import { type Caller, changeId, digest, type Digest, instant, isRefusal, type KernelEvent, type Refusal } from '#kernel';
import { openHosts } from '#hosts';
import { type MachineProcess, openMachine, type Running } from '#machine';
import { entityNamed, generationOfReading, operationNamed, readSettings, type SourceFiles, type SystemReading } from '#model';
import { openStore, type PlainRow, type PlainValues } from '#store';
import { applySchema } from '#store/migrate';
import {
  countUndone,
  loadUndo,
  openPool,
  saveComponents,
  saveGeneration,
  saveRequest,
  saveSources,
  type Undo,
  type UndoConflict,
  undoConflicts,
  type UndoCounts,
} from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { parserProcess } from '#adapters/parser-process';
import { openKernelLog } from '../../src/machine/kernel-log.ts';
import { storedOf } from '../../src/machine/second-reading.ts';
import { digestOfText } from '../../src/machine/signatures.ts';

export const owner: Caller = { id: 'olga', name: 'Olga', roles: ['owner'] };
const head = (change = 'start'): string =>
  `/**\n * It.\n *\n * why: it\n * change: ${change}\n * generator: person\n * date: 2026-11-23\n */\n`;

/** What `tidy` does where a change has made it do something; `tidy` of the start does nothing. */
const deeds = `
    const { what, row: id, value } = input;
    if (what === 'set') await data.account.update(id, { note: value });
    if (what === 'rename') await data.account.update(id, { name: value });
    if (what === 'level') await data.account.update(id, { level: value });
    if (what === 'remove') await data.account.delete(id);
    if (what === 'make') {
      const made = await data.account.create({ name: value });
      await data.entry.create({ account: made.id, amount: 1 });
    }
    if (what === 'clear') {
      for (const entry of (await data.entry.list({ filters: [{ field: 'account', op: 'eq', value: id }] })).items) await data.entry.delete(entry.id);
      await data.account.delete(id);
    }
    if (what === 'lines') {
      const entry = await data.entry.get(id);
      await data.entry.update(id, { lines: entry.lines.slice(1).map((line) => ({ ...line, count: 9 })) });
    }`;
export const tidy = (change: string, body: string = deeds): string => `${head(change)}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_tidy',
  name: 'tidy',
  http: { method: 'POST', path: '/api/tidy', status: 200 },
  input: {
    what: text({ id: 'f_twhat', no: 1 }),
    row: text({ id: 'f_tid', no: 2 }),
    value: text({ id: 'f_tval', no: 3 }),
  },
  capabilities: { account: ['read', 'create', 'update', 'delete'], entry: ['read', 'create', 'update', 'delete'] },
  async run({ data, input }) {${body}
    return null;
  },
});
`;
const outer = `${head()}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_outer',
  name: 'outer',
  http: { method: 'POST', path: '/api/outer', status: 200 },
  input: {
    what: text({ id: 'f_owhat', no: 1 }),
    row: text({ id: 'f_oid', no: 2 }),
    value: text({ id: 'f_oval', no: 3 }),
  },
  capabilities: { account: ['read', 'update'], call: ['tidy'] },
  async run({ call, data, input }) {
    if (input.what === 'alone') await data.account.update(input.row, { note: input.value });
    else await call('tidy', { with: input });
    return null;
  },
});
`;
const account = `${head()}import { choice, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_acc',
  name: 'account',
  plural: 'accounts',
  title: 'name',
  fields: {
    name: text({ id: 'f_aname', no: 1, required: true, unique: true }),
    note: text({ id: 'f_anote', no: 2 }),
    level: choice({ id: 'f_alev', no: 3, choices: { low: 'c_alow', high: 'c_ahigh', odd: 'c_aodd' }, default: 'low' }),
    secret: text({ id: 'f_asec', no: 4, sensitive: true }),
    size: integer({ id: 'f_asize', no: 5, min: 0 }),
  },
});
`;
const entry = `${head()}import { entity, integer, list, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_ent',
  name: 'entry',
  plural: 'entries',
  title: 'amount',
  fields: {
    account: reference({ id: 'f_eacc', no: 1, to: 'account', required: true }),
    amount: integer({ id: 'f_eamt', no: 2 }),
    lines: list({
      id: 'f_eline',
      no: 3,
      item: 'line',
      itemId: 'e_line',
      fields: { what: text({ id: 'f_lwhat', no: 1 }), count: integer({ id: 'f_lcnt', no: 2 }) },
    }),
  },
});
`;
export const yardFiles: SourceFiles = {
  'theseus.json': JSON.stringify({
    name: 'yard',
    currency: 'EUR',
    roles: {
      owner: { read: true, write: true, sensitive: true },
      clerk: { read: true, write: true },
    },
    policy: { rollback: ['owner', 'clerk'] },
  }),
  'entities/account.ts': account,
  'entities/entry.ts': entry,
  'operations/outer.ts': outer,
  'operations/tidy.ts': tidy('start', ''),
};
/** The same yard with these pieces of the entity `account` replaced. */
export const accountWith = (...replaced: readonly (readonly [string, string])[]): SourceFiles => ({
  'entities/account.ts': replaced.reduce((text, [from, to]) => text.replace(from, () => to), account),
});

export interface Told {
  readonly undo: Undo;
  readonly counts: UndoCounts;
  readonly conflicts: readonly UndoConflict[];
}
export interface Yard {
  readonly machine: MachineProcess;
  readonly pool: Pool;
  running(): Running;
  /** A change comes to serve that puts these files in the place of what there is; by default it makes `tidy` do things. Answers its id. */
  live(files?: SourceFiles): Promise<string>;
  /** Takes the newest change back with what it wrote, and waits for the end of that. */
  revert(change: string, options?: { readonly withLater?: boolean }): Promise<Told>;
  /** Takes the newest change back, without what it wrote. */
  back(): Promise<void>;
  /** Ends the calls of generations that are left, as time does, and what is to be undone. */
  settle(undo: string): Promise<Told>;
  tidy(what: string, id?: string | null, value?: string | null, operation?: string): Promise<void>;
  operate(operation: string, input: PlainValues): Promise<void>;
  /** As one that entered with another generation. */
  tidyIn(running: Running, what: string, id: string, value: string): Promise<void>;
  create(entity: string, values: PlainValues): Promise<PlainRow>;
  update(entity: string, id: string, patch: PlainValues): Promise<PlainRow>;
  remove(entity: string, id: string): Promise<void>;
  /** Null where it is not there. */
  get(entity: string, id: string): Promise<PlainRow | null>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Another kernel over the same database; `around` stands around each of its writes. */
  another(around: (write: () => Promise<unknown>) => Promise<unknown>): Promise<MachineProcess>;
  /** What a kernel holds that works at an undo is free, as when it died, or lost the database for a moment. */
  free(): Promise<void>;
  /** With the login that owns the tables. */
  asOwner(sql: string, values?: readonly unknown[]): Promise<void>;
  close(): Promise<void>;
}

export async function openYard(files: SourceFiles = yardFiles, clock: () => number = Date.now): Promise<Yard> {
  const server = await startThrowAwayServer();
  const pool = openPool(server.url('kernel', 'theseus'), { max: 8, onError: () => {} });
  const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
  const reader = parserProcess();
  const pair = generateKeyPairSync('ed25519');
  const keys = {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
  const migrate = async (_generation: string, model: Parameters<typeof applySchema>[1]): Promise<void> =>
    void (await applySchema(server.url('owner', 'theseus'), model));
  const store = openStore({ dataUrl: server.url('data', 'theseus'), pool: 6 });
  const open = (over = store): Promise<MachineProcess> =>
    openMachine({ pool, store: over, hosts, reader, readSettings, keys, migrate, clock, log: () => {} });
  const machine = await open();
  await machine.install(files);
  const log = await openKernelLog(pool, keys);
  const opened: MachineProcess[] = [machine];
  let now = files;
  let made = 0;
  /** The files of each generation in force, to know what a change is made on. */
  const line: SourceFiles[] = [files];

  const running = (): Running => {
    const current = machine.current();
    if (current === null) throw new Error('nothing serves');
    return current;
  };
  const done = async <Value>(answer: Promise<{ readonly value: Value | Refusal }>): Promise<Value> => {
    const { value } = await answer;
    if (isRefusal(value)) throw new Error(`${value.code}: ${value.why} ${JSON.stringify(value.evidence)}`);
    return value;
  };
  const perform = async (...commands: readonly Parameters<typeof log.perform>[0][]): Promise<readonly KernelEvent[]> => {
    await log.refresh();
    const events: KernelEvent[] = [];
    for (const command of commands) {
      const decided = await log.perform(command);
      if (isRefusal(decided)) throw new Error(decided.why);
      events.push(...decided);
    }
    await machine.lookAtRouting();
    return events;
  };
  const entity = (name: string) => {
    const found = entityNamed(running().model, name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };

  async function live(edits?: SourceFiles): Promise<string> {
    made += 1;
    const change = changeId(`0190c2d4-0000-7000-8000-${String(made).padStart(12, '0')}`);
    now = { ...(line.at(-1) ?? files), ...(edits ?? { 'operations/tidy.ts': tidy(change) }) };
    const reading = (await reader.read(now)) as unknown as SystemReading;
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const generation = generationOfReading(now, reading);
    const base = running().generation;
    await saveRequest(pool, { id: change, text: `Change ${made}`, by: owner.id, roles: owner.roles, askedAt: instant(Date.now()) });
    await saveSources(
      pool,
      Object.values(now).map((text) => ({ digest: digestOfText(text), text })),
    );
    await saveComponents(
      pool,
      reading.components.map((component) => storedOf(now, component)),
    );
    await saveGeneration(pool, generation, base, change);
    await migrate(generation.id, reading.model);
    const at = instant(Date.now());
    await perform(admission(reading, generation.id, base, change), { kind: 'activate', at, by: owner, generation: generation.id });
    line.push(now);
    return change;
  }
  function admission(reading: Extract<SystemReading, { ok: true }>, generation: Digest, base: Digest, change: ReturnType<typeof changeId>) {
    const at = instant(Date.now());
    const policy = {
      ...reading.settings.policy,
      autonomy: { low: 'act', medium: 'act', high: 'act' },
      gates: { low: [], medium: [], high: [] },
    } as const;
    return {
      kind: 'admit',
      at,
      by: owner,
      facts: {
        certificate: digest(`sha256:${String(made).padStart(64, 'c')}`),
        signatureValid: true,
        subjectMatches: true,
        sourcesComplete: true,
        problems: [],
        changedComponents: [],
        changedSources: [],
        changedMembers: [],
        changedTests: [],
        newCapabilities: [],
        newData: [],
        incompatible: [],
        changedFormulas: [],
        handedIn: true,
        askedRegions: {},
        covers: [],
        newGrants: [],
        settingsChanged: 'no',
        policy,
        predicate: {
          format: 'theseus/certificate/1',
          change,
          generation,
          base,
          scope: { components: [], members: [] },
          risk: 'high',
          autonomy: 'act',
          request: { text: 'It', by: owner.id },
          generator: 'person',
          evidence: [],
          issued: at,
        },
      },
    } as const;
  }

  async function settle(undo: string): Promise<Told> {
    for (;;) {
      await log.refresh();
      for (const [activation, life] of Object.entries(log.state().live))
        if (life.state === 'draining')
          await log.perform({ kind: 'close', at: instant(Date.now()), by: owner, activation: Number(activation) });
      await machine.lookAtRouting();
      // What was looked at a moment ago is taken up again some seconds later; time goes by here without waiting.
      await pool.query('update theseus.undos set leased_until = null');
      await machine.lookAtUndos();
      const found = await loadUndo(pool, undo);
      if (found?.state !== 'done') continue;
      return {
        undo: found,
        counts: await countUndone(pool, undo),
        conflicts: await undoConflicts(pool, undo, { before: null, limit: 1_000 }),
      };
    }
  }

  const operate = async (at: Running, operation: string, input: PlainValues): Promise<void> => {
    const found = operationNamed(at.model, operation);
    if (found === undefined) throw new Error(`no ${operation}`);
    await done(machine.operate(at, found, null, input, { caller: owner }));
  };
  const tidyIn = (at: Running, what: string, id: string | null, value: string | null, operation = 'tidy'): Promise<void> =>
    operate(at, operation, { what, row: id, value });

  return {
    machine,
    pool,
    running,
    live,
    settle,
    revert: async (change, { withLater = false } = {}) => {
      const serving = running().generation;
      const done = await machine.rollBack(owner, { change, withLater, data: 'revert' });
      if (isRefusal(done)) throw new Error(`${done.code}: ${done.why}`);
      if (done.generation !== serving) line.length -= done.changes.length;
      return settle(done.undo ?? '');
    },
    back: async () => {
      const done = await machine.rollBack(owner, { withLater: false });
      if (isRefusal(done)) throw new Error(`${done.code}: ${done.why}`);
      line.length -= 1;
    },
    tidy: (what, id = null, value = null, operation = 'tidy') => tidyIn(running(), what, id, value, operation),
    tidyIn,
    operate: (operation, input) => operate(running(), operation, input),
    create: (name, values) => done(machine.create(running(), entity(name), values, { caller: owner })),
    update: (name, id, patch) => done(machine.update(running(), entity(name), id, patch, { caller: owner })),
    remove: async (name, id) => void (await done(machine.remove(running(), entity(name), id, { caller: owner }))),
    get: async (name, id) => {
      const { value } = await machine.get(running(), entity(name), id, { caller: owner });
      return isRefusal(value) ? null : value;
    },
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await pool.query<Row>(sql, [...values])).rows,
    another: async (around) => {
      const next = await open({ ...store, write: (...given) => around(() => store.write(...given)) as never });
      await next.lookAtRouting();
      opened.push(next);
      return next;
    },
    free: async () => {
      await pool.query('update theseus.undos set leased_until = null');
      await pool.query(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid::bigint = (hashtext('theseus.undo')::bigint & 4294967295)",
      );
    },
    asOwner: async (sql, values = []) => {
      const client = new pg.Client({ connectionString: server.url('owner', 'theseus') });
      await client.connect();
      await client.query(sql, [...values]);
      await client.end();
    },
    close: async () => {
      for (const each of opened) await each.close();
      await Promise.all([hosts.close(), reader.close(), store.close()]);
      await pool.end();
      await server.stop();
    },
  };
}
