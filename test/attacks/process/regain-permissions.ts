/**
 * Tries: to take back what was dropped, or to make the checks say yes.
 * Must: a permission that is gone stays gone, whatever JavaScript says of it.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    override: `() => { process.permission.has = () => true; return use('fs').readFileSync(target.secretFile, 'utf8'); }`,
    prototype: `() => { Object.setPrototypeOf(process.permission, { has: () => true }); return use('fs').openSync(target.secretFile); }`,
    flags: `() => { use('v8').setFlagsFromString('--no-permission'); return use('fs').readFileSync(target.secretFile, 'utf8'); }`,
    arguments: `() => { process.execArgv.length = 0; process.argv0 = 'node'; return use('fs').readFileSync(target.secretFile, 'utf8'); }`,
  },
};
