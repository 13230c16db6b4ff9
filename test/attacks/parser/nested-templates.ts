/**
 * Tries: templates within templates.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return ${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)};`,
  must: 'refused',
};
