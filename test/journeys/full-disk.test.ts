/** A disk that is full, a real one: a file system of 260 MB in memory. Only root may mount one, so elsewhere this is skipped. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { startThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const place = mkdtempSync(join(tmpdir(), 'theseus-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=755', 'tmpfs', place]).status === 0;

after(() => {
  if (mounted) spawnSync('umount', [place]);
  rmdirSync(place);
});

test(
  'a full disk: writes and requests are refused in words, reading goes on until PostgreSQL has no room for its log, and all works again when there is room',
  { skip: mounted ? false : 'no file system can be mounted here' },
  async (context) => {
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = place;
    const system = await startThrowAwaySystem({ samples: false }).finally(() => {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    });
    context.after(() => system.stop());
    const ballast = join(place, 'ballast');
    const before = await system.call('POST', '/api/customers', { name: 'Ada' });
    assert.equal(before.status, 201);

    // With a whole file of its log before it, PostgreSQL stays up: one that it wrote itself, and none that was copied with holes in it.
    await onDatabase(system.data, async (client) => {
      for (let megabytes = 0; megabytes < 48; megabytes += 1)
        await client.query(`select pg_logical_emit_message(false, 'passed', repeat('x', 1000000))`);
      await client.query('select pg_switch_wal()');
      return client.query(`select pg_logical_emit_message(true, 'first', 'x')`);
    });
    fill(ballast);
    const refused: string[] = [];
    for (let turn = 0; turn < 400 && refused.length < 3; turn++) {
      const { status, json } = await system.call('POST', '/api/customers', { name: randomBytes(4_500).toString('hex') });
      if (status !== 201) refused.push(`${status} ${String(json['code'])} ${String(json['detail'])}`);
    }
    assert.equal(refused.length, 3);
    for (const told of refused) assert.match(told, /^503 unavailable .*disk is full.*free some space/);
    const row = `/api/customers/${String(before.json['id'])}`;
    assert.equal((await system.call('GET', row)).json['name'], 'Ada');
    const asked = await system.call('POST', '/_theseus/changes?wait=20', { request: 'Add a text field nickname to customers' });
    assert.ok(asked.status === 503 || asked.json['outcome'] !== 'live', JSON.stringify(asked.json));
    if (asked.status >= 400) assert.match(String(asked.json['detail']), /disk is full/);

    rmSync(ballast);
    assert.equal((await system.call('POST', '/api/customers', { name: 'Grace' })).status, 201);
    assert.equal((await system.ask('Add a text field pager to customers')).outcome, 'live');
    assert.equal((await system.call('GET', row)).json['name'], 'Ada');

    // Connected while there is room: a session writes files of its own as it begins.
    const stop = async (client: Client): Promise<unknown> => {
      fill(ballast);
      for (;;)
        await client.query(`select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))`).catch((error: Error) => {
          // A file of the log that has no room fails one statement where nothing depends on it yet, and PostgreSQL where something does.
          if (!error.message.includes('No space left')) throw error;
        });
    };
    await assert.rejects(onDatabase(system.data, stop));
    const stopped = await system.call('GET', row);
    // It may have found room to come back as soon as it was gone, what its sessions held being free.
    if (stopped.status !== 200) {
      assert.equal(stopped.status, 503);
      assert.match(String(stopped.json['detail']), /does not answer/);
    }
    rmSync(ballast);
    const until = Date.now() + 60_000;
    while ((await system.call('GET', row)).status !== 200) assert.ok(Date.now() < until, 'it starts by itself once there is room');
    assert.equal((await system.call('GET', row)).json['name'], 'Ada');
    assert.equal((await system.call('POST', '/api/customers', { name: 'Edsger' })).status, 201);
  },
);

function fill(ballast: string): void {
  const megabyte = Buffer.alloc(1_048_576);
  assert.throws(
    () => {
      for (;;) appendFileSync(ballast, megabyte);
    },
    { code: 'ENOSPC' },
  );
}

async function onDatabase(data: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const { superuser } = JSON.parse(readFileSync(join(data, 'passwords.json'), 'utf8')) as { readonly superuser: string };
  const client = new Client({ host: join(data, 'socket'), user: 'postgres', password: superuser, database: 'postgres' });
  // Told by what it was asked as well.
  client.on('error', () => {});
  await client.connect();
  await work(client).finally(() => client.end().catch(() => {}));
}
