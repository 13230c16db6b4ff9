/**
 * Tries: arrow functions within arrow functions.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return ${'() => '.repeat(30_000)}1;`,
  must: 'refused',
};
