/** Finds out how hosts can be held on this machine: each way is tried, the strongest first, and the first that works is kept. */
import { Fault } from '#kernel';
import type { Containment } from './containment.ts';

/** `number` is the way's place among `ways`. Where only no isolation would work and it is required, no host starts. */
export async function strongestWay<Started>(
  ways: readonly Containment[],
  isolation: 'required' | 'preferred',
  start: (way: Containment) => Promise<Started>,
): Promise<{ readonly number: number; readonly containment: Containment; readonly started: Started }> {
  const failures: string[] = [];
  for (const [number, containment] of ways.entries()) {
    if (containment.isolation === 'none' && isolation === 'required') break;
    try {
      return { number, containment, started: await start(containment) };
    } catch (cause) {
      failures.push(`${containment.isolation}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  const tried = failures.length === 0 ? '' : ` Tried: ${failures.join('; ')}`;
  if (isolation === 'preferred') throw new Fault('setup', `No host can be started here.${tried}`);
  throw new Fault(
    'setup',
    `Hosts need a user of their own or namespaces (policy isolation: required), and neither is to be had here. Start as root, allow user namespaces, or set the policy to preferred.${tried}`,
  );
}
