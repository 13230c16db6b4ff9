/**
 * Tries: a function of the name operation of its own, which alters what is defined.
 * Must: only the function of the SDK defines.
 */
import { operationText, type ReadingAttack } from '../harness/readings.ts';

export const attack: ReadingAttack = {
  text: operationText('return null;').replace(
    "import { integer, operation, refuse } from 'theseus/sdk';",
    "import { integer, refuse } from 'theseus/sdk';\nconst operation = (x: object) => x;",
  ),
  must: 'refused',
};
