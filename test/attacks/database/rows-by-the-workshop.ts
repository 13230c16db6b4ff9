/**
 * Tries: to alter rows, or read sensitive values of them, with the workshop's login.
 * Must: it reads masked, and writes nothing.
 */
import assert from 'node:assert/strict';
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const views = await system.sql<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(viewname) as name from pg_views where schemaname = 'v'",
    );
    assert.ok(views.length > 0);
    for (const { name } of views) {
      await mustBeDenied(system, 'workshop', [`delete from ${name}`, `insert into ${name} default values`]);
      assert.match(
        await system.as('workshop', `select 1 / (select count(*) from ${name} t where t::text like '%777111%')`),
        /division by zero|permission denied/,
      );
    }
  },
};
