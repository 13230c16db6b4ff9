/**
 * Tries: members that are computed or spread into the definition.
 * Must: a definition is literal data.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;', "const more = { order: ['delete'] };", "{ product: ['read'], ...more }"),
  must: 'refused',
};
