/**
 * Budgets, asked before each call of a model: what a call may cost at most is held back until it is known what it did cost. A
 * call that would break a budget is refused and never made.
 */
import type { Spent, StepName, Tokens } from '#change';
import type { ChangeId, Refusal } from '#kernel';

export interface Intended {
  readonly change: ChangeId;
  readonly phase: StepName;
  /** Of the model, as the configuration calls it. */
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  /** At most: estimated for the input, the cap of the call for the output. */
  readonly tokens: Tokens;
}
export interface Reservation {
  readonly id: string;
}
export interface Spending {
  /** Refused as `over-budget`, naming the budget, what is left of it and what the call may cost. */
  reserve(intended: Intended): Promise<Reservation | Refusal>;
  /** `tokens` null: the provider gave no figures, and what was held back counts as spent. Settling twice is harmless. */
  settle(reservation: Reservation, tokens: Tokens | null, wallMs: number): Promise<Spent>;
}
