/**
 * Tries: a text that doubles, as long as it may be.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let text = 'x'; const all = []; for (;;) { text += text; all.push(text + 'y', text.split('')); }`,
  ends: /^component-failed|^died alone/,
};
