/**
 * Tries: an ask nested so deep that whoever walks it ends its stack.
 * Must: it never reaches the broker.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let all = []; for (let level = 0; level < 3_000; level += 1) all = [all];
try { await data.product.create({ all }); take('it was taken'); } catch (error) { return error.code; }`,
  ends: /"said":"too-large"/,
};
