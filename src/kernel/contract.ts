/** Contracts: what a component promises, by kind. Read from its syntax by language/model, never executed. */
import type { PermanentId } from './brand.ts';
import type { Field } from './field.ts';
import type { Expression } from './rule-ir.ts';

export type ComponentKind = 'entity' | 'rule' | 'operation' | 'view';

export interface Invariant {
  readonly name: string;
  readonly holds: Expression;
  readonly message: string;
}

export interface EntityContract {
  readonly kind: 'entity';
  readonly id: PermanentId;
  /** camelCase singular. */
  readonly name: string;
  /** camelCase plural; its kebab-case is the path under /api. */
  readonly plural: string;
  readonly fields: readonly Field[];
  /** Hidden fields: removed in this generation, kept in the data; their ids and numbers are never given again. */
  readonly retired: readonly { readonly id: PermanentId; readonly no: number; readonly name: string }[];
  /** The field that names a row to a person. */
  readonly title: string;
  readonly invariants: readonly Invariant[];
}

/** A pure decision: named inputs to one value. Calls from other components are inlined when the model is read. */
export interface DecisionRule {
  readonly kind: 'rule';
  readonly form: 'decision';
  readonly id: PermanentId;
  readonly name: string;
  /** The entity whose row is its input, and the field that it governs. */
  readonly on: PermanentId;
  readonly governs: PermanentId;
  readonly decide: Expression;
  readonly ensures: readonly Invariant[];
}
/** Until a caller in `role` has approved the row, its `before` field (a state) and every operation on it are refused. */
export interface ApprovalRule {
  readonly kind: 'rule';
  readonly form: 'approval';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: PermanentId;
  readonly role: string;
  readonly when: Expression;
  /** What was approved; an approval covers a row while this does not grow over what it was then. */
  readonly amount?: Expression;
  readonly before: PermanentId;
}
export type RuleContract = DecisionRule | ApprovalRule;

export type DataAccess = 'read' | 'create' | 'update' | 'delete';
export type Capability =
  | {
      readonly kind: 'data';
      readonly entity: PermanentId;
      readonly access: readonly DataAccess[];
      readonly sensitive: readonly PermanentId[];
    }
  | { readonly kind: 'emit'; readonly event: string }
  | { readonly kind: 'call'; readonly operation: PermanentId };

/** Caps of one call. The hard limits, above which no contract and no policy goes, stand in caps.ts. */
export interface Caps {
  readonly wallMs: number;
  readonly capabilityCalls: number;
  readonly rows: number;
  readonly bytes: number;
}

export interface OperationContract {
  readonly kind: 'operation';
  readonly id: PermanentId;
  readonly name: string;
  /** Where it acts on one row: that entity; its path then holds {id}. */
  readonly on?: PermanentId;
  readonly http: { readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly path: string; readonly status: number };
  readonly input: readonly Field[];
  /** The row it answers with, or own fields, or nothing. */
  readonly output: { readonly row: PermanentId } | { readonly fields: readonly Field[] } | null;
  readonly capabilities: readonly Capability[];
  /** Roles that may call it; empty: whoever may write the entity. */
  readonly roles: readonly string[];
  /** The state change that it alone may make: a plain update of `field` to `to` is then refused. */
  readonly transition?: { readonly field: PermanentId; readonly from: readonly PermanentId[]; readonly to: PermanentId };
  readonly caps: Caps;
}

export interface ViewColumn {
  readonly name: string;
  readonly label: string;
  readonly value: Expression;
  readonly aggregate?: 'sum' | 'count' | 'average' | 'smallest' | 'largest';
}
export interface ViewContract {
  readonly kind: 'view';
  readonly id: PermanentId;
  readonly name: string;
  readonly title: string;
  readonly from: PermanentId;
  /** Input `row` is the row of `from`. */
  readonly where?: Expression;
  /** Columns without `aggregate` are the group, where any column has one. */
  readonly columns: readonly ViewColumn[];
  readonly order: readonly { readonly column: string; readonly direction: 'ascending' | 'descending' }[];
  readonly limit?: number;
  readonly show: 'table' | 'number';
}

export type Contract = EntityContract | RuleContract | OperationContract | ViewContract;
