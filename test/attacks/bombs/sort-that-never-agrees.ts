/**
 * Tries: a comparison that contradicts itself, over a long array: work inside a built-in.
 * Must: it is stopped by its time.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const all = Array.from({ length: 3_000_000 }, (_, at) => at % 1_000); let turn = 0; for (;;) all.sort(() => ((turn += 1) % 3) - 1);`,
  ends: /^component-failed|^died alone/,
};
