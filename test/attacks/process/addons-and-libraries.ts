/**
 * Tries: to load machine code: the addon again, a library of the system.
 * Must: none is loaded after the start.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    addon: `() => process.dlopen({ exports: {} }, target.addon)`,
    'by descriptor': `() => process.dlopen({ exports: {} }, '/proc/self/fd/3')`,
    library: `() => process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`,
    ffi: `() => { const ffi = use('ffi'); if (ffi === undefined) throw new Error('none'); return ffi.dlopen(null, {}); }`,
    require: `() => use('module').createRequire('/')(target.addon)`,
  },
};
