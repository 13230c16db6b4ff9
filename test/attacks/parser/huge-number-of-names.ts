/**
 * Tries: a hundred thousand variables.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: Array.from({ length: 100_000 }, (_, at) => `const v${at} = ${at};`).join('\n'),
  must: 'refused',
};
