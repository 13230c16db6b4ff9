/** Timing out while holding a transaction, a lock, a connection. */
import { attackSystems } from './harness/attack-systems.ts';

await attackSystems('deadlines', {
  does: 'a transaction that somebody holds open with the login of writes is seen',
  run: async (system) => {
    await system.as('data', 'begin');
    const [held] = await system.sql(`select 1 from pg_stat_activity where usename = 'theseus_data' and state = 'idle in transaction'`);
    await system.as('data', 'rollback');
    return held !== undefined;
  },
});
