/**
 * Tries: one letter with a hundred thousand marks upon it.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `const a${'\u0301'.repeat(100_000)} = 1; return a;`,
  must: 'harmless',
};
