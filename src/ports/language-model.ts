/**
 * A language model at some provider. One call, one answer: finished, whole and valid by the schema, or a refusal that says why.
 * Never a retry that costs money without a reservation, never a key in what is said or thrown.
 */
import type { StepName, Tokens } from '#change';
import type { Json, Refusal } from '#kernel';

export interface ModelCall {
  readonly change: string;
  readonly phase: StepName;
  /** What the model is told to be and to keep to. */
  readonly instructions: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** JSON Schema 2020-12 of the answer. */
  readonly schema: Json;
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}
export interface ModelAnswer {
  /** Valid by the schema of the call. */
  readonly value: Json;
  readonly tokens: Tokens | null;
}
export interface LanguageModel {
  /** As the configuration calls it. */
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  call(call: ModelCall): Promise<ModelAnswer | Refusal>;
}
