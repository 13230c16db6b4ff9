/**
 * Spawns the program of a host: Node with its permission model, an empty environment, the root folder, and no descriptors but
 * its channel and the two files that it needs to start (it closes those).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { childProgram } from './child-program.ts';
import type { Containment } from './containment.ts';
import type { FilesForHosts } from './files-for-hosts.ts';
import { handedOn } from './handed-on.ts';
import type { HostTerms } from './host-terms.ts';

/** `then` is run behind the host's own program: what a host could do that runs hostile code outside its isolates. For tests. */
export function spawnContained(
  { descriptors, addonPath, nodePath }: FilesForHosts,
  { before, spawnAs }: Containment,
  terms: HostTerms,
  then: string = '',
): ChildProcess {
  const node = descriptors === null ? nodePath : '/proc/self/fd/4';
  const program =
    childProgram({
      ...terms,
      ...(descriptors === null
        ? { addon: addonPath, close: handedOn() }
        : { addon: '/proc/self/fd/3', close: [3, 4, ...handedOn().filter((number) => number > 4)] }),
    }) + then;
  const [file = node, ...rest] = [...before, node, '--permission', '--allow-addons', '--disable-warning=PERM0001', '--eval', program];
  return spawn(file, rest, {
    env: {},
    cwd: '/',
    windowsHide: true,
    // A session of its own: within one session anybody may wake what was stopped (SIGCONT), whatever its user.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...(descriptors === null ? [] : [descriptors.addon, descriptors.node])],
    ...(spawnAs === null ? {} : spawnAs),
  });
}
