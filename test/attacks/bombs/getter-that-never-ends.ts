/**
 * Tries: an error whose message never ends: the host hangs while it asks what happened.
 * Must: it is at work for the component, and is stopped.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `throw { get message() { for (;;); } };`,
  ends: /^component-failed|^died alone/,
};
