/** A process with one durable run of five steps, each of which writes a row; its parent kills it where it likes. */
import pg from 'pg';
import { dbosDurable } from '#adapters/dbos-durable';

const [url = '', id = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 1 });
const durable = dbosDurable({ databaseUrl: url, schema: 'dbos_workshop', executor: 'workshop' });
const say = (line: string): Promise<void> => new Promise((done) => process.stdout.write(`${line}\n`, () => done()));
durable.workflow(
  'five',
  async (run, input) => {
    for (let step = 1; step <= 5; step++) {
      await run.step(`step ${step}`, async () => {
        await say(`begin ${step}`);
        await pool.query(
          `insert into theseus.ledger (change, phase, cpu_ms, wall_ms) select $1, $2, 0, 0 where not exists (select from theseus.ledger where change = $1 and phase = $2)`,
          [input, String(step)],
        );
        await say(`done ${step}`);
      });
      await say(`after ${step}`);
    }
    return `five steps of ${input}`;
  },
  'queue',
);
await durable.launch();
await durable.start('five', id, id);
await say(`result ${await durable.result(id)}`);
await durable.close();
await pool.end();
