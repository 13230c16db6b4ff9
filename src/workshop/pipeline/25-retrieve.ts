/** What the generator is given to know: looked up once the scope is known, cited in the change, within a budget of tokens. */
import type { Digest, Json } from '#kernel';
import type { Piece, Understood } from '#ports';
import type { ChangeParts } from './parts.ts';

export interface RetrieveInput {
  readonly change: string;
  readonly base: Digest;
  readonly question: string;
  readonly understood: Extract<Understood, { kind: 'understood' }>;
}
export interface Retrieved {
  readonly pieces: readonly Piece[];
  /** What could not be looked up, and why. */
  readonly without: readonly string[];
}
/** What a generator may be given at most. */
const TOKENS = 4_000;

export async function retrieve({ change, base, question, understood }: RetrieveInput, parts: ChangeParts): Promise<Retrieved> {
  if (parts.knowledge === undefined) return { pieces: [], without: [] };
  const without: string[] = [];
  const { reading, files } = await parts.base(base);
  const pieces = await parts.knowledge.find({
    change,
    question,
    tokens: TOKENS,
    components: understood.scope.components,
    reading: reading as unknown as Json,
    sources: files,
    without: (what) => void without.push(what),
  });
  return { pieces, without };
}
