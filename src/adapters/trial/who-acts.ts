/** Who takes a step: a caller in one role, somebody who proves nothing, or a person whom an earlier step named, as long as they are signed in. Pure. */
import { anyone, type Caller } from '#kernel';
import type { NamedRow, NamedRows } from './example-values.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 86_400_000;

/** A caller in one role; who proves nothing; who signed in as a row that a step named; where nothing is said, in the first role that may read and write everything. */
export function callerOf({ running, clock }: Pick<Stage, 'running' | 'clock'>, by: string | undefined, named: NamedRows): Caller {
  const { settings, entities } = running.model;
  const row = by === undefined || settings.roles.some((role) => role.name === by) ? undefined : named.get(by);
  const identity = entities.find((entity) => entity.name === row?.entity)?.identity;
  const isOut = row !== undefined && (row.signedOut === true || (identity !== undefined && hasEnded(row, identity.days, clock.passed)));
  if (by === anyone || isOut) return { id: anyone, name: anyone, roles: [anyone] };
  if (row !== undefined && identity !== undefined) return { id: row.id, name: by ?? '', roles: identity.roles };
  const all = settings.roles.find((known) => known.read && known.write && known.sensitive) ?? settings.roles[0];
  const name = by ?? all?.name ?? 'owner';
  return { id: `example-${name}`, name, roles: [name] };
}

/** A token ends after so many days; what day a step says that it is ends none. */
const hasEnded = ({ since }: NamedRow, days: number, passed: number): boolean => passed - (since ?? 0) >= days * DAY_MS;
