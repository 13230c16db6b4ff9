/** A workshop and a kernel over a PostgreSQL of their own, in one process: real records, engine, gates, admission; the generator is scripted. */
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { changeRecords } from '#adapters/change-records';
import { dbosDurable } from '#adapters/dbos-durable';
import { ed25519Signer } from '#adapters/ed25519-signer';
import { openMeasuring } from '#adapters/measuring';
import { parserProcess } from '#adapters/parser-process';
import { prepareDurable } from '#adapters/prepare-durable';
import { openRowCounts } from '#adapters/row-counts';
import { seenReads } from '#adapters/seen-reads';
import { doorInTrial } from '#api/trial';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { z3Solver } from '#adapters/z3-solver';
import type { ChangeEvent, ChangeRequest } from '#change';
import { changeId, digest, instant, isRefusal, type Refusal } from '#kernel';
import { handedInGenerator } from '#handed-in';
import { openHosts } from '#hosts';
import { openMachine } from '#machine';
import { entityById, entityNamed, linkModel, readSettings } from '#model';
import { openBases, runChange, runFor } from '#pipeline';
import type { Generator, LivePromises, Measuring, Trial } from '#ports';
import { openStore, openTrialDatabase } from '#store';
import { memoryStore } from '#store/memory';
import { applySchema } from '#store/migrate';
import {
  appendChangeEvent,
  loadChangeEvents,
  loadComponents,
  loadGeneration,
  loadSources,
  savePublicKey,
  saveRequest,
} from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { shopFiles } from '../gates/engines.ts';

export interface Works {
  /** Asks, and waits for the end; answers the events of the change. */
  ask(id: string, text: string, more?: Partial<Omit<ChangeRequest, 'base'>> & { readonly base?: string }): Promise<readonly ChangeEvent[]>;
  /** Ends a change from outside, as who stops it does. */
  stop(id: string): Promise<void>;
  events(id: string): Promise<readonly ChangeEvent[]>;
  serving(): Promise<string | null>;
  rollBack(): Promise<unknown>;
  approve(id: string): Promise<unknown | Refusal>;
  /** A person writes a row of what serves; answers its id, or the refusal. */
  put(entity: string, values: { readonly [field: string]: unknown }): Promise<string | Refusal>;
  /** Of the workshop's login: for what it keeps in records of its own. */
  readonly workshopUrl: string;
  query(text: string): Promise<readonly { readonly [column: string]: unknown }[]>;
  /** A certificate of a request of the owner's, as whoever holds the workshop's login may insert it; looked at at once. */
  forge(id: string, payload: string): Promise<readonly ChangeEvent[]>;
  close(): Promise<void>;
}
const owner = { id: 'ada', name: 'Ada', roles: ['owner'] };

