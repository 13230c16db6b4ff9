/**
 * Tries: code behind a line separator in a comment: some see a comment, others see code.
 * Must: it is refused.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: "// nothing here\u2028 return ({}).constructor.constructor('return process')();",
  must: 'refused',
};
