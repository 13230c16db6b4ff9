/**
 * Tries: a comment of many megabytes, and stars within it.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `/${'*'.repeat(8_000_000)}/ return 1;`,
  must: 'refused',
};
