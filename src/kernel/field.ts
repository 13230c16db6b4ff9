/** The closed field vocabulary. Each projection of it (JSON Schema, column, OpenAPI, form, ...) is one file of language/schema. */
import type { PermanentId } from './brand.ts';
import type { Json } from './json.ts';
import type { Expression } from './rule-ir.ts';

export interface Choice {
  readonly id: PermanentId;
  readonly name: string;
}

export type FieldType =
  /** `secret`: what somebody signs in with. Kept as a hash that nobody reads; a component holds a stand-in for it. */
  | { readonly kind: 'text'; readonly min?: number; readonly max?: number; readonly multiline?: boolean; readonly secret?: true }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  /** Bounds and values are decimal text such as "12.50"; `scale` digits after the point. */
  | { readonly kind: 'decimal'; readonly scale: number; readonly min?: string; readonly max?: string }
  /** Minor units of the system's currency; bounds are amounts as decimal text ("0.00"). */
  | { readonly kind: 'money'; readonly min?: string; readonly max?: string }
  | { readonly kind: 'quantity'; readonly unit: string; readonly scale: number; readonly min?: string; readonly max?: string }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date'; readonly min?: string; readonly max?: string }
  | { readonly kind: 'instant' }
  /** Whole milliseconds. */
  | { readonly kind: 'duration'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'email' }
  | { readonly kind: 'url' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  /** `to` is the permanent id of an entity. */
  | { readonly kind: 'reference'; readonly to: PermanentId }
  /** An owned entity: own table and row ids, written with its parent. `item` is its name in the singular ("line"). */
  | { readonly kind: 'list'; readonly item: string; readonly itemId: PermanentId; readonly fields: readonly Field[] }
  /** `shape`: a part of JSON Schema that is held; absent: any JSON. */
  | { readonly kind: 'json'; readonly shape?: Json };

export type FieldKind = FieldType['kind'];

export type Derivation =
  /** Follows its inputs and its formula always. */
  | { readonly mode: 'live'; readonly formula: Expression }
  /** Follows while `while` holds; the value at the moment when it ceases to hold is stored and kept; rows that have none stored show `otherwise`. */
  | { readonly mode: 'fixed'; readonly while: Expression; readonly formula: Expression; readonly otherwise: Expression };

export interface Field {
  readonly id: PermanentId;
  /** Protobuf field number: unique in its entity, never reused. */
  readonly no: number;
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly unique: boolean;
  readonly sensitive: boolean;
  /** A literal in the JSON shape of the API, or a formula over the new row. */
  readonly default?: { readonly literal: Json } | { readonly formula: Expression };
  readonly derived?: Derivation;
}
