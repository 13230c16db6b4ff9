/**
 * Tries: the same by the paragraph separator.
 * Must: it is refused.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: '// nothing here\u2029 return globalThis;',
  must: 'refused',
};
