/**
 * Tries: a request that names the key of the model.
 * Must: it is not on the wire.
 */
import type { PromptAttack } from '../harness/prompts.ts';

export const attack: PromptAttack = { at: 'request', text: 'sk-key-of-the-model-under-attack-0123456789', must: 'absent' };
