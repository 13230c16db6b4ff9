/**
 * Durable runs on DBOS Transact, in a schema of the same PostgreSQL. Why: a run must survive the death of any process.
 * Promises: a run that was started is finished by this process or the next one with the same executor name; two runs of one
 * queue never overlap here. A step may run twice, so steps are idempotent. Never: a DBOS name outside this file.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import pg from 'pg';
import type { Durable, Run } from '#ports';

export interface DurableOptions {
  /** A login that may use `schema`, which `prepareDurable` has made. */
  readonly databaseUrl: string;
  readonly schema: string;
  /** The process that may take runs up: `workshop`, `kernel`. One live process a name. */
  readonly executor: string;
  readonly warn?: (message: string) => void;
}
/** Runs belong to a version of the code that runs them; ours resume over upgrades, so the version is fixed. */
const VERSION = 'theseus-1';
type Body = (input: string) => Promise<string>;

export function dbosDurable(options: DurableOptions): Durable {
  const warn = options.warn ?? (() => {});
  const say = (entry: unknown): void => warn(entry instanceof Error ? entry.message : String(entry));
  const bodies = new Map<string, Body>();
  const turns = new Map<string, Promise<unknown>>();
  /** Runs that this process has started: starting one again costs nothing. */
  const started = new Set<string>();

  const pool = poolOf(options, warn);
  DBOS.setConfig({
    name: 'theseus',
    systemDatabaseUrl: options.databaseUrl,
    systemDatabaseSchemaName: options.schema,
    systemDatabasePool: pool,
    runMigrations: false,
    applicationVersion: VERSION,
    executorID: options.executor,
    enableOTLP: false,
    logger: { info: () => {}, debug: () => {}, warn: say, error: say },
  });

  /** One after another: the turn is taken in this process; a run that waits is durable already. */
  async function inTurn(queue: string, work: (turn: Turn) => Promise<string>): Promise<string> {
    let turn = await takeTurn(queue);
    try {
      return await work({
        aside: async (meanwhile) => {
          turn.end();
          try {
            return await meanwhile();
          } finally {
            turn = await takeTurn(queue);
          }
        },
      });
    } finally {
      turn.end();
    }
  }
  async function takeTurn(queue: string): Promise<{ end(): void }> {
    const before = turns.get(queue) ?? Promise.resolve();
    const own = Promise.withResolvers<void>();
    turns.set(
      queue,
      before.then(() => own.promise),
    );
    await before;
    return { end: own.resolve };
  }

  return {
    workflow(name, body, queue) {
      const registered = DBOS.registerWorkflow(
        (input: string) =>
          queue === undefined ? body({ ...run, ...unqueued }, input) : inTurn(queue, (turn) => body({ ...run, ...turn }, input)),
        { name, maxRecoveryAttempts: 50 },
      );
      bodies.set(name, registered);
    },
    launch: () => DBOS.launch(),
    async start(workflow, id, input) {
      const body = bodies.get(workflow);
      if (body === undefined) throw new TypeError(`there is no workflow ${workflow}`);
      if (started.has(id)) return;
      started.add(id);
      try {
        await DBOS.startWorkflow(body, { workflowID: id })(input);
      } catch (cause) {
        started.delete(id);
        throw cause;
      }
    },
    async result(id) {
      return (await DBOS.getResult<string>(id, { pollingIntervalMs: 25 })) ?? '';
    },
    send: (id, topic, message) => DBOS.send(id, message, topic),
    async unfinished() {
      const runs = await DBOS.listWorkflows({ status: ['PENDING', 'ENQUEUED'], loadInput: false, loadOutput: false });
      return runs.map((found) => found.workflowID);
    },
    async close() {
      await DBOS.shutdown();
      await pool.end();
    },
  };
}

/**
 * Its own, since that of DBOS sets up a connection while it hands it out already: two statements at once, of which the driver warns and
 * which its next version refuses. A session that is left idle in an open transaction is ended, with its locks.
 */
function poolOf({ databaseUrl, executor }: DurableOptions, warn: (message: string) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: 10_000,
    application_name: `theseus durable ${executor}`,
    onConnect: (client) => client.query('set idle_in_transaction_session_timeout = 60000'),
  });
  pool.on('error', (cause) => warn(cause.message));
  return pool;
}

type Turn = Pick<Run, 'aside'>;
const unqueued: Turn = { aside: (work) => work() };
const run: Omit<Run, 'aside'> = {
  step: (name, work) => DBOS.runStep(work, { name }),
  signal: (topic, timeoutMs) => DBOS.recv<string>(topic, { timeoutSeconds: timeoutMs / 1000 }),
  sleep: (milliseconds) => DBOS.sleepms(milliseconds),
};
