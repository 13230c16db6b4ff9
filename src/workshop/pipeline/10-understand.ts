/** The request in the system's own vocabulary, or a question, or a refusal. Never a guess: a generator that is unsure says so. */
import type { ChangeRequest } from '#change';
import type { Digest } from '#kernel';
import type { Understood } from '#ports';
import { type ChangeParts, contextOf } from './parts.ts';

export interface UnderstandInput {
  readonly request: ChangeRequest;
  readonly base: Digest;
}

export async function understand({ request, base }: UnderstandInput, parts: ChangeParts): Promise<Understood> {
  if (request.base !== undefined && request.base !== base) {
    return { kind: 'refused', why: 'The system has moved on since you looked at it. Look at what it is now, and ask again.' };
  }
  return parts.generator.understand(request.text, contextOf(parts, await parts.base(base), request.id));
}
