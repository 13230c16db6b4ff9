/**
 * Tries: to signal the group of processes that the host was started in.
 * Must: none but the host itself hears of it.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    group: `() => { process.on('SIGCONT', () => {}); process.kill(-process.ppid, 'SIGUSR2'); }`,
    machine: `() => process.kill(-target.machine, 'SIGUSR2')`,
    victim: `() => process.kill(-target.victim, 'SIGKILL')`,
  },
  control: null,
};
