/**
 * Tries: a model that obeys and writes beside the system.
 * Must: it is refused before any gate.
 */
import type { PromptAttack } from '../harness/prompts.ts';

export const attack: PromptAttack = {
  obeys: { generate: { say: JSON.stringify({ kind: 'candidate', files: [{ path: 'entities/../../../tmp/x.ts', text: 'x' }] }) } },
  must: 'refused',
};
