/**
 * Tries: to read the environment: of the host, of the machine, of the parent.
 * Must: a host has none, and reads none of another process.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    own: `() => { if (Object.keys(process.env).length === 0) throw new Error('none'); return JSON.stringify(process.env); }`,
    canary: `() => { if (process.env.THESEUS_CANARY === undefined) throw new Error('none'); return process.env.THESEUS_CANARY; }`,
    'own by proc': `() => use('fs').readFileSync('/proc/self/environ')`,
    'of the machine': `() => use('fs').readFileSync('/proc/' + target.machine + '/environ')`,
  },
};
