/**
 * Tries: to reach memory, descriptors and fate of the machine by /proc.
 * Must: none of it can be opened.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    memory: `() => use('fs').openSync('/proc/' + target.machine + '/mem', 'r+')`,
    descriptors: `() => use('fs').readdirSync('/proc/' + target.machine + '/fd').join()`,
    fate: `() => use('fs').writeFileSync('/proc/' + target.machine + '/oom_score_adj', '1000')`,
    parents: `() => use('fs').readFileSync('/proc/' + process.ppid + '/cmdline')`,
    own: `() => use('fs').writeFileSync('/proc/self/oom_score_adj', '-1000')`,
  },
};
