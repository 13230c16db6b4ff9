/**
 * The supervisor: starts PostgreSQL (unless DATABASE_URL is given), the kernel and the workshop, runs migrations when the
 * kernel asks, starts again what dies, and stops all of it. It holds every password and hands each to its process alone.
 */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import {
  closeOtherDatabases,
  createDatabases,
  openDatabase,
  type RunningServer,
  startServer,
  systemDatabase,
  trialDatabase,
} from '#store/server';
import { Fault } from '#kernel';
import { type Child, keepRunning, spawnChild, stopChild } from './child.ts';
import type { Urls } from './configuration.ts';
import { openKeyPair, openOperatorKey } from './keys.ts';
import { openMigrations } from './migrations.ts';
import { modelsForWorkshop } from './models-for-workshop.ts';
import { secretsOf } from './secrets.ts';
import { takeFolder } from './one-supervisor.ts';

export interface StartOptions {
  /** The data folder. */
  readonly data: string;
  /** The sources of the system: installed at the first start. */
  readonly files: { readonly [path: string]: string };
  readonly hostName: string;
  readonly port: number;
  /** An outside PostgreSQL: a role that may create roles, or the five URLs. */
  readonly database?: string | Urls;
  readonly consoleFolder: string | null;
  /** Text of a SQL-free sample data file (JSON), put in after the installation. */
  readonly sampleData: string | null;
  readonly history: string | null;
  /** The folder of the organisation's documents, which the workshop alone reads; absent: none. */
  readonly documents?: string | null;
  /** Where keys and addresses of models are looked for; absent: nowhere, whatever the environment holds. */
  readonly modelVariables?: { readonly [name: string]: string | undefined };
  /** Where `THESEUS_SECRET_<NAME>` is looked for; absent: nowhere. */
  readonly secretVariables?: { readonly [name: string]: string | undefined };
  readonly log: (line: string) => void;
}
export interface RunningSystem {
  readonly url: string;
  /** Signs the owner in once. */
  readonly link: string;
  readonly operatorKey: string;
  readonly pids: () => { readonly kernel: number; readonly workshop: number; readonly postgresql: number | null };
  stop(): Promise<void>;
}

