/**
 * Tries: to reach rows by their tables instead of their views.
 * Must: tables are closed to every process that runs.
 */
import assert from 'node:assert/strict';
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const tables = await system.sql<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname = 'e'",
    );
    assert.ok(tables.length > 0);
    for (const { name } of tables)
      for (const role of ['workshop', 'data', 'kernel'] as const)
        await mustBeDenied(system, role, [`select * from ${name}`, `delete from ${name}`, `update ${name} set id = id`]);
  },
};
