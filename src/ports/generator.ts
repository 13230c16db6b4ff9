/** Who writes candidates: the built-in sentences, a model, an agent, a person. All hand in the same thing. */
import type { Digest, EntityContract, Json, Refusal, RefusalCode, RiskClass, Scope } from '#kernel';
import type { AcceptanceExample, ChangeRequest, Citation, Decision, Option, Understanding } from '#change';

/** What a generator may look at. `reading` is the SystemReading of the base generation, `sources` its files. */
export interface GeneratorContext {
  readonly reading: Json;
  readonly sources: { readonly [path: string]: string };
  /** Counts rows of the live system that a condition would touch; values never leave the machine. */
  readonly count: (entity: string, where: Json | null) => Promise<number>;
  /** What the entity would newly ask of rows that do not meet it: "3 rows have no value in email", and whether they may stay so. Absent where there are no rows to ask. */
  readonly unmet?: (next: EntityContract) => Promise<readonly { readonly broken: string; readonly stay: boolean }[]>;
  readonly change: string;
  readonly today: string;
  /** For generators that do not know all of the system; the built-in sentences need none of it. */
  readonly aid?: GeneratorAid;
}
export interface GeneratorAid {
  /** The request as it was made: a proposal's files, examples that bind. */
  readonly request: ChangeRequest;
  /** Earlier requests and answers of this conversation, oldest first. */
  readonly conversation: readonly Turn[];
  /** Knowledge about a question within so many tokens, each piece with what it is cited as. */
  readonly retrieve: (question: string, tokens: number) => Promise<readonly Piece[]>;
  /** What was looked up once the scope was known; empty before that. */
  readonly pieces: readonly Piece[];
  /** Which of several candidates that are written side by side: from 0. */
  readonly variant: number;
  /** Candidates of this change that the gates refused, oldest first. */
  readonly attempts: readonly Attempt[];
  /** The files of an earlier generation: what an author saw who wrote on it. */
  readonly sourcesOf: (generation: Digest) => Promise<{ readonly [path: string]: string }>;
  /** Aborted where somebody stops the change. */
  readonly signal: AbortSignal;
}
export interface Turn {
  readonly request: string;
  readonly answer: string;
}
export interface Piece extends Citation {
  readonly text: string;
}
/** What came of a candidate: the failures as text with witnesses. Of hidden examples it says that one failed, and not which. */
export interface Attempt {
  readonly files: { readonly [path: string]: string | null };
  readonly failures: readonly string[];
}
/** An option that was weighed with figures, by whoever measured. */
export type Weighed = Decision['options'][number];
export type Understood =
  | {
      readonly kind: 'understood';
      readonly echo: readonly string[];
      readonly notes: readonly string[];
      readonly scope: Scope;
      readonly risk: RiskClass;
      readonly plan: Json;
      /** Examples that the candidate must meet, whoever writes it. */
      readonly acceptance?: readonly AcceptanceExample[];
      readonly weighed?: readonly Weighed[];
    }
  | { readonly kind: 'nothing-to-do'; readonly echo: readonly string[]; readonly why: string; readonly weighed?: readonly Weighed[] }
  | { readonly kind: 'question'; readonly why: string; readonly options: readonly Option[] }
  /** `words`: positions of the words without a role; `nearest`: a sentence that would be understood. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      readonly words?: readonly { readonly word: string; readonly at: number }[];
      readonly nearest?: readonly string[];
      /** Where it is no judgement of the request: a budget, a model that cannot be reached or did not answer usably. Another generator may do better. */
      readonly code?: RefusalCode;
      readonly weighed?: readonly Weighed[];
    };

export interface Generator {
  /** `sentences`, `handed-in`, or `model/<name>`. */
  readonly name: string;
  /** Present where a candidate that the gates refused is worth writing again: how often at most, and how many are written side by side at first. */
  readonly tries?: { readonly repairs: number; readonly variants: number };
  understand(request: string, context: GeneratorContext): Promise<Understood>;
  /** `plan` is what `understand` answered. A refusal ends the attempt: a budget, a model that gave up or cannot be reached. */
  generate(plan: Json, context: GeneratorContext): Promise<Generated | Refusal>;
  /** The plan of what was understood earlier, with these examples that it may see: where an asker has answered about them, nothing is understood again. */
  planAgain?(request: string, understanding: Understanding, examples: readonly AcceptanceExample[]): Json;
}
/** New text of each file that changes, tests included; null removes a file. */
export interface Generated {
  readonly files: { readonly [path: string]: string | null };
  readonly notes: readonly string[];
  /** Examples that bind it, and that it says cannot hold. It alters none of them by saying so: the asker is asked. */
  readonly disputes?: readonly Dispute[];
}
export interface Dispute {
  readonly component: string;
  /** Of an example that the generator was shown. */
  readonly name: string;
  /** In its own words: data, for a person. */
  readonly why: string;
}
