/** Resource bombs: processor, memory by each known way, results, messages, floods. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { attackIsolates } from './harness/attack-isolates.ts';
import type { Seen } from './harness/attack.ts';
import { attack as flood } from './bombs/flood-of-asks.ts';
import { attack as memory } from './bombs/typed-arrays.ts';

await attackIsolates('bombs', {});

test('control: a bomb in a process that nobody watches goes on, and its memory is seen to grow', async () => {
  const child = spawn(process.execPath, ['--eval', memory.body ?? ''], { stdio: 'ignore' });
  try {
    const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1]) / 1_024;
    const until = performance.now() + 60_000;
    while (!(resident() >= 350) && performance.now() < until) await new Promise((look) => setTimeout(look, 10));
    assert.ok(resident() >= 350);
  } finally {
    // Whatever was seen: a bomb that is left alone goes on, and whoever waits for it never ends.
    child.kill('SIGKILL');
  }
});

test('control: more asks than the contract allows would be counted', () => {
  const asks = Array.from({ length: 102 }, () => ({ capability: 'product.get', input: null }));
  const seen: Seen = { outcomes: [], asks, sightings: [], elapsedMs: 0 };
  assert.throws(() => flood.watch?.(seen), /102 asks/);
});
