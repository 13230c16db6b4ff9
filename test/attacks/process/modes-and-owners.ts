/**
 * Tries: to alter modes, owners and times of files.
 * Must: none is altered.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    chmod: `() => use('fs').chmodSync(target.secretFile, 0o777)`,
    times: `() => use('fs').utimesSync(target.secretFile, 1, 1)`,
    chown: `() => use('fs').chownSync(target.secretFile, process.getuid(), process.getgid())`,
    hardlink: `() => use('fs').linkSync(target.secretFile, target.folder + '/hard')`,
  },
};
