/**
 * Tries: to learn from chance and clock what another call drew, or how long it took.
 * Must: the same seed draws the same in each call, whatever was drawn before; now stands still.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const first = now;
const drawn = [random(), random()];
for (let turn = 0; turn < 100 * input.turn; turn += 1) random();
if (now !== first) take('the clock moves');
return drawn;`,
  turns: 2,
  watch: ({ outcomes }) => {
    if (outcomes[0] !== outcomes[1]) throw new Error('what was drawn depends on the call before');
  },
};
