/**
 * Tries: to become another program (execve), which has no permission model.
 * Must: the process stays what it is.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    execve: `() => process.execve('/usr/bin/touch', ['touch', target.folder + '/became'], {})`,
  },
};
