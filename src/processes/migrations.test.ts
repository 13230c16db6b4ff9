/** The processes that hold the owner's login, on a real server: who may go on when. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startThrowAwayServer } from '#store/server';
import { openMigrations } from './migrations.ts';

let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
const migrations = openMigrations(() => {});
before(async () => {
  server = await startThrowAwayServer();
});
after(async () => {
  await migrations.stop();
  await server.stop();
});

test('the kernel may go on as soon as its own tables are there, before those of the durable engine are', async () => {
  const there = async (table: string): Promise<boolean> => {
    const client = new pg.Client({ connectionString: server.url('superuser', 'theseus') });
    await client.connect();
    try {
      return (await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])).rows[0]?.there === true;
    } finally {
      await client.end();
    }
  };
  const { tables, whole } = migrations.makeProduct(server.url('owner', 'theseus'));
  let ended = false;
  const end = whole.then(() => (ended = true));
  await tables;
  assert.equal(ended, false);
  assert.equal(await there('theseus.reads_seen'), true);
  await end;
  assert.equal(await there('dbos_workshop.workflow_status'), true);
});

test('where the tables cannot be made, neither the kernel nor the workshop waits for ever', async () => {
  const nowhere = migrations.makeProduct(server.url('owner', 'no_such_database'));
  await assert.rejects(nowhere.tables, /no_such_database/);
  await assert.rejects(nowhere.whole, /no_such_database/);
});
