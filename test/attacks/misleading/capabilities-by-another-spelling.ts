/**
 * Tries: a member whose name is written with escapes.
 * Must: it is refused or counts as what it is.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;', '', "{ product: ['read'] },\n  'capab\\u0069lities': { order: ['delete'] }"),
  must: 'refused',
};
