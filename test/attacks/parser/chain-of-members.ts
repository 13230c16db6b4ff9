/**
 * Tries: fifty thousand members of members.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return input${'.a'.repeat(50_000)};`,
  must: 'refused',
};
