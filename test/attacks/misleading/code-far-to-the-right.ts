/**
 * Tries: code behind two thousand blanks, where no reviewer looks.
 * Must: it is refused by what it does, wherever it stands.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: `return 1;${' '.repeat(2_000)}globalThis.x = 1;`,
  must: 'refused',
};
