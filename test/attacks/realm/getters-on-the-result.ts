/**
 * Tries: code that runs while the host turns the result into text: getters, toJSON, with what stands on the stack then.
 * Must: it runs in the realm as any other, and is handed nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ globalThis.component = { async run({ log }) { tell = log; const look = (...given) => { for (const each of given) deed(each?.constructor?.constructor); }; return { loot, get a() { look(this); return 1; }, b: { toJSON(key) { look(this, key); return { c: { toJSON: look } }; } } }; } };`,
};