export async function openWorks(
  given: Generator | readonly Generator[] | ((measuring: Measuring) => readonly Generator[]),
  files: { readonly [path: string]: string } = shopFiles,
  heard: (event: ChangeEvent) => void = () => {},
  /** Stands before the trials: for a machine that is busy. */
  before: (trial: Trial) => Trial = (trial) => trial,
): Promise<Works> {
  const server = await startThrowAwayServer();
  const url = (role: 'owner' | 'kernel' | 'data' | 'workshop'): string => server.url(role, 'theseus');
  await prepareDurable(url('owner'), 'dbos_workshop', 'theseus_workshop');
  const reachable = join(tmpdir(), 'theseus-works');
  const hosts = await openHosts({ size: 1, memoryMb: 256, user: 'own', isolation: 'preferred', reachable, log: () => {} });
  const reader = parserProcess();
  const kernelReader = parserProcess();
  const types = typescriptChecker();
  const solver = z3Solver();

  const pool = new pg.Pool({ connectionString: url('kernel'), max: 4 });
  pool.on('error', () => {});
  const pair = (): { privateKey: string; publicKey: string } =>
    generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
  const workshopKeys = pair();
  const signer = ed25519Signer(workshopKeys.privateKey);
  await savePublicKey(pool, 'workshop', signer.publicKey);
  const store = openStore({ dataUrl: url('data') });
  const machine = await openMachine({
    pool,
    store,
    hosts,
    reader: kernelReader,
    readSettings,
    keys: pair(),
    clock: Date.now,
    log: () => {},
    migrate: async (id) => {
      const generation = await loadGeneration(pool, digest(id));
      if (generation === null) throw new Error('no generation');
      const sources = await loadSources(pool, [generation.settings]);
      await applySchema(
        url('owner'),
        linkModel(
          readSettings(sources.get(generation.settings) ?? ''),
          (await loadComponents(pool, generation)).map((component) => component.contract),
        ),
      );
    },
  });
  await machine.install(files);

  const records = await changeRecords(url('workshop'));
  const trialDatabase = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  const memory = trialRun({
    hosts,
    door: doorInTrial,
    begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
  });
  const trial = before(
    trialRun({
      hosts,
      door: doorInTrial,
      prepare: (model) => trialDatabase.prepare(model),
      begin: (prepared, clock) => trialDatabase.begin(prepared, clock),
    }),
  );
  const rows = openRowCounts(url('workshop'));
  const measuring = openMeasuring({
    trialUrl: server.url('workshop', 'theseus_trial'),
    leastRows: 5_000,
    seen: () => seenReads(pool)(),
    count: (model, entity) => rows.count(model, entityById(model, entity)?.name ?? '', null),
  });
  const asked: LivePromises = {
    broken: async (base, entity, holds) => rows.broken((await bases.get(base)).reading.model, entity, holds),
    covered: async (base, entity, holds) => rows.covered((await bases.get(base)).reading.model, entity, holds),
    asked: async (base, now) => rows.asked((await bases.get(base)).reading.model, now),
    askedEver: async (base, now, fields) => rows.askedEver((await bases.get(base)).reading.model, now, fields),
  };
  const engines = {
    reader,
    types,
    trial,
    memory,
    solver,
    measuring,
    rows: asked,
    cpuMs: () => reader.cpuMs() + types.cpuMs() + hosts.processorMs(),
  };
  const bases = openBases(records, engines);
  const durable = dbosDurable({ databaseUrl: url('workshop'), schema: 'dbos_workshop', executor: 'workshop' });
  const parts = {
    log: {
      ...records,
      append: (event: ChangeEvent, key: string) => {
        heard(event);
        return records.append(event, key);
      },
    },
    generators: typeof given === 'function' ? given(measuring) : [given].flat(),
    handedIn: handedInGenerator(reader),
    engines,
    signer,
    clock: Date.now,
    today: () => '2026-01-15',
    count: async () => 0,
  };
  durable.workflow('change', runChange(parts, bases), 'changes');
  await durable.launch();
  records.onChange((change) => {
    void machine.lookAtCertificates().catch(() => {});
    if (change === null) return;
    void records
      .events(change)
      .then(async (events) => {
        const needed = runFor(change, events);
        if (needed !== null) await durable.start('change', needed.id, needed.input);
      })
      .catch(() => {});
  });

  const events = (id: string): Promise<readonly ChangeEvent[]> => loadChangeEvents(pool, id);
  return {
    workshopUrl: url('workshop'),
    events,
    serving: () => records.serving(),
    rollBack: () => machine.rollBack(owner, { withLater: false }),
    stop: (id) =>
      appendChangeEvent(pool, {
        change: changeId(id),
        at: instant(Date.now()),
        kind: 'ended',
        outcome: 'cancelled',
        why: 'Somebody stopped it.',
      }),
    approve: (id) => machine.approveChange(owner, 'session', id),
    put: async (name, values) => {
      const running = machine.current();
      const entity = running === null ? undefined : entityNamed(running.model, name);
      if (running === null || entity === undefined) throw new Error(`There is no ${name}.`);
      const { value } = await machine.create(running, entity, values, { caller: owner });
      return isRefusal(value) ? value : value.id;
    },
    query: async (text) => (await pool.query(text)).rows,
    ask: async (id, text, more = {}) => {
      await saveRequest(pool, {
        id: changeId(id),
        text,
        by: owner.id,
        roles: owner.roles,
        askedAt: instant(Date.now()),
        ...more,
        base: more.base === undefined ? undefined : digest(more.base),
      } as ChangeRequest);
      await durable.start('change', id, id);
      await durable.result(id);
      return events(id);
    },
    forge: async (id, payload) => {
      await saveRequest(pool, { id: changeId(id), text: 'forged', by: owner.id, roles: owner.roles, askedAt: instant(Date.now()) });
      const workshop = new pg.Client({ connectionString: url('workshop') });
      await workshop.connect();
      const envelope = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(payload).toString('base64'), signatures: [] };
      await workshop.query('insert into theseus.certificates (digest, generation, change, envelope) values ($1, $1, $2, $3)', [
        `sha256:${id}`,
        id,
        JSON.stringify(envelope),
      ]);
      await workshop.end();
      await machine.lookAtCertificates();
      return events(id);
    },
    close: async () => {
      await durable.close();
      await records.close();
      await machine.close();
      await Promise.all([
        hosts.close(),
        reader.close(),
        kernelReader.close(),
        types.close(),
        solver.close(),
        trialDatabase.close(),
        store.close(),
        rows.close(),
        pool.end(),
      ]);
      await server.stop();
    },
  };
}
