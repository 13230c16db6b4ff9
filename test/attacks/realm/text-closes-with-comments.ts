/**
 * Tries: to swallow what stands behind the text: an open comment, an open template, an open regular expression.
 * Must: the text does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ globalThis.component = { run: () => ({ loot }) }; }) /*`,
  ends: /^component-failed/,
};
