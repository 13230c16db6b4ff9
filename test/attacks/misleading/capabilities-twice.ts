/**
 * Tries: the member capabilities twice: who reads the first, and who the last?
 * Must: it is refused.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;', '', "{ product: ['read'] },\n  capabilities: { order: ['delete'] }"),
  must: 'refused',
};
