/**
 * Tries: a sum of a hundred thousand parts.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return ${'1+'.repeat(100_000)}1;`,
  must: 'refused',
};
