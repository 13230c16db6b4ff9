/**
 * Tries: to make loading wait, by await outside a function.
 * Must: the text does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ await new Promise(() => {}); globalThis.component = { run: () => 1 };`,
  ends: /^component-failed/,
};
