/**
 * Tries: each promise makes two: the queue grows faster than it is worked off.
 * Must: time or memory ends it, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const grow = () => Promise.resolve().then(() => { grow(); grow(); });
grow();
await new Promise(() => {});`,
  ends: /^component-failed|^died alone/,
};
