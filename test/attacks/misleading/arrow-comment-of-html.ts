/**
 * Tries: the closing mark of a comment of HTML at the start of a line.
 * Must: it is refused.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'let a = 3;\n--> a; return 1;',
  must: 'refused',
};
