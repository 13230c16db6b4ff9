/**
 * Tries: characters that are not shown, in names and texts.
 * Must: no such character may stand in a component.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'const secret\u200b = 1; const secret = 2; return secret\u200b;',
  must: 'refused',
};
