/**
 * Tries: a regular expression of many groups within groups.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return /${'('.repeat(5_000)}a${')'.repeat(5_000)}/.test('a');`,
  must: 'refused',
};
