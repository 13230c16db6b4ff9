/**
 * Tries: zero bytes in code.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'return 1;\u0000 return 2;',
  must: 'refused',
};
