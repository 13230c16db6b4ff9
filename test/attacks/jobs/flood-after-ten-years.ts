/**
 * Tries: to owe five million runs, after a system stood still for ten years.
 * Must: the last hundred are run; the turn takes no time; the rest is counted as skipped.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job('minutely', "cron: '* * * * *', catchUp: 'all'", '', 'hourly: { runs: 100000 },'),
  code: { 'job/minutely': 'log({ ran: due });' },
  run: async (system) => {
    await system.unasked.settle();
    const was = system.clock.now;
    system.clock.now += 10 * 365 * 86_400_000;
    const began = performance.now();
    await system.unasked.settle();
    assert.ok(performance.now() - began < 30_000);
    assert.equal((await system.deliveries()).filter(({ component }) => component === 'job/minutely').length, 100);
    assert.ok(system.clock.now > was);
  },
};
