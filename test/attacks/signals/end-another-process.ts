/**
 * Tries: to end another process.
 * Must: it lives on.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    kill: `() => process.kill(target.victim, 'SIGKILL')`,
    term: `() => process.kill(target.victim, 'SIGTERM')`,
    abort: `() => process.kill(target.victim, 6)`,
  },
};
