/**
 * Tries: to have the machine open its debugger, by the signal that asks for it.
 * Must: it hears nothing.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    debug: `() => process._debugProcess(target.machine)`,
    usr1: `() => process.kill(target.machine, 'SIGUSR1')`,
  },
};
