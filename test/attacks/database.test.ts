/** What could be done with the stolen login of one process: activation, keys, rows, schema, files. */
import { attackSystems } from './harness/attack-systems.ts';

await attackSystems({
  database: {
    does: 'the same deeds with the right login are done, and seen',
    run: async (system) => {
      await system.sql(`insert into theseus.public_keys values ('forged', 'x')`);
      const seen = await system.sql(`select 1 from theseus.public_keys where name = 'forged'`);
      await system.sql(`delete from theseus.public_keys where name = 'forged'`);
      return seen.length === 1;
    },
  },
});
