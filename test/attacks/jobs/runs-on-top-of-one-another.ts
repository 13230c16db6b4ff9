/**
 * Tries: to run twice at the same time, by runs that take longer than their schedule.
 * Must: one at a time; what comes meanwhile waits or is skipped.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job('slow', "cron: '* * * * *', catchUp: 'all'", '', 'caps: { wallMs: 700 }, retries: { attempts: 1 },'),
  code: { 'job/slow': 'log({ began: due }); await new Promise(() => {});' },
  run: async (system) => {
    await system.unasked.settle();
    system.clock.now += 5 * 60_000;
    const other = system.another();
    let most = 0;
    const look = setInterval(() => {
      void system
        .query<{ count: string }>("select count(*) from theseus.deliveries where state = 'running' and component = 'job/slow'")
        .then(([found]) => (most = Math.max(most, Number(found?.count))));
    }, 20);
    await Promise.all([system.unasked.settle(), other.settle()]);
    clearInterval(look);
    assert.ok(most <= 1, `${most} at a time`);
    assert.ok((await system.deliveries('dead')).length >= 2, 'it ran again and again');
  },
};
