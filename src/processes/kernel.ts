/** The kernel process: joins the machine with the doors. Holds the logins of kernel and data; no model key, no parser, no workshop. */

import { readFileSync } from 'node:fs';
import { openHosts } from '#hosts';
import type { Pool } from 'pg';
import { type Caller, emptyState, Fault, isRefusal, type Json, replay, type Settings } from '#kernel';
import { type MachineProcess, openAccess, openMachine } from '#machine';
import { readSettings, type SystemModel } from '#model';
import { openStore } from '#store';
import { deriveSchema, namesOf, readCatalog } from '#store/migrate';
import { loadEvents, loadGeneration, loadSources, openPool, savePublicKey } from '#store/records';
import { outsideHosts } from '#adapters/outside-hosts';
import { parserProcess } from '#adapters/parser-process';
import { serve } from '#api';
import { runAsChild, tell } from './child-channel.ts';
import type { KernelConfiguration, ToChild } from './configuration.ts';
import { controlRecords } from './control-records.ts';
import { openNotices } from './notices.ts';
import { secretsIn } from './secrets.ts';
import { putSampleRows } from './sample-rows.ts';

const linkMinutes = 60;
/** The views for people follow when a generation has served for a while: they are nobody's hurry. */
const showAfterMs = 2_000;

/** As package.json says, two folders up from here in the sources and in an installed package alike. */
const productVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;

runAsChild('kernel', async (configuration, onMessage) => {
  const log = (entry: { readonly [key: string]: Json }): void => void process.stdout.write(`${JSON.stringify(entry)}\n`);
  const pool = openPool(configuration.kernelUrl, {
    max: 8,
    onError: (cause) => log({ kind: 'fault', what: 'database', message: cause.message }),
  });
  await savePublicKey(pool, 'workshop', configuration.workshopPublicKey);
  const store = openStore({ dataUrl: configuration.dataUrl });
  const reader = parserProcess();
  const { settings, installed } = await settingsNow(pool, configuration.install);
  // It loads its code while the hosts start.
  if (!installed) reader.startAhead();
  const hosts = await openHosts({
    size: 2,
    // Calls that run alone, and what those call: one is kept up.
    reserve: 4,
    memoryMb: 512,
    user: 'own',
    isolation: settings.policy.isolation,
    reachable: configuration.reachable,
    log,
  });
  const machine = await openMachine({
    pool,
    store,
    hosts,
    reader,
    readSettings,
    outside: outsideHosts({ secret: secretsIn(configuration.dataFolder, configuration.secrets).value }),
    keys: configuration.keys,
    migrate: migrationsOf(pool, onMessage),
    clock: Date.now,
    log,
  });
  const access = openAccess(pool);
  const owner = await access.ensureOwner();
  await access.ensureKey(configuration.operatorKey, owner, 'operator of this machine');

  const fresh = machine.current() === null;
  await machine.lookAtRouting();
  if (machine.current() === null) await machine.install(configuration.install);
  await samples(machine, configuration, fresh, owner, log);

  const watchers = new Set<(change: string) => void>();
  const served = await serve({
    machine,
    access,
    reads: controlRecords(pool, watchers),
    log,
    host: configuration.hostName,
    port: configuration.port,
    ...(configuration.consoleFolder === null ? {} : { consoleFolder: configuration.consoleFolder }),
    mcp: async (where) => (await import('#mcp')).openMcpDoor({ ...where, version: productVersion(), log }),
  });
  const look = (what: string, work: Promise<void>): void =>
    void work.catch((cause: unknown) => log({ kind: 'fault', what, message: cause instanceof Error ? cause.message : String(cause) }));
  const notices = await openNotices(
    configuration.kernelUrl,
    ['routing', 'certificate', 'candidate', 'change'],
    (channel, payload) => {
      if (channel === 'routing') look('routing', machine.lookAtRouting());
      if (channel === 'certificate') look('certificates', machine.lookAtCertificates(payload === '' ? null : payload));
      if (channel === 'candidate' && payload !== '') look('candidate', machine.lookAtCandidate(payload));
      if (channel === 'change' && payload !== '') for (const watcher of watchers) watcher(payload);
    },
    (line) => log({ kind: 'notices', line }),
  );
  const poll = setInterval(() => {
    look('routing', machine.lookAtRouting());
    look('certificates', machine.lookAtCertificates());
    look('sendings', machine.lookAtSendings());
    look('service', machine.lookAtService());
    look('undos', machine.lookAtUndos());
    machine.lookAtUnasked();
  }, 1_000);
  let showing: NodeJS.Timeout | undefined;
  const showSoon = (): void => {
    clearTimeout(showing);
    showing = setTimeout(() => tell({ kind: 'show', generation: machine.current()?.generation ?? '' }), showAfterMs);
  };
  machine.onSwap(showSoon);
  showSoon();
  const secret = await access.issueLink(owner.id, linkMinutes);
  tell({ kind: 'ready', url: served.url, link: `${served.url}/sign-in?link=${secret}` });
  look('warming up', machine.warmUp());
  return async () => {
    clearInterval(poll);
    clearTimeout(showing);
    await served.close();
    await notices.close();
    await machine.close();
    await Promise.all([hosts.close(), reader.close(), store.close()]);
    await pool.end();
  };
});

