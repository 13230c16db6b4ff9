/**
 * Tries: to signal or end the hosts beside, whose numbers it knows.
 * Must: no process near by is reached.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    ask: `() => process.kill(target.neighbour, 0)`,
    end: `() => process.kill(target.neighbour, 'SIGKILL')`,
    stop: `() => process.kill(target.neighbour, 'SIGSTOP')`,
    wake: `() => process.kill(target.neighbour, 'SIGCONT')`,
  },
  control: null,
};
