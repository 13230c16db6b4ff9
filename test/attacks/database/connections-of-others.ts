/**
 * Tries: to end or cancel the work of other processes in the database.
 * Must: no login may end those of another.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const [other] = await system.sql<{ pid: number }>("select pid from pg_stat_activity where usename = 'theseus_kernel' limit 1");
    for (const role of ['workshop', 'data'] as const)
      await mustBeDenied(system, role, [
        `select pg_terminate_backend(${String(other?.pid)})`,
        `select pg_cancel_backend(${String(other?.pid)})`,
      ]);
  },
};
