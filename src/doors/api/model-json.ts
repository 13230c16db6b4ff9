/**
 * GET /_theseus/model: the generation that serves, as a page needs it to browse, edit and call it. Types alone. Values in
 * rows have the API's JSON shapes (money `{ amount, currency }`, decimals text, instants ISO text, references the row id).
 */
import type { Json } from '#kernel';
import type { Rights } from './resources.ts';

export interface ModelJson {
  readonly generation: string;
  readonly activation: number;
  readonly name: string;
  readonly currency: { readonly code: string; readonly digits: number };
  readonly timeZone: string;
  readonly locale: string;
  readonly roles: readonly { readonly name: string; readonly read: boolean; readonly write: boolean; readonly sensitive: boolean }[];
  readonly may: Rights;
  readonly entities: readonly EntityJson[];
  readonly operations: readonly OperationJson[];
  readonly views: readonly ViewJson[];
  /** What runs unasked: how it fares stands at /_theseus/unasked, for those who steer. */
  readonly reactions: readonly { readonly id: string; readonly name: string; readonly label: string; readonly event: string }[];
  readonly jobs: readonly {
    readonly id: string;
    readonly name: string;
    readonly label: string;
    readonly cron: string;
    readonly timeZone: string;
  }[];
}
export interface EntityJson {
  readonly id: string;
  readonly name: string;
  readonly plural: string;
  /** For people: "Order", "Orders". */
  readonly label: string;
  readonly pluralLabel: string;
  /** `/api/orders` */
  readonly path: string;
  /** Name of the field that names a row to a person. */
  readonly title: string;
  readonly fields: readonly FieldJson[];
  /** Names of the operations on one of its rows. */
  readonly operations: readonly string[];
  readonly approvals: readonly ApprovalJson[];
  /** Transitions of its workflows that no operation makes: called like operations on one of its rows. */
  readonly moves: readonly OperationJson[];
}
/** Until a caller in `role` has approved the row (POST <path>/<id>/approve), its field `before` and operations on it are refused. */
export interface ApprovalJson {
  readonly name: string;
  readonly label: string;
  readonly role: string;
  readonly before: string;
  readonly may: boolean;
}

export type Widget =
  | 'text'
  | 'textarea'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'checkbox'
  | 'date'
  | 'instant'
  | 'duration'
  | 'email'
  | 'url'
  | 'select'
  | 'reference'
  | 'list'
  | 'json';

export interface FieldJson {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly widget: Widget;
  readonly required: boolean;
  readonly unique: boolean;
  readonly sensitive: boolean;
  /** Computed: `live` follows its inputs, `fixed` is kept once its condition has ended. Not writable. */
  readonly derived: 'live' | 'fixed' | null;
  /** What a new row gets: a literal, or true in `defaultComputed`. */
  readonly default: Json;
  readonly defaultComputed: boolean;
  /** Of texts the characters, of numbers, money, dates the value, as the API writes them. */
  readonly min: number | string | null;
  readonly max: number | string | null;
  readonly scale: number | null;
  readonly unit: string | null;
  /** `by`: the operation that alone may set it, once the row exists. */
  readonly choices: readonly { readonly name: string; readonly label: string; readonly by: string | null }[] | null;
  /** Of a choice that goes by a workflow: where a row begins, and where each state leads. */
  readonly workflow: { readonly starts: string; readonly ways: readonly { readonly from: string; readonly to: string }[] } | null;
  /** Of a reference. */
  readonly to: { readonly entity: string; readonly path: string; readonly title: string } | null;
  /** Of a list: its item. */
  readonly item: { readonly name: string; readonly label: string; readonly fields: readonly FieldJson[] } | null;
}
export interface OperationJson {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** Name of the entity on a row of which it acts; its path then holds `{id}`. */
  readonly on: string | null;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly status: number;
  readonly input: readonly FieldJson[];
  /** Name of the entity that it answers a row of, or its own fields, or null. */
  readonly output: { readonly row: string } | { readonly fields: readonly FieldJson[] } | null;
  /** Empty: whoever may write. */
  readonly roles: readonly string[];
  readonly may: boolean;
  /** `to` is null where guards decide between several states. */
  readonly transition: { readonly field: string; readonly from: readonly string[]; readonly to: string | null } | null;
}
export interface ViewJson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** `/api/views/unpaid-invoices-by-customer` */
  readonly path: string;
  readonly from: string;
  readonly columns: readonly {
    readonly name: string;
    readonly label: string;
    readonly widget: Widget;
    readonly aggregate: string | null;
    readonly scale: number | null;
    readonly to: string | null;
  }[];
  readonly order: readonly { readonly column: string; readonly direction: 'ascending' | 'descending' }[];
  readonly limit: number | null;
  readonly show: 'table' | 'number';
}
