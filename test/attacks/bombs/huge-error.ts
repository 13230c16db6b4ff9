/**
 * Tries: an error whose message and stack are huge.
 * Must: it is cut.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const error = new Error('x'.repeat(100_000_000)); error.stack; throw error;`,
  ends: /^component-failed|^died alone/,
  watch: ({ outcomes }) => {
    if ((outcomes[0]?.length ?? 0) > 10_000) throw new Error('the machine was handed a huge error');
  },
};
