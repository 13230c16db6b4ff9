/**
 * Tries: to slow down other processes, or to take precedence over them.
 * Must: only what is one's own can be made slower.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    victim: `() => use('os').setPriority(target.victim, 19)`,
    machine: `() => use('os').setPriority(target.machine, 19)`,
    own: `() => use('os').setPriority(0, -20)`,
  },
};
