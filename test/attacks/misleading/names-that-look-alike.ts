/**
 * Tries: a name with a Cyrillic letter beside the Latin one.
 * Must: names have plain letters.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'const n\u0430me = 1; return n\u0430me;',
  must: 'refused',
};
