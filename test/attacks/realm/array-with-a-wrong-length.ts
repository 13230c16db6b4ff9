/**
 * Tries: arrays whose length lies while a built-in walks them.
 * Must: only what is theirs is ever seen.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const liar = [1.1, 2.2, 3.3];
const values = liar.map((value, at) => { if (at === 0) { liar.length = 0; for (let turn = 0; turn < 100; turn += 1) liar.push({}); } return value; });
const sorted = Array.from({ length: 200 }, (_, at) => at).sort((a, b) => { liar.length = 1; return b - a; });
const huge = [];
huge.length = 4_294_967_295;
for (const make of [() => huge.concat([1]), () => Array(2 ** 32), () => new Uint8Array(-1), () => huge.push(1, 2)]) try { make(); } catch (error) { deed(error.constructor.constructor); }
if (values.some((value) => value !== undefined && typeof value !== 'number' && typeof value !== 'object')) take('something strange was read');`,
};
