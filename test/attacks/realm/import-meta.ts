/**
 * Tries: to learn of the host by import.meta.
 * Must: the text does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ globalThis.component = { run: () => { take(JSON.stringify(import.meta)); return { loot }; } };`,
  ends: /^component-failed/,
};
