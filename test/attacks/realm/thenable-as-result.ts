/**
 * Tries: to be handed the functions that end a call, by answering with something that is waited for.
 * Must: they are of the realm, and end nothing but this call, once.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ globalThis.component = { run: ({ log }) => { tell = log; return { then(resolve, reject) { deed(resolve.constructor); deed(reject.constructor); resolve({ then(again) { deed(again.constructor); again({ loot }); again({ loot: ['twice'] }); } }); resolve({ loot: ['twice'] }); reject(new Error('late')); } }; } };`,
};
