import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startServer, startThrowAwayServer, systemDatabase, trialDatabase, unprivilegedUser } from './index.ts';

async function asks(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test('a server that a crash left behind is adopted, and stopped with the system', async () => {
  const data = mkdtempSync(join(tmpdir(), 'theseus-'));
  chmodSync(data, 0o755);
  try {
    const first = await startServer({ data });
    const second = await startServer({ data });
    assert.equal(second.adopted, true);
    assert.equal(second.pid, first.pid);
    await second.stop();
    await first.gone;
    await assert.rejects(asks(first.url('superuser', 'postgres'), 'select 1'));
    const third = await startServer({ data });
    assert.equal(third.adopted, false);
    process.kill(third.pid, 'SIGKILL');
    await third.gone;
    const fourth = await startServer({ data });
    assert.deepEqual(await asks(fourth.url('superuser', 'postgres'), 'select 1 as one'), [{ one: 1 }]);
    await fourth.stop();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test('a server that was killed is followed by another as soon as the last of its processes lets go', async () => {
  const data = mkdtempSync(join(tmpdir(), 'theseus-'));
  chmodSync(data, 0o755);
  try {
    const first = await startServer({ data });
    const client = new pg.Client({ connectionString: first.url('superuser', 'postgres') });
    client.on('error', () => {});
    await client.connect();
    const { pid } = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0] ?? { pid: 0 };
    process.kill(pid, 'SIGSTOP');
    process.kill(first.pid, 'SIGKILL');
    await first.gone;
    const second = startServer({ data });
    const log = join(data, 'postgresql.log');
    const end = Date.now() + 20_000;
    while (!readFileSync(log, 'utf8').includes('shared memory block') && Date.now() < end) await new Promise((done) => setImmediate(done));
    process.kill(pid, 'SIGCONT');
    assert.deepEqual(await asks((await second).url('superuser', 'postgres'), 'select 1 as one'), [{ one: 1 }]);
    assert.match(readFileSync(log, 'utf8'), /shared memory block/);
    await (await second).stop();
    await client.end().catch(() => {});
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test('each login may do its own work, and nothing of the others', async (t) => {
  const server = await startThrowAwayServer();
  t.after(() => server.stop());
  const denied = (role: 'kernel' | 'data' | 'workshop', statement: string) =>
    assert.rejects(asks(server.url(role, systemDatabase), statement), /permission denied|must be owner/, `${role}: ${statement}`);
  await asks(server.url('kernel', systemDatabase), `update theseus.routing set activation = activation`);
  await asks(
    server.url('workshop', systemDatabase),
    `insert into theseus.candidates (id, change, base, generator, files, scope, notes) values ('a', 'c', 'b', 'sentences', '{}', '{}', '[]')`,
  );
  await asks(server.url('workshop', trialDatabase), 'create table mine (id int)');
  for (const statement of [
    `update theseus.routing set stable = 'x'`,
    `insert into theseus.events values (1, now(), '{}', '', '', '')`,
    `update theseus.live set state = 'serving'`,
    `insert into theseus.generations (id, content) values ('x', '{}')`,
    `update theseus.candidates set files = '{}'`,
    `delete from theseus.certificates`,
    `select * from theseus.sessions`,
    `select * from theseus.keys`,
    `select * from theseus.journal`,
    `create table theseus.mine (id int)`,
    `insert into theseus.public_keys values ('workshop', 'mine')`,
  ])
    await denied('workshop', statement);
  for (const statement of [
    `select * from theseus.sessions`,
    `update theseus.routing set stable = 'x'`,
    `update theseus.journal set after = null`,
    `delete from theseus.outbox`,
    `select * from theseus.certificates`,
    `create table v.mine (id int)`,
    `delete from theseus.idempotency`,
  ])
    await denied('data', statement);
  for (const statement of [
    `create table theseus.mine (id int)`,
    `insert into theseus.certificates (digest, generation, change, envelope) values ('x','x','x','{}')`,
    `drop table theseus.routing`,
  ])
    await denied('kernel', statement);
  await assert.rejects(asks(server.url('data', trialDatabase), 'select 1'), /permission denied/);
});

test(
  'as root, data in a folder that is closed to the user of the server are refused with what to do',
  { skip: process.getuid?.() !== 0 },
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'theseus-closed-'));
    try {
      await assert.rejects(startServer({ data: join(closed, 'data') }), {
        code: 'setup',
        message: new RegExp(`${closed} is closed to it.*chmod o\\+x ${closed}$`),
      });
    } finally {
      rmSync(closed, { recursive: true, force: true });
    }
  },
);

test('as root the server runs as a user that is not root', () => {
  if (process.getuid?.() !== 0) return;
  const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n';
  assert.deepEqual(unprivilegedUser(passwd), { name: 'nobody', uid: 65534, gid: 65534 });
  assert.throws(() => unprivilegedUser('root:x:0:0::/root:/bin/sh\n'), /useradd/);
});
