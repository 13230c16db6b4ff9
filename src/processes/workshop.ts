/** The workshop process: understands, decides, generates, gates and certifies. Holds the workshop's login and no other; it can activate nothing. */

import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doorInTrial } from '#api/trial';
import { changeRecords } from '#adapters/change-records';
import { dbosDurable } from '#adapters/dbos-durable';
import { ed25519Signer } from '#adapters/ed25519-signer';
import { gitHistory } from '#adapters/git-history';
import { openPastCosts } from '#adapters/past-costs';
import { parserProcess } from '#adapters/parser-process';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { z3Solver } from '#adapters/z3-solver';
import { openMeasuring } from '#adapters/measuring';
import { memoryUsage } from '#adapters/process-memory';
import { openRowCounts } from '#adapters/row-counts';
import { openRowShapes } from '#adapters/row-shapes';
import { seenReads } from '#adapters/seen-reads';
import { handedInGenerator } from '#handed-in';
import { openHosts } from '#hosts';
import { type Digest, type EntityContract, type Expression, Fault, type Json, type PermanentId } from '#kernel';
import { type GateInput, warmUp as warmUpGates } from '#gates';
import { entityById } from '#model';
import { openBases, runChange, runFor, writeHistory } from '#pipeline';
import { qualityGenerator } from '#quality';
import { dateIn } from '#schema';
import { sentencesGenerator } from '#sentences';
import { settingsGenerator } from '#settings';
import { openTrialDatabase } from '#store';
import { memoryStore } from '#store/memory';
import { openPool } from '#store/records';
import { runAsChild, tell } from './child-channel.ts';
import { modelGenerators } from './model-generators.ts';
import { workshopKnowledge } from './workshop-knowledge.ts';

/** How the repository hands a push in: as `theseus receive`, with the rights of whoever pushes. */
const receiveCommand = (history: string): readonly string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './command-line.ts' : './command-line.js', import.meta.url)),
  'receive',
  '--data',
  dirname(history),
];

runAsChild('workshop', async (configuration) => {
  const log = (line: string): void => void process.stdout.write(`${JSON.stringify({ kind: 'workshop', line })}\n`);
  const fault = (cause: unknown): void => log(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  const records = await changeRecords(configuration.workshopUrl);
  const hosts = await openHosts({
    size: 1,
    reserve: 4,
    memoryMb: 512,
    user: 'own',
    isolation: 'preferred',
    reachable: tmpdir(),
    log: (entry) => log(JSON.stringify(entry)),
  });
  const reader = parserProcess();
  const types = typescriptChecker();
  const solver = z3Solver();
  const memory = trialRun({
    hosts,
    door: doorInTrial,
    begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
  });
  const trialDatabase = await openTrialDatabase(configuration.trialUrl);
  const trial = trialRun({ hosts, door: doorInTrial, prepare: trialDatabase.prepare, begin: trialDatabase.begin, concurrency: 2 });
  const rows = openRowCounts(configuration.workshopUrl);
  const shapes = openRowShapes(configuration.workshopUrl);
  const seenPool = openPool(configuration.workshopUrl, { max: 1, onError: fault });
  const measuring = openMeasuring({
    trialUrl: configuration.trialUrl,
    count: (model, entity) => rows.count(model, entityById(model, entity)?.name ?? '', null),
    shapes: shapes.look,
    seen: () => seenReads(seenPool)(),
  });
  const engines = { reader, types, trial, memory, solver, measuring, cpuMs: () => reader.cpuMs() + types.cpuMs() + hosts.processorMs() };
  const bases = openBases(records, engines);
  const pastCosts = openPastCosts(configuration.workshopUrl);
  const count = async (entity: string, where: Json | null): Promise<number> => {
    const serving = await records.serving();
    return serving === null ? 0 : rows.count((await bases.get(serving)).reading.model, entity, where);
  };
  const serves = async (): Promise<GateInput> => {
    const serving = await records.serving();
    if (serving === null) throw new Fault('bug', 'models are asked, and there is no generation yet');
    return bases.get(serving);
  };
  const models = await modelGenerators({
    models: configuration.models,
    databaseUrl: configuration.workshopUrl,
    reader,
    log: records,
    policy: async () => {
      const { policy, timeZone } = (await serves()).reading.settings;
      return { budgets: policy.budgets, timeZone };
    },
  });
  const knowledge = workshopKnowledge({
    databaseUrl: configuration.workshopUrl,
    documents: configuration.documents,
    serves: async () => {
      const serving = await records.serving();
      return serving === null ? null : (await bases.get(serving)).reading.model;
    },
    count,
    ...(models.embeddings === undefined ? {} : { embeddings: models.embeddings }),
    log,
  });
  const parts = {
    log: records,
    knowledge,
    generators: [
      sentencesGenerator,
      settingsGenerator,
      qualityGenerator({ measuring, usage: async () => memoryUsage(process.ppid) }),
      ...models.generators,
    ],
    pastCosts,
    ...(models.router === undefined ? {} : { router: models.router }),
    ...(models.beyond === undefined ? {} : { beyond: models.beyond }),
    handedIn: handedInGenerator(reader),
    engines: {
      ...engines,
      rows: {
        broken: async (base: Digest, entity: PermanentId, holds: Expression) =>
          rows.broken((await bases.get(base)).reading.model, entity, holds),
        covered: async (base: Digest, entity: PermanentId, holds: Expression) =>
          rows.covered((await bases.get(base)).reading.model, entity, holds),
        asked: async (base: Digest, now: EntityContract) => rows.asked((await bases.get(base)).reading.model, now),
        askedEver: async (base: Digest, now: EntityContract, fields: ReadonlySet<PermanentId>) =>
          rows.askedEver((await bases.get(base)).reading.model, now, fields),
      },
    },
    signer: ed25519Signer(configuration.privateKey),
    clock: Date.now,
    today: (timeZone: string) => dateIn(timeZone, Date.now()),
    count,
  };

  const durable = dbosDurable({ databaseUrl: configuration.workshopUrl, schema: 'dbos_workshop', executor: 'workshop', warn: log });
  durable.workflow('change', runChange(parts, bases), 'changes');
  await durable.launch();
  const history = configuration.history === null ? null : await gitHistory(configuration.history, receiveCommand(configuration.history));
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(async () => {
        for (const change of await records.open()) {
          const needed = runFor(change, await records.events(change));
          if (needed) await durable.start('change', needed.id, needed.input);
        }
        if (history !== null) await writeHistory(records, history, Date.now);
      })
      .catch(fault);
  };
  records.onChange(look);
  look();
  tell({ kind: 'ready' });
  void warmUp().catch(fault);
  return async () => {
    await looking;
    await durable.close();
    await models.close();
    await knowledge.close();
    await Promise.all([
      history?.close(),
      reader.close(),
      types.close(),
      solver.close(),
      trialDatabase.close(),
      rows.close(),
      shapes.close(),
      seenPool.end(),
      pastCosts.close(),
      hosts.close(),
    ]);
    await records.close();
  };

  /** The first change should not pay for cold engines. */
  async function warmUp(): Promise<void> {
    const serving = await records.serving();
    if (serving !== null) await warmUpGates(await bases.get(serving), engines);
    await knowledge.readAhead();
  }
});
