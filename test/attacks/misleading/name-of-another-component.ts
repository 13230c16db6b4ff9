/**
 * Tries: to be of the name, the path and the id of another component.
 * Must: it is refused.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;').replace("'attack'", "'placeOrder'").replace('o_attack', 'o_place'),
  must: 'refused',
};
