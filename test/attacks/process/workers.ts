/**
 * Tries: to start threads, with rights of their own.
 * Must: none starts, and none would have more.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    worker: `() => new Promise((done, fail) => new (use('worker_threads').Worker)("process.getBuiltinModule('fs').writeFileSync(" + JSON.stringify(target.folder + '/worker') + ", 'x')", { eval: true, execArgv: [], env: {} }).on('exit', done).on('error', fail))`,
    'without permissions': `() => new (use('worker_threads').Worker)('1', { eval: true, execArgv: ['--no-permission'] }).threadId`,
  },
};
