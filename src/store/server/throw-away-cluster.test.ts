import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { layThrowAwayCluster } from './throw-away-cluster.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

test('clusters that are laid at once are whole, stand alone, belong to who runs the server, and nobody else may read them', async (t) => {
  const folders = ['first', 'second'].map((name) => mkdtempSync(join(tmpdir(), `theseus-laid-${name}-`)));
  t.after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  for (const folder of folders) chmodSync(folder, 0o755);
  await Promise.all(folders.map((folder) => layThrowAwayCluster(folder)));
  for (const folder of folders) {
    const cluster = join(folder, 'postgresql');
    assert.match(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), /^\d+\n$/);
    assert.ok(!existsSync(join(cluster, 'postmaster.pid')), 'no server is said to run there');
    const { uid, mode } = statSync(cluster);
    assert.equal(uid, unprivilegedUser()?.uid ?? process.getuid?.());
    assert.equal(mode & 0o077, 0);
    assert.equal(statSync(join(folder, 'passwords.json')).mode & 0o077, 0);
  }
  const [first = '', second = ''] = folders.map((folder) => join(folder, 'postgresql', 'global', 'pg_control'));
  assert.notEqual(statSync(first).ino, statSync(second).ino, 'no file is shared');
});
