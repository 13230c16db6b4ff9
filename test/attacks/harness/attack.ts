/** What an attack on a host is: the text of a hostile component and what must come of it. One attack a file, in the folder of its class. */
import type { Caps, Json, Refusal } from '#kernel';

export interface IsolateAttack {
  /** The body of `run`. It may use `deed(found)`, `take(what)` and `input.turn` (1, 2 ... of `turns`). */
  readonly body?: string;
  /** What stands before the component: code of the module. */
  readonly before?: string;
  /** The whole text, where its form is the attack. */
  readonly text?: string;
  /** The component is called so often, one call after the other; each call has a caller and a secret input of its own. */
  readonly turns?: number;
  readonly caps?: Partial<Caps>;
  readonly deadlineMs?: number;
  /** How each turn must end: held against what the machine heard. */
  readonly ends?: RegExp;
  /** Asks that may reach the broker; any other is a success of the attack. Without it: `log` alone. */
  readonly asks?: RegExp;
  readonly perform?: (capability: string, input: Json) => Promise<Json | Refusal>;
  /** More to look at. */
  readonly watch?: (seen: Seen) => void;
}
export interface Seen {
  /** How each turn ended, as text. */
  readonly outcomes: readonly string[];
  readonly asks: readonly { readonly capability: string; readonly input: Json }[];
  /** What the watchers saw of a success; empty where the attack was contained. */
  readonly sightings: readonly string[];
  readonly elapsedMs: number;
}
