/**
 * Tries: an hour without a bound, in the row of its contract.
 * Must: a hard bound holds, whatever a row says.
 */
import assert from 'node:assert/strict';
import { job, shop } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job('rich', "cron: '* * * * *', catchUp: 'all'", '', 'hourly: { runs: 50 },'),
  code: { 'job/rich': 'log({ ran: due });' },
  run: async (system) => {
    await assert.rejects(
      system.serve({ ...shop, ...job('rich', "cron: '* * * * *', catchUp: 'all'", '', 'hourly: { runs: 1000000000 },') }),
      /runs/,
    );
    await system.asOwner(
      `update theseus.components set contract = jsonb_set(contract, '{hourly}', '{"runs":1e15,"wallMs":1e15}') where contract->>'name' = 'rich'`,
    );
    await system.serve({ ...shop, ...job('rich', "cron: '* * * * *', catchUp: 'all'", '', 'hourly: { runs: 50 },') });
    await system.unasked.settle();
    system.clock.now += 3_600_000 - (system.clock.now % 3_600_000) + 120_000;
    await system.query(
      "insert into theseus.hours (contract, hour, runs) values ('j_rich', to_timestamp($1::float8 / 1000), 100000) on conflict (contract, hour) do update set runs = 100000",
      [system.clock.now - (system.clock.now % 3_600_000)],
    );
    const before = JSON.stringify(system.logged).split('"ran"').length;
    await system.unasked.settle();
    assert.equal(JSON.stringify(system.logged).split('"ran"').length, before);
  },
};
