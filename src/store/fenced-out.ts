/**
 * A write that came for an activation that is closed. Nothing was written; as long as the caller has seen no answer, the
 * same call is run again on the generation that is routed now. A Fault with the code `serialization`, known by `fencedOut`.
 */
import { Fault } from '#kernel';

export class FencedOut extends Fault {
  readonly fencedOut = true;
  readonly activation: number;
  constructor(activation: number) {
    super('serialization', `Activation ${activation} is closed: the call has to be run again on the routed generation.`);
    this.activation = activation;
  }
}
export const isFencedOut = (error: unknown): error is FencedOut =>
  error instanceof Fault && 'fencedOut' in error && error.fencedOut === true;
