/**
 * Tries: a text that is nested so deep that its parser ends its stack.
 * Must: it does not load, and its host lives or is replaced.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `globalThis.component = { run: () => ${'('.repeat(400_000)}1${')'.repeat(400_000)} };`,
  ends: /^component-failed|^died alone/,
};
