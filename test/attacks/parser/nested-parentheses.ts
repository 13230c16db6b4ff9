/**
 * Tries: seven thousand nested parentheses, which end the parser with its process.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return ${'('.repeat(7_000)}1${')'.repeat(7_000)};`,
  must: 'refused',
};
