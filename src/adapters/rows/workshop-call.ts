/** The call in whose name the workshop reads rows: with every role that reads and sees nothing sensitive. */
import { randomUUIDv7 } from 'node:crypto';
import { type Call, type Caller, digest, instant } from '#kernel';
import type { SystemModel } from '#model';

const nothing = digest(`sha256:${'0'.repeat(64)}`);

export function workshopCall(model: SystemModel, component: string): Call {
  const now = Date.now();
  const caller: Caller = {
    id: 'workshop',
    name: 'Workshop',
    roles: model.settings.roles.filter((role) => role.read && !role.sensitive).map((role) => role.name),
  };
  return {
    call: randomUUIDv7(),
    caller,
    generation: nothing,
    activation: 0,
    component,
    change: null,
    now: instant(now),
    deadline: instant(now + 5_000),
  };
}
