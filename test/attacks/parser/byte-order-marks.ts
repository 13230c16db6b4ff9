/**
 * Tries: marks of byte order in the midst of the code.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: '\ufeff\ufeffreturn 1;\ufeff',
  must: 'harmless',
};
