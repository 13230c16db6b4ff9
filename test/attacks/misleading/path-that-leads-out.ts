/**
 * Tries: a path that leads out of the system.
 * Must: it is refused.
 */
import type { ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  path: 'operations/../../attack.ts',
  body: 'return null;',
  must: 'refused',
};
