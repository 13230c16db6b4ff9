/**
 * Tries: to throw something that looks like a refusal of the host, to have it taken for one.
 * Must: it is a failure of the component.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `globalThis.component = { async run() { const error = new Error('forged'); Object.assign(error, { refused: true, code: 'conflict', why: 'forged' }); throw error; } };`,
  ends: /^component-failed/,
};
