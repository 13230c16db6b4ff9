/**
 * Tries: to start other programs.
 * Must: none starts.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    spawn: `() => new Promise((done, fail) => use('child_process').spawn('/usr/bin/touch', [target.folder + '/spawned']).on('error', fail).on('exit', done))`,
    exec: `() => use('child_process').execSync('touch ' + target.folder + '/executed')`,
    fork: `() => use('child_process').fork('/dev/null').pid`,
    node: `() => use('child_process').spawnSync('/proc/self/exe', ['--eval', '1']).status.toFixed()`,
    cluster: `() => use('cluster').fork().process.pid`,
  },
};
