/** One difference between two versions of a contract. */
import type { Json } from '#kernel';

export interface ContractDifference {
  /** `entity/order#field/total`, `operation/cancelOrder#input`, or the component itself: `view/unpaid`. */
  readonly member: string;
  /** For a person: "is required now". */
  readonly change: string;
  readonly compatible: boolean;
  /** A value or call that was good before and is not now. */
  readonly witness?: Json;
}
