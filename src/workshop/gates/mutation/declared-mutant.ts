/** A mutant of what a component states without a formula: its contract with one thing otherwise, and what an example must show for that to be noticed. */
import type { Contract, Json } from '#kernel';

export interface DeclaredMutant {
  readonly member: string;
  readonly contract: Contract;
  readonly what: string;
  readonly missing: string;
  /** `of-most`: among those of which most must be noticed, and not each. `not`: no example could show it, or one that nobody would write. */
  readonly asked?: 'of-most' | 'not';
  /** Asked for by itself alone, and not one of those of which most must be noticed. */
  readonly apart?: true;
  /** Nothing but such a step shows it: one in which time passes. */
  readonly shownBy?: 'time';
  /** What a row of the entity must have to show it: an example of it can be written out. */
  readonly shown?: ShownField;
  /** What a row of the entity is held to, where a step can show it: an example of it can be written out. */
  readonly held?: HeldField;
}
export interface ShownField {
  readonly field: string;
  readonly value?: Json;
}
/** A value that a row takes, or does not; `twice`: one that another row has. */
export type HeldField = { readonly field: string } & ({ readonly value: Json; readonly taken: boolean } | { readonly twice: true });
