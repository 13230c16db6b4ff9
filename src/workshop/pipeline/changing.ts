/** A change under way: what its stages share, and how a round of it can end. */
import type { ChangeEvent, ChangeRequest, Outcome } from '#change';
import type { NewChangeEvent, Run, Turn } from '#ports';
import type { Bases } from './bases.ts';
import type { ChangeParts } from './parts.ts';
import type { Resumed } from './resumed.ts';
import type { StageRunner } from './stage-runner.ts';

export type Ended = Omit<Extract<ChangeEvent, { kind: 'ended' }>, 'seq' | 'at' | 'change' | 'kind'>;
/** `elsewhere`: somebody else wrote the end, the kernel or who stopped it. */
export type RoundResult =
  | { readonly kind: 'ended'; readonly ended: Ended }
  | { readonly kind: 'elsewhere'; readonly outcome: Outcome }
  | { readonly kind: 'again' };
export interface Changing {
  readonly run: Run;
  readonly stages: StageRunner;
  readonly parts: ChangeParts;
  readonly bases: Bases;
  readonly request: ChangeRequest;
  readonly conversation: readonly Turn[];
  readonly signal: AbortSignal;
  /** Where it answers a question about examples: what it goes on from. */
  readonly resumed: Resumed | null;
}
export type Say = (event: Unaddressed, key: string) => Promise<void>;
type Unaddressed = NewChangeEvent extends infer Each ? (Each extends NewChangeEvent ? Omit<Each, 'change' | 'at'> : never) : never;
