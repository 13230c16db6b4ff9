import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gitHistory, gitVersion } from './git-history.ts';

const git = await gitVersion();
const entry = {
  files: { 'theseus.json': '{}\n', 'entities/order.ts': 'export default 1;\n' },
  message: 'Add a due date to invoices',
  change: 'ch-1',
  evidence: 'sha256:e1',
  generation: 'sha256:g1',
  at: 1_700_000_000_000,
};

test(
  'a change is one commit with trailers; the same generation twice is one commit; a removed file goes',
  { skip: git === null && 'git is not installed' },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'history-'));
    const history = await gitHistory(join(folder, 'sources.git'));
    const ask = (...words: string[]): string => execFileSync('git', ['-C', join(folder, 'sources.git'), ...words], { encoding: 'utf8' });
    await history.commit(entry);
    await history.commit(entry);
    await history.commit({
      ...entry,
      files: { 'theseus.json': '{}\n', 'views/ü "x".ts': 'ä\n' },
      change: 'ch-2',
      generation: 'sha256:g2',
      message: 'Second\n\nwith a body',
    });
    assert.equal(ask('rev-list', '--count', 'main').trim(), '2');
    assert.match(
      ask('log', '-1', '--format=%B', 'main'),
      /Second\n\nwith a body\n\nChange: ch-2\nEvidence: sha256:e1\nGeneration: sha256:g2/,
    );
    assert.equal(ask('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', '-z', 'main'), 'theseus.json\0views/ü "x".ts\0');
    assert.equal(ask('show', 'main~1:entities/order.ts'), 'export default 1;\n');
    await history.close();
    rmSync(folder, { recursive: true });
  },
);
