/**
 * Tries: blocks nested fifty thousand times.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `${'{'.repeat(50_000)}${'}'.repeat(50_000)}`,
  must: 'refused',
};
