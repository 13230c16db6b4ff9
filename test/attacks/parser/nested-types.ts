/**
 * Tries: types within types: generics without end.
 * Must: it is refused, the reader lives or is replaced, and the next text is read.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `const a: ${'Array<'.repeat(20_000)}number${'>'.repeat(20_000)} = []; return a;`,
  must: 'refused',
};
