/**
 * Tries: to fill the disk with what is logged.
 * Must: a log line counts as an ask, by number and by size.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let at = 0; at < 10_000; at += 1) log('x'.repeat(1_000));`,
  watch: ({ asks }) => {
    if (asks.length > 101) throw new Error(`${asks.length} lines came through`);
  },
};
