/** What is handed in by an agent or a person, and what it is once it is complete. Types alone, so that every process may name them. */
import type { SourceFiles, SourceProblem } from '../reading.ts';
import type { HeadFacts } from './fill-head.ts';

export interface HandedIn {
  readonly files: { readonly [path: string]: string | null };
  /** The texts of the base at the same paths. */
  readonly base: SourceFiles;
  /** Permanent ids of the whole base, each with a path where it stands. */
  readonly taken: { readonly [id: string]: string };
  readonly head: HeadFacts;
}
export interface Completed {
  readonly files: { readonly [path: string]: string | null };
  /** `entities/order.ts fields/dueDate f_7k2m` of each id that was given. */
  readonly given: readonly string[];
  /** `entities/order.ts notes f_7k2m` of each field that went and whose id and number are kept. */
  readonly retired: readonly string[];
  /** Ids and numbers that were changed or used again. */
  readonly problems: readonly SourceProblem[];
}
