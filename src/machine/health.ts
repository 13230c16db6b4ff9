/** How the system is, for those who watch it: whether the database answers in time, what serves, what hosts hold, what waits for a person. */
import type { Pool } from 'pg';
import type { Hosts } from '#hosts';
import { countDeadLetters } from '#store/records';
import type { GuiltLog } from './guilt.ts';
import type { KernelLog } from './kernel-log.ts';
import type { Health, Running, StatedTime } from './running.ts';

export interface HealthParts {
  readonly pool: Pool;
  readonly hosts: Pick<Hosts, 'status'>;
  readonly log: Pick<KernelLog, 'state'>;
  readonly guilt: Pick<GuiltLog, 'held'>;
  readonly current: () => Running | null;
  readonly times: () => readonly StatedTime[];
}
/** A database that takes longer to answer is not well. */
const longestLookMs = 2_000;

export async function healthOf({ pool, hosts, log, guilt, current, times }: HealthParts): Promise<Health> {
  const deadLetters = await Promise.race([
    countDeadLetters(pool).catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, longestLookMs, null).unref()),
  ]);
  const reachable = deadLetters !== null;
  const serving = current();
  const { running, isolation, containment, notes } = hosts.status();
  return {
    status: reachable && serving !== null ? 'ok' : 'degraded',
    database: reachable ? 'ok' : 'unavailable',
    generation: serving?.generation ?? null,
    activation: serving?.activation ?? 0,
    frozen: log.state().frozen !== null,
    hosts: { running, isolation, containment },
    quarantined: guilt.held().filter((held) => held.quarantined !== null).length,
    deadLetters: deadLetters ?? 0,
    timesBroken: times().filter(({ broken }) => broken).length,
    notes,
  };
}
