/**
 * Tries: two default exports, one of which a reader may overlook.
 * Must: it is refused.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;') + operationText('return null;', '', "{ order: ['delete'] }"),
  must: 'refused',
};
