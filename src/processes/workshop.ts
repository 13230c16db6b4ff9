/** The workshop process: understands, decides, generates, gates and certifies. Holds the workshop's login and no other; it can activate nothing. */
import pg from 'pg';
import { changeRecords } from '#adapters/change-records';
import { dbosDurable } from '#adapters/dbos-durable';
import { ed25519Signer } from '#adapters/ed25519-signer';
import { gitHistory } from '#adapters/git-history';
import { memoryTrial } from '#adapters/memory-trial';
import { parserProcess } from '#adapters/parser-process';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { dateIn } from '#schema';
import { openBases, runChange, writeHistory } from '#pipeline';
import { sentencesGenerator } from '#sentences';
import { runAsChild, tell } from './child-channel.ts';
import { openNotices } from './notices.ts';

runAsChild('workshop', async (configuration) => {
  const log = (line: string): void => void process.stdout.write(`${JSON.stringify({ kind: 'workshop', line })}\n`);
  const pool = new pg.Pool({ connectionString: configuration.workshopUrl, max: 6 });
  pool.on('error', (cause) => log(cause.message));
  const records = changeRecords(pool);
  const reader = parserProcess();
  const types = typescriptChecker();
  const trial = await trialRun({ url: configuration.trialUrl });
  const memory = memoryTrial();
  const engines = { reader, types, trial, memory, cpuMs: () => reader.cpuMs() + types.cpuMs() };
  const bases = openBases(records, engines);
  const parts = { log: records, generator: sentencesGenerator, engines, signer: ed25519Signer(configuration.privateKey), clock: Date.now, today: (timeZone: string) => dateIn(timeZone, Date.now()), count: records.count };

  const durable = dbosDurable({ databaseUrl: configuration.workshopUrl, schema: 'dbos_workshop', executor: 'workshop', warn: log });
  durable.workflow('change', runChange(parts, bases), 'changes');
  await durable.launch();
  const history = configuration.history === null ? null : await gitHistory(configuration.history);
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking.then(async () => {
      for (const change of await records.open()) await durable.start('change', change, change);
    }).catch((cause: unknown) => log(cause instanceof Error ? cause.message : String(cause)));
  };
  const project = (): void => {
    if (history !== null) void writeHistory(records, history, Date.now).catch((cause: unknown) => log(cause instanceof Error ? cause.message : String(cause)));
  };
  const notices = await openNotices(configuration.workshopUrl, ['change', 'routing'], (channel) => (channel === 'change' ? look() : project()), log);
  const poll = setInterval(look, 1_000);
  tell({ kind: 'ready' });
  void warmUp();
  return async () => {
    clearInterval(poll);
    await notices.close();
    await looking;
    await durable.close();
    await Promise.all([history?.close(), reader.close(), types.close(), trial.close(), memory.close()]);
    await pool.end();
  };

  /** The first change should not pay for cold engines. */
  async function warmUp(): Promise<void> {
    const serving = await records.serving();
    if (serving === null) return;
    const base = await bases.get(serving);
    await types.open(base.files);
  }
});
