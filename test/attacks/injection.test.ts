/** SQL, headers, lines and JSON through values. */
import { attackSystems } from './harness/attack-systems.ts';

await attackSystems('injection', {
  does: 'the same text as a statement of somebody with the right login is seen to work',
  run: async (system) => {
    await system.sql('create table public.victim ()');
    await system.sql(`select 1; drop table public.victim; --`);
    return (await system.sql(`select 1 from pg_class where relname = 'victim'`)).length === 0;
  },
});
