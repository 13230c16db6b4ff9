/**
 * Tries: statements behind the definition that alter what it set.
 * Must: what does not belong there is refused.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;') + '\nglobalThis.component = { run: () => null };\n',
  must: 'refused',
};
