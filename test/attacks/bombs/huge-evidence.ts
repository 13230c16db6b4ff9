/**
 * Tries: a refusal with evidence of any size, and a message of any length.
 * Must: both are cut to the caps of the call.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `refuse('conflict', 'x'.repeat(50_000_000), { all: 'y'.repeat(20_000_000) });`,
  watch: ({ outcomes }) => {
    if ((outcomes[0]?.length ?? 0) > 110_000) throw new Error('the machine was handed a huge refusal');
  },
};
