/** What the generator is given to know: looked up once the scope is known, cited in the change, within a budget of tokens. */
import type { Digest, Json } from '#kernel';
import type { Piece, Understood } from '#ports';
import type { ChangeParts } from './parts.ts';

export interface RetrieveInput {
  readonly base: Digest;
  readonly question: string;
  readonly understood: Extract<Understood, { kind: 'understood' }>;
}
/** What a generator may be given at most. */
const TOKENS = 4_000;

export async function retrieve({ base, question, understood }: RetrieveInput, parts: ChangeParts): Promise<readonly Piece[]> {
  if (parts.knowledge === undefined) return [];
  const { reading, files } = await parts.base(base);
  return parts.knowledge.find({
    question,
    tokens: TOKENS,
    components: understood.scope.components,
    reading: reading as unknown as Json,
    sources: files,
  });
}
