/**
 * Tries: to open the debugger of the host, for anybody to attach.
 * Must: it is not opened.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    open: `() => { use('inspector').open(0, '127.0.0.1'); const url = use('inspector').url(); if (url === undefined) throw new Error('none'); return url; }`,
  },
};
