/**
 * Tries: to become root, or another host, or to join a group.
 * Must: the user stays.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    root: `() => process.setuid(0)`,
    effective: `() => process.seteuid(0)`,
    group: `() => process.setgid(0)`,
    groups: `() => process.setgroups([0])`,
    joined: `() => process.initgroups('root', 0)`,
  },
};
