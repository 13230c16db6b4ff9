/** A mutant as the gate tries it: a component wrong in one place, and the branch whose examples should notice. */
import type { Expression } from '#kernel';
import type { ComponentKey, ReadComponent } from '#model';
import type { HeldField, ShownField } from './declared-mutant.ts';

export interface Trying {
  readonly branch: string;
  readonly place: string;
  readonly what: string;
  readonly component: ReadComponent;
  /** For bodies: the mutant that is on. */
  readonly mutant?: { readonly component: ComponentKey; readonly id: string };
  /** For formulas over a row: what was and what is, so that a proof can say that the two give the same. */
  readonly formula?: { readonly before: Expression; readonly after: Expression };
  /** What an example must show for this to be noticed, in words. */
  readonly missing?: string;
  /** `of-most`: its living alone fails nothing. `not`: it is not tried, and that is said. */
  readonly asked?: 'of-most' | 'not';
  /** Asked for by itself alone, and not one of those of which most must be noticed. */
  readonly apart?: true;
  /** Nothing but such a step shows it: one in which time passes, or that looks at what went out. */
  readonly shownBy?: 'time' | 'what-left';
  /** What a row must have to show it. */
  readonly shown?: ShownField;
  /** What a row is held to. */
  readonly held?: HeldField;
}
