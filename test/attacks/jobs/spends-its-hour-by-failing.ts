/**
 * Tries: to run without an end by failing at once and being tried again.
 * Must: tries are runs of its hour.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job(
    'fails',
    "cron: '0 * * * *', catchUp: 'all'",
    '',
    'hourly: { runs: 3 }, retries: { attempts: 20, firstMs: 1000, mostMs: 1000 },',
  ),
  code: { 'job/fails': "throw Object.assign(new Error('no'), { code: 'conflict' });" },
  run: async (system) => {
    await system.unasked.settle();
    system.clock.now += 3_600_000 - (system.clock.now % 3_600_000);
    for (let second = 0; second < 15; second += 1) {
      await system.unasked.settle();
      system.clock.now += 2_000;
    }
    const [job_] = (await system.deliveries()).filter(({ component }) => component === 'job/fails');
    assert.deepEqual([job_?.attempts, job_?.held], [3, 'hour']);
  },
};
