/** What a run of a change is given: everything outside that its stages may touch, by port. */
import type { AcceptanceExample, ChangeRequest } from '#change';
import type { Digest, EntityContract, Json } from '#kernel';
import type { Engines, GateInput } from '#gates';
import type {
  Attempt,
  ChangeLog,
  Generator,
  GeneratorContext,
  Knowledge,
  LivePromises,
  PastCosts,
  Piece,
  Router,
  Signer,
  Turn,
} from '#ports';

export interface ChangeParts {
  readonly log: ChangeLog;
  /** Tried in their order, or in that of `router`: each understands a request wholly, or says that it does not. */
  readonly generators: readonly Generator[];
  /** Takes code that comes with a request; absent: such a request is refused. */
  readonly handedIn?: Generator;
  /** Absent: generators are tried in their order. */
  readonly router?: Router;
  /** Why nobody could be asked for what the built-in sentences do not understand; absent where somebody can. */
  readonly beyond?: string;
  /** Absent: nothing is looked up. */
  readonly knowledge?: Knowledge;
  /** Absent: what a change will cost is unknown. */
  readonly pastCosts?: PastCosts;
  readonly engines: Engines;
  readonly signer: Signer;
  readonly clock: () => number;
  /** Today in the system's time zone, as 2026-01-31. */
  readonly today: (timeZone: string) => string;
  /** Rows of the live system that a condition would touch. */
  readonly count: (entity: string, where: Json | null) => Promise<number>;
  /** A generation as gates see it, kept warm. */
  readonly base: (generation: Digest) => Promise<GateInput>;
}

/** What a request brings with it, and what became of it so far. */
export interface Situation {
  readonly request: ChangeRequest;
  readonly conversation: readonly Turn[];
  readonly pieces: readonly Piece[];
  readonly attempts: readonly Attempt[];
  readonly variant: number;
  readonly signal: AbortSignal;
}

const unmetIn =
  (rows: LivePromises, base: Digest) =>
  async (next: EntityContract): Promise<readonly { readonly broken: string; readonly stay: boolean }[]> =>
    (await rows.asked(base, next)).flatMap(({ broken, stay }) => (broken === null ? [] : [{ broken, stay }]));

export const contextOf = (parts: ChangeParts, base: GateInput, situation: Situation): GeneratorContext => ({
  reading: base.reading as unknown as Json,
  sources: base.files,
  count: parts.count,
  ...(parts.engines.rows === undefined ? {} : { unmet: unmetIn(parts.engines.rows, base.generation.id) }),
  change: situation.request.id,
  today: parts.today(base.reading.settings.timeZone),
  aid: {
    ...situation,
    sourcesOf: parts.log.sources,
    retrieve: async (question, tokens) =>
      (await parts.knowledge?.find({
        question,
        tokens,
        components: [],
        reading: base.reading as unknown as Json,
        sources: base.files,
        change: situation.request.id,
      })) ?? [],
  },
});

/** Examples that bind: of the asker, who wins where both have one of a name, and of whoever understood the request. */
export function bindingExamples(request: ChangeRequest, understood: readonly AcceptanceExample[] = []): readonly AcceptanceExample[] {
  const stated = request.acceptance ?? [];
  const names = new Set(stated.map(nameOf));
  return [...stated, ...understood.filter((example) => !names.has(nameOf(example)))];
}
export const nameOf = (one: AcceptanceExample): string => `${one.component} ${exampleName(one)}`;
export function exampleName({ example }: AcceptanceExample): string {
  const name = typeof example === 'object' && example !== null && 'name' in example ? example['name'] : undefined;
  return typeof name === 'string' ? name : '';
}
