/** What is done in two terminals of a fresh clone at once, with real processes: two installations would spoil each other. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const part = fileURLToPath(new URL('../../scripts/one-at-a-time.mjs', import.meta.url));
/** A process that notes when it is at work, after what it does first. */
const worker = (log: string, inside: string): ReturnType<typeof spawn> =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { appendFileSync } from 'node:fs'; import { oneAtATime } from ${JSON.stringify(part)};
       const note = (what) => appendFileSync(${JSON.stringify(log)}, what + '\\n');
       oneAtATime(${JSON.stringify(log)}, () => { note('begins'); ${inside}; note('ends'); }, () => note('waits'));`,
    ],
    { stdio: 'ignore' },
  );

test('one works while the others wait, and who died while at it is waited for by nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-one-'));
  const log = join(folder, 'log');
  appendFileSync(log, '');
  try {
    const first = worker(log, `process.kill(process.pid, 'SIGKILL')`);
    await once(first, 'exit');
    const others = Array.from({ length: 3 }, () => worker(log, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)'));
    await Promise.all(others.map((each) => once(each, 'exit')));
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    assert.deepEqual(
      lines.filter((line) => line !== 'waits'),
      ['begins', 'begins', 'ends', 'begins', 'ends', 'begins', 'ends'],
    );
    assert.ok(lines.includes('waits'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
