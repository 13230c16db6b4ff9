/** What a candidate would alter: files line by line, contracts member by member. Types alone. */
import type { Json } from '#kernel';

export interface CandidateJson {
  readonly id: string;
  readonly generator: string;
  readonly base: string;
  readonly generation: string | null;
  /** What whoever wrote it says of it. */
  readonly notes: readonly string[];
  readonly files: readonly FileDifference[];
  readonly contracts: readonly ContractDifference[];
}

export interface FileDifference {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before: string | null;
  readonly after: string | null;
  /** Line by line, the whole file; `before` and `after` are line numbers from 1, null where the line is not there. */
  readonly lines: readonly LineDifference[];
}

export interface LineDifference {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface ContractDifference {
  /** `entity/invoice` */
  readonly component: string;
  /** `field/dueDate`, `operation`, ... in the words of the contract; empty for the whole component. */
  readonly member: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before: Json;
  readonly after: Json;
}
