/**
 * Tries: to stop another process for as long as it pleases, without ending it.
 * Must: it runs on.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    stop: `() => process.kill(target.victim, 'SIGSTOP')`,
    machine: `() => process.kill(target.machine, 'SIGCONT')`,
  },
};
