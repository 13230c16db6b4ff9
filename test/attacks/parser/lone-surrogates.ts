/**
 * Tries: halves of characters, in names, texts and comments.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'const a\ud800 = 1; return "\udc00";',
  must: 'refused',
};
