/**
 * Tries: to read what other processes ask of the database.
 * Must: their statements are not shown.
 */
import assert from 'node:assert/strict';
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const role of ['workshop', 'data'] as const) {
      const said = await system.as(
        role,
        "select 1 / (select count(*) from pg_stat_activity where usename <> current_user and query <> '' and query not like '<insufficient%')",
      );
      assert.match(said, /division by zero/);
    }
    await mustBeDenied(system, 'workshop', ['select * from pg_shadow', 'select * from pg_authid']);
  },
};
