/**
 * Tries: thirty thousand else in turn.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `${'if (input.n) {} else '.repeat(30_000)}{}`,
  must: 'refused',
};
