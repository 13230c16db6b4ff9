/**
 * Tries: a published interface with a key among its examples.
 * Must: it is not on the wire.
 */
import type { PromptAttack } from '../harness/prompts.ts';

export const attack: PromptAttack = {
  at: 'attached',
  text: 'sk-left-in-an-interface-9876543210',
  must: 'absent',
};
