/**
 * Tries: schedules that never come, are huge, or make whoever reads them count for ever.
 * Must: each is refused or read in no time.
 */
import assert from 'node:assert/strict';
import { job, shop } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {},
  run: async (system) => {
    const long = Array.from({ length: 500 }, (_, at) => at % 60).join(',');
    for (const cron of [
      '0 0 30 2 *',
      '0 0 31 4,6,9,11 *',
      '* * * * * *',
      '@reboot',
      '0 0 L * *',
      '60 * * * *',
      '*/0 * * * *',
      `${long} * * * *`,
      '1-0 * * * *',
      '* * * * MON#5',
      '0 0 0 0 0',
      '',
      '-1 * * * *',
      '0 0 29 2 1#9',
    ]) {
      const began = performance.now();
      await assert.rejects(
        system.serve({ ...shop, ...job('odd', `cron: '${cron}', catchUp: 'all'`, '') }),
        /cron|names no instant|schedule/,
        cron,
      );
      assert.ok(performance.now() - began < 3_000, `${cron} took ${Math.round(performance.now() - began)} ms`);
    }
    const began = performance.now();
    await system.serve({ ...shop, ...job('leap', "cron: '0 0 29 2 *', timeZone: 'Europe/Berlin', catchUp: 'all'", '') });
    await system.unasked.settle();
    assert.ok(performance.now() - began < 10_000);
    assert.deepEqual(
      (await system.deliveries()).filter(({ component }) => component === 'job/leap'),
      [],
    );
  },
};
