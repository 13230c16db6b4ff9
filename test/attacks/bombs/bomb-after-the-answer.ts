/**
 * Tries: to answer well at once, and to grow afterwards, when nobody waits any more.
 * Must: the host may end; nobody else's call fails, and the next one is answered.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `(async () => { for (let turn = 0; turn < 100; turn += 1) await null; let x = 3n; for (;;) x = x * x; })();`,
  ends: /./,
};
