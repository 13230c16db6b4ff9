/** Texts that kill or stall a parser. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { attackReaders } from './harness/readings.ts';

await attackReaders('parser');

test('control: the same parser in a process that takes no precautions is ended by such a text', () => {
  const program = `require('oxc-parser').parseSync('a.ts', '('.repeat(100000) + ')'.repeat(100000)); process.stdout.write('well');`;
  const { stdout, signal, status } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8', timeout: 20_000 });
  assert.ok(stdout !== 'well' && (signal !== null || status !== 0));
});