/** Of the generation that serves, or of the one that will be installed. */
async function settingsNow(
  pool: Pool,
  install: KernelConfiguration['install'],
): Promise<{ readonly settings: Settings; readonly installed: boolean }> {
  const stable = replay(
    emptyState,
    (await loadEvents(pool, 0)).map((logged) => logged.event),
  ).routing.stable;
  const generation = stable === null ? null : await loadGeneration(pool, stable);
  const text = generation === null ? undefined : (await loadSources(pool, [generation.settings])).get(generation.settings);
  return { settings: readSettings(text ?? install['theseus.json'] ?? ''), installed: stable !== null };
}

/** Migrations are run by the supervisor, which alone holds the owner's login. Where all that a generation needs is there, none is run. */
function migrationsOf(
  pool: Pool,
  onMessage: (listener: (message: ToChild) => void) => void,
): (generation: string, model: SystemModel) => Promise<void> {
  let asks = 0;
  const waiting = new Map<number, (error: string | undefined) => void>();
  onMessage((message) => {
    if (message.kind !== 'migrated') return;
    waiting.get(message.ask)?.(message.error);
    waiting.delete(message.ask);
  });
  const isThere = async (model: SystemModel): Promise<boolean> => {
    const client = await pool.connect();
    try {
      return deriveSchema(model, await readCatalog(client, namesOf(model))).length === 0;
    } finally {
      client.release();
    }
  };
  return async (generation, model) => {
    if (await isThere(model)) return;
    await new Promise<void>((resolve, reject) => {
      const ask = (asks += 1);
      waiting.set(ask, (error) =>
        error === undefined ? resolve() : reject(new Fault('setup', `The data could not be prepared: ${error}`)),
      );
      tell({ kind: 'migrate', ask, generation });
    });
  };
}

async function samples(
  machine: MachineProcess,
  configuration: KernelConfiguration,
  fresh: boolean,
  owner: Caller,
  log: (entry: { readonly [key: string]: Json }) => void,
): Promise<void> {
  const running = machine.current();
  if (!fresh || running === null || running.activation !== 1 || configuration.sampleData === null) return;
  const entity = running.model.entities[0];
  if (entity === undefined) return;
  const { value } = await machine.list(running, entity, { limit: 1 }, { caller: owner });
  if (isRefusal(value) || value.items.length > 0) return;
  const rows = await putSampleRows(machine, running, configuration.sampleData, owner);
  log({ kind: 'sample-rows', rows });
}
