/**
 * Tries: a comment of HTML, which a script takes for a comment and a module for code.
 * Must: both readers agree that it has no place here.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: 'let a = 1; a <!--a; globalThis.x = 1\n return a;',
  must: 'refused',
};
