/**
 * Tries: brackets nested a hundred thousand times.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return ${'['.repeat(100_000)}${']'.repeat(100_000)};`,
  must: 'refused',
};
