/**
 * Tries: to run instants twice, where the clock of the machine is set back.
 * Must: no instant runs twice.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job('once', "cron: '* * * * *', catchUp: 'all'", ''),
  code: { 'job/once': 'log({ instant: due });' },
  run: async (system) => {
    await system.unasked.settle();
    for (const move of [180_000, -120_000, 120_000, -180_000, 240_000]) {
      system.clock.now += move;
      await system.unasked.settle();
    }
    const instants = system.logged.flatMap((entry) => JSON.stringify(entry).match(/"instant":(\d+)/)?.[1] ?? []);
    assert.ok(instants.length >= 3);
    assert.equal(new Set(instants).size, instants.length);
  },
};
