/**
 * What a write asks of the place where rows are. Two places keep this promise: PostgreSQL, and memory for mutants and
 * properties. The rules of writing (transaction.ts) are written once, over this.
 */
import type { ApprovalRule, Expression, Field, PermanentId, Refusal } from '#kernel';
import type { RowPage } from '../read/reader.ts';
import type { ListQuery, Page, RowsAsked } from '../list-query.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainRow } from '../row.ts';
import type { Sight } from '../sight.ts';
import type { ViewContract } from '#kernel';
import type { Complete } from './complete.ts';
import type { Keeper } from './keepers.ts';

export interface ApprovalState {
  readonly rule: ApprovalRule;
  /** Whether the rule asks for an approval of the row as it is now. */
  readonly needed: boolean;
  readonly amount: number | null;
  readonly approved: boolean;
  readonly approvedAmount: number | null;
}
/** A row as this transaction sees it, and what the rules of its generation say of it. */
export interface RowImage {
  /** Whole: sensitive fields, derived fields and lists included. */
  readonly row: PlainRow;
  /** Invariants that do not hold, by name. */
  readonly broken: ReadonlySet<string>;
  /** Fixed derived fields that follow their formula now. */
  readonly following: ReadonlySet<PermanentId>;
  readonly approvals: readonly ApprovalState[];
  /** What is kept of fixed derived fields, by field id; choices as ids. */
  readonly kept: { readonly [field: string]: unknown };
}

/** What other rows must say for a write to be allowed. */
export interface Demands {
  readonly references: readonly { readonly place: string; readonly to: PermanentId; readonly id: string }[];
  readonly unique: readonly { readonly field: Field; readonly value: unknown }[];
}
export interface RowWritten {
  /** What other rows say against it, by place. Where there is any, the transaction must not be committed with it. */
  readonly faults: { readonly [place: string]: string };
  readonly image: RowImage;
}

export interface WrittenNow {
  readonly id: string;
  readonly start: readonly string[];
}
export interface Among {
  readonly also: readonly string[];
  readonly without: readonly string[];
  /** All that the path leads back to, whether the written row counts for them or not. */
  readonly all: boolean;
}

export interface Rows {
  load(plan: EntityPlan, id: string): Promise<RowImage | null>;
  /** `version`: of a row that is made again; its image is to be loaded then. */
  insert(plan: EntityPlan, id: string, complete: Complete, demands: Demands, version?: number): Promise<RowWritten>;
  update(plan: EntityPlan, before: RowImage, complete: Complete, demands: Demands): Promise<RowWritten>;
  /** Names of what still refers to the row ("order.customer"); none where it was removed. */
  remove(plan: EntityPlan, before: RowImage): Promise<readonly string[]>;
  /** Sets what is kept of fixed derived fields, by field id; images of the row are to be loaded anew. */
  keep(plan: EntityPlan, id: string, values: { readonly [field: string]: unknown }): Promise<void>;
  /** Which of these conditions hold of the row as this transaction sees it; they may read `row` and `caller`. */
  holds(plan: EntityPlan, id: string, conditions: readonly Expression[]): Promise<readonly boolean[]>;
  saveApproval(rule: ApprovalRule, id: string, amount: number | null): Promise<void>;
  get(entity: PermanentId, id: string, sight: Sight): Promise<PlainRow | Refusal>;
  list(entity: PermanentId, query: ListQuery, sight: Sight): Promise<RowPage | Refusal>;
  count(entity: PermanentId, asked: RowsAsked, sight: Sight): Promise<number | Refusal>;
  view(view: ViewContract, page: { readonly cursor?: string; readonly limit?: number }, sight: Sight): Promise<Page | Refusal>;
  /**
   * Rows whose promise reads the written row now: of those that the keeper's path leads back to from `start` (the written row, or what it
   * refers to where the path ends in rows that refer), but not the written row itself, those for which it counts.
   */
  promising(keeper: Keeper, written: WrittenNow, most: number): Promise<readonly { readonly id: string; readonly broken: boolean }[]>;
  /** Of those, and of `also` among them, rows whose promise is broken now; but not `without`. */
  breaking(keeper: Keeper, written: WrittenNow, among: Among): Promise<string | undefined>;
  /** Runs `body`; where it answers a refusal, nothing that it wrote stays. */
  undoable<Value>(body: () => Promise<Value | Refusal>): Promise<Value | Refusal>;
}