export async function startSystem(options: StartOptions): Promise<RunningSystem> {
  const release = takeFolder(options.data);
  // Spawned ahead: they load their code while the database starts.
  const ahead = { kernel: spawnChild('kernel', options.log), workshop: spawnChild('workshop', options.log) };
  const migrations = openMigrations(options.log);
  let kernel: Child | null = null;
  let workshop: Child | null = null;
  let database: OpenedUrls;
  try {
    database = await openUrls(options);
  } catch (cause) {
    await Promise.all([stopChild(ahead.kernel), stopChild(ahead.workshop), migrations.stop()]);
    release();
    throw cause;
  }
  const { root } = database;
  const kernelKeys = openKeyPair(root, 'kernel');
  const workshopKeys = openKeyPair(root, 'workshop');
  const operatorKey = openOperatorKey(root);
  const stop = async (): Promise<void> => {
    await Promise.all([workshop?.stop() ?? stopChild(ahead.workshop), kernel?.stop() ?? stopChild(ahead.kernel), migrations.stop()]);
    await database.stop();
    rmSync(join(root, 'running.json'), { force: true });
    release();
  };
  try {
    const product = migrations.makeProduct(database.urls().owner);
    await product.tables;
    const startKernel = keepRunning({
      entry: 'kernel',
      first: ahead.kernel,
      configuration: () => ({
        process: 'kernel',
        kernelUrl: database.urls().kernel,
        dataUrl: database.urls().data,
        keys: kernelKeys,
        workshopPublicKey: workshopKeys.publicKey,
        install: options.files,
        hostName: options.hostName,
        port: portOf(kernel?.ready.url) ?? options.port,
        operatorKey,
        secrets: secretsOf(options.secretVariables ?? {}),
        dataFolder: root,
        reachable: database.reachable,
        consoleFolder: options.consoleFolder,
        sampleData: options.sampleData,
      }),
      onMessage: (message, child) => {
        if (message.kind === 'show')
          void migrations
            .run(database.urls().owner, message.generation, true)
            .catch((cause: unknown) => options.log(`views for people: ${cause instanceof Error ? cause.message : String(cause)}`));
        if (message.kind !== 'migrate') return;
        const { ask, generation } = message;
        void migrations.run(database.urls().owner, generation).then(
          () => child.connected && child.send({ kind: 'migrated', ask }),
          (cause: unknown) =>
            child.connected && child.send({ kind: 'migrated', ask, error: cause instanceof Error ? cause.message : String(cause) }),
        );
      },
      onRestart: (pid, why) => options.log(`kernel ${pid} ended (${why}); started again`),
      log: options.log,
    });
    const startWorkshop = product.whole.then(() =>
      keepRunning({
        entry: 'workshop',
        first: ahead.workshop,
        configuration: () => ({
          process: 'workshop',
          workshopUrl: database.urls().workshop,
          trialUrl: database.urls().trial,
          privateKey: workshopKeys.privateKey,
          publicKey: workshopKeys.publicKey,
          history: options.history,
          documents: options.documents ?? null,
          models: modelsForWorkshop(root, options.modelVariables ?? {}),
        }),
        onRestart: (pid, why) => options.log(`workshop ${pid} ended (${why}); started again`),
        log: options.log,
      }),
    );
    const [kernelStart, workshopStart] = await Promise.allSettled([startKernel, startWorkshop]);
    if (kernelStart.status === 'fulfilled') kernel = kernelStart.value;
    if (workshopStart.status === 'fulfilled') workshop = workshopStart.value;
    if (kernelStart.status === 'rejected') throw kernelStart.reason;
    if (workshopStart.status === 'rejected') throw workshopStart.reason;
  } catch (cause) {
    await stop();
    throw cause;
  }
  if (kernel === null || workshop === null) throw new Fault('bug', 'a process that is ready is there');
  const url = kernel.ready.url ?? '';
  writeFileSync(join(root, 'running.json'), JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
  const [runningKernel, runningWorkshop] = [kernel, workshop];
  return {
    url,
    link: kernel.ready.link ?? '',
    operatorKey,
    stop,
    pids: () => ({ kernel: runningKernel.pid, workshop: runningWorkshop.pid, postgresql: database.pid() }),
  };
}

/** A kernel that is started again listens where callers know it. */
const portOf = (url: string | undefined): number | undefined => (url === undefined ? undefined : Number(new URL(url).port));

interface OpenedUrls {
  readonly root: string;
  readonly reachable: string;
  urls(): Urls;
  pid(): number | null;
  stop(): Promise<void>;
}

async function openUrls(options: StartOptions): Promise<OpenedUrls> {
  if (options.database !== undefined) {
    const { folder, urls } = await openDatabase(options.data, options.database);
    return { root: folder.root, reachable: folder.reachable, urls: () => urls, pid: () => null, stop: async () => {} };
  }
  let stopping = false;
  let server: RunningServer = await startServer({ data: options.data });
  await createDatabases(server.url('superuser', 'postgres'), server.passwords);
  await closeOtherDatabases(server.url('superuser', 'postgres'));
  const watch = (watched: RunningServer): void =>
    void watched.gone
      .then(async () => {
        if (stopping) return;
        options.log('PostgreSQL ended; started again');
        for (;;) {
          const again = await startServer({ data: options.data }).catch((cause: unknown) => {
            options.log(`PostgreSQL does not start again yet: ${cause instanceof Error ? cause.message : String(cause)}`);
            return null;
          });
          if (stopping) return void (await again?.stop());
          if (again !== null) {
            server = again;
            return watch(again);
          }
          await after(1_000, undefined, { ref: false });
        }
      })
      .catch((cause: unknown) => options.log(`PostgreSQL is not watched any more: ${String(cause)}`));
  watch(server);
  return {
    root: server.folder.root,
    reachable: server.folder.reachable,
    pid: () => server.pid,
    urls: () => ({
      owner: server.url('owner', systemDatabase),
      kernel: server.url('kernel', systemDatabase),
      data: server.url('data', systemDatabase),
      workshop: server.url('workshop', systemDatabase),
      trial: server.url('workshop', trialDatabase),
    }),
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}
