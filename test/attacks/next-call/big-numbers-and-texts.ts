/**
 * Tries: caches of the engine: texts that are one object, keys of maps, numbers as text.
 * Must: they compare equal, and tell nothing of who made them.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const key = 'given' + '-to-all';
const map = new WeakMap();
let failed = 0;
for (const each of [key, Symbol.for('x'), 1n]) try { map.set(each, input.secret); if (typeof each === 'symbol') take('a registered symbol is a key'); } catch { failed += 1; }
return failed;`,
  turns: 2,
  ends: /"said":3/,
};
