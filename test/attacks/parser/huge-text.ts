/**
 * Tries: a file of twenty megabytes.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return '${'x'.repeat(20_000_000)}';`,
  must: 'refused',
};
