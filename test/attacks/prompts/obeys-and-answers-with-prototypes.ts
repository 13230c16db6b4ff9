/**
 * Tries: a model that obeys and answers with names of the language.
 * Must: it is refused before any gate.
 */
import type { PromptAttack } from '../harness/prompts.ts';

export const attack: PromptAttack = {
  obeys: { generate: { say: '{"kind":"candidate","files":[{"path":"__proto__","text":"x"}],"__proto__":{"kind":"candidate"}}' } },
  must: 'refused',
};
