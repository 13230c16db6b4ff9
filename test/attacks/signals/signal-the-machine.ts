/**
 * Tries: to send the machine signals that it acts on.
 * Must: none arrives.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    usr2: `() => process.kill(target.machine, 'SIGUSR2')`,
    term: `() => process.kill(target.machine, 'SIGTERM')`,
    hup: `() => process.kill(target.machine, 'SIGHUP')`,
    parent: `() => process.kill(process.ppid, 'SIGUSR2')`,
  },
};
