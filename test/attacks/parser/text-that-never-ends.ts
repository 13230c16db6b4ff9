/**
 * Tries: a text, a template, a comment that is never closed.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'return `',
  must: 'refused',
};
