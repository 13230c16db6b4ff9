/**
 * Tries: to find out by signal 0 which processes there are.
 * Must: no process of another is told of.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    machine: `() => process.kill(target.machine, 0)`,
    victim: `() => process.kill(target.victim, 0)`,
    parent: `() => process.kill(process.ppid, 0)`,
    first: `() => process.kill(1, 0)`,
  },
};
