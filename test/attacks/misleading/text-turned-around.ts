/**
 * Tries: characters that turn the order of what is shown (bidi), so that a reviewer reads other code.
 * Must: no such character may stand in a component.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  body: "const level = 'user\u202e \u2066// only admins\u2069 \u2066'; return level;",
  must: 'refused',
};
