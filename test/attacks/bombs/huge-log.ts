/**
 * Tries: one line that fills the disk.
 * Must: it is measured like any ask.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `log('x'.repeat(300_000_000));`,
  watch: ({ asks }) => {
    if (JSON.stringify(asks).length > 110_000) throw new Error('a huge line came through');
  },
};
