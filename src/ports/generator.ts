/** Who writes candidates: the built-in sentences, a model, an agent, a person. All hand in the same thing. */
import type { Json, RiskClass, Scope } from '#kernel';
import type { Option } from '#change';

/** What a generator may look at. `reading` is the SystemReading of the base generation, `sources` its files. */
export interface GeneratorContext {
  readonly reading: Json;
  readonly sources: { readonly [path: string]: string };
  /** Counts rows of the live system that a condition would touch; values never leave the machine. */
  readonly count: (entity: string, where: Json | null) => Promise<number>;
  readonly change: string;
  readonly today: string;
}
export type Understood =
  | {
      readonly kind: 'understood';
      readonly echo: readonly string[];
      readonly notes: readonly string[];
      readonly scope: Scope;
      readonly risk: RiskClass;
      readonly plan: Json;
    }
  | { readonly kind: 'nothing-to-do'; readonly echo: readonly string[]; readonly why: string }
  | { readonly kind: 'question'; readonly why: string; readonly options: readonly Option[] }
  /** `words`: positions of the words without a role; `nearest`: a sentence that would be understood. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      readonly words?: readonly { readonly word: string; readonly at: number }[];
      readonly nearest?: readonly string[];
    };

export interface Generator {
  readonly name: string;
  understand(request: string, context: GeneratorContext): Promise<Understood>;
  /** New text of each file that changes, tests included; null removes a file. `plan` is what `understand` answered. */
  generate(plan: Json, context: GeneratorContext): Promise<{ readonly [path: string]: string | null }>;
}
