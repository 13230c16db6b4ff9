/** Evidence: the result of one gate, tied by digest to exactly what it looked at. `unknown` is never a pass. */
import type { Digest } from './brand.ts';
import type { Cover } from './cover.ts';
import type { Json } from './json.ts';

export type GateName =
  | 'parse'
  | 'types'
  | 'contract'
  | 'examples'
  | 'properties'
  | 'mutation'
  | 'proof'
  | 'workflow'
  | 'replay'
  | 'migration'
  | 'security'
  /** What it costs to answer, before and after: counts of a trial. */
  | 'quality';
export type Verdict = 'pass' | 'fail' | 'unknown';
/** How a statement was shown, strongest first. */
export type ShownBy = 'proved' | 'exhausted' | 'tested' | 'carried' | 'checked' | 'not-shown';

export interface Finding {
  /** A statement that a person can read. */
  readonly statement: string;
  readonly verdict: Verdict;
  readonly shownBy: ShownBy;
  readonly witness?: Json;
  /** What limits it: "100 generated rows, seed 7". */
  readonly bound?: string;
  /** What it speaks of is shown to be as it was for no row: it is asked for as what is wide. */
  readonly wide?: true;
  /** How much of what is there a stated region covers. What it means is the kernel's to decide. */
  readonly covers?: Cover;
}
export interface Evidence {
  readonly gate: GateName;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Digests of what it looked at: sources, contracts, tests, the base generation. */
  readonly looked: readonly Digest[];
  /** Name and version of the engine that looked. */
  readonly engine: string;
  /** Processor and wall milliseconds. */
  readonly cost: { readonly cpuMs: number; readonly wallMs: number };
}
