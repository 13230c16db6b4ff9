/**
 * Tries: to spend more than an hour allows, by a dozen jobs that are due at each minute.
 * Must: each is held to its own hour, and the innocent job is served.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

const names = Array.from({ length: 12 }, (_, at) => `crowd${at}`);

export const attack: UnaskedAttack = {
  files: Object.assign(
    {},
    ...names.map((name) => job(name, "cron: '* * * * *', catchUp: 'all'", '', 'hourly: { runs: 2 },')),
  ) as UnaskedAttack['files'],
  code: Object.fromEntries(names.map((name) => [`job/${name}`, 'log({ ran: due });'])),
  run: async (system) => {
    await system.unasked.settle();
    system.clock.now += 3_600_000 - (system.clock.now % 3_600_000);
    for (let minute = 0; minute < 5; minute += 1) {
      await system.unasked.settle();
      system.clock.now += 60_000;
    }
    const spent = await system.query<{ contract: string; runs: number }>(
      "select contract, max(runs) as runs from theseus.hours where contract like 'j_crowd%' group by contract",
    );
    assert.equal(spent.length, names.length);
    assert.deepEqual(
      spent.filter(({ runs }) => runs > 2),
      [],
    );
    assert.ok((await system.deliveries()).some(({ component, held }) => component.startsWith('job/crowd') && held === 'hour'));
  },
};
