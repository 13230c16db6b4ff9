/**
 * What a sentence asks for, as a typed tree. Names are those of the model (camelCase), numbers are decimal text.
 * Two sentences mean the same exactly when their trees are equal.
 */
import type { CallerMember } from '#kernel';

export interface Owner {
  readonly entity: string;
  readonly list?: string;
}
export type Choices = readonly string[];

export type TypeSpec =
  | { readonly kind: 'text' | 'decimal' | 'boolean' | 'date' | 'email' | 'url' }
  | { readonly kind: 'integer' | 'money'; readonly min?: string; readonly max?: string }
  | { readonly kind: 'choice'; readonly choices: Choices }
  | { readonly kind: 'reference'; readonly to: string }
  | { readonly kind: 'list'; readonly item: string; readonly fields: readonly FieldSpec[] };
/** A literal value: `number` and `money` hold decimal text, `choice` a name, `date` 2026-01-31 or "today". */
export type Literal =
  | { readonly is: 'number' | 'money' | 'choice' | 'date' | 'text'; readonly value: string }
  | { readonly is: 'yes' | 'no' };
export interface FieldSpec {
  readonly name: string;
  readonly type: TypeSpec;
  readonly required?: boolean;
  readonly unique?: true;
  readonly default?: Literal;
  /** It begins with who makes the row. */
  readonly caller?: CallerMember;
}

export type Comparison = 'over' | 'under' | 'atLeast' | 'atMost' | 'equal' | 'notEqual';
export type Arithmetic = 'plus' | 'minus' | 'times' | 'dividedBy';
export type Aggregate = 'sum' | 'count' | 'average' | 'largest' | 'smallest';

export type Formula =
  /** A field of the row, or of a row that it refers to: ["customer", "creditLimit"]. */
  | { readonly is: 'field'; readonly path: readonly string[] }
  | { readonly is: 'literal'; readonly literal: Literal }
  | { readonly is: 'today' }
  | { readonly is: 'arithmetic'; readonly op: Arithmetic; readonly left: Formula; readonly right: Formula }
  | { readonly is: 'percent'; readonly percent: string; readonly of: Formula }
  | { readonly is: 'aggregate'; readonly op: Aggregate; readonly over: Rows; readonly value?: Formula }
  | { readonly is: 'shift'; readonly of: Formula; readonly amount: number; readonly unit: 'days' | 'months' }
  | { readonly is: 'days'; readonly from: Formula; readonly to: Formula };
/** Rows that belong to this one: items of its list, or rows of `entity` whose reference `via` names it. */
export interface Rows {
  readonly list?: string;
  readonly entity?: string;
  readonly via?: string;
  readonly where: readonly Condition[];
}

export type Condition =
  | { readonly is: 'choice'; readonly path: readonly string[]; readonly among: Choices; readonly not?: true }
  | { readonly is: 'flag'; readonly path: readonly string[]; readonly value: boolean }
  | { readonly is: 'compare'; readonly left: Formula; readonly by: Comparison; readonly right: Formula }
  | { readonly is: 'present'; readonly path: readonly string[]; readonly value: boolean }
  | { readonly is: 'equals'; readonly path: readonly string[]; readonly text: string; readonly not?: true };

/** Rows that callers are held to: those that meet the conditions, and of them those that name the caller. */
export interface Held {
  readonly where: readonly Condition[];
  readonly own?: { readonly path: readonly string[]; readonly as: CallerMember };
}

export interface Column {
  readonly name: string;
  readonly path: readonly string[];
}

export type Request =
  | { readonly act: 'track'; readonly name: string; readonly plural: string; readonly fields: readonly FieldSpec[] }
  | { readonly act: 'stopTracking'; readonly entity: string }
  | { readonly act: 'addFields'; readonly owner: Owner; readonly fields: readonly FieldSpec[] }
  | { readonly act: 'renameField'; readonly owner: Owner; readonly field: string; readonly to: string }
  | { readonly act: 'removeField'; readonly owner: Owner; readonly field: string }
  | { readonly act: 'setRequired'; readonly owner: Owner; readonly field: string; readonly required: boolean }
  | { readonly act: 'setUnique'; readonly owner: Owner; readonly field: string; readonly unique: boolean }
  | { readonly act: 'setDefault'; readonly owner: Owner; readonly field: string; readonly value: Literal }
  /** Inclusive; a bound that is not named stays as it is. */
  | { readonly act: 'setBounds'; readonly owner: Owner; readonly field: string; readonly min?: string; readonly max?: string }
  | { readonly act: 'addChoices'; readonly owner: Owner; readonly field: string; readonly choices: Choices }
  | { readonly act: 'removeChoice'; readonly owner: Owner; readonly field: string; readonly choice: string }
  | { readonly act: 'derive'; readonly owner: Owner; readonly field: string; readonly formula: Formula }
  /** A yes/no that follows from conditions: "an invoice is overdue when ...". */
  | { readonly act: 'deriveFlag'; readonly owner: Owner; readonly field: string; readonly when: readonly Condition[] }
  | { readonly act: 'defaultFormula'; readonly owner: Owner; readonly field: string; readonly formula: Formula }
  | {
      readonly act: 'discount';
      readonly entity: string;
      readonly where: readonly Condition[];
      readonly off: { readonly percent: string } | { readonly amount: string };
    }
  | {
      readonly act: 'approval';
      readonly entity: string;
      readonly where: readonly Condition[];
      readonly role: string;
      readonly before: string;
    }
  | {
      readonly act: 'limit';
      readonly entity: string;
      readonly where: readonly Condition[];
      readonly left: Formula;
      readonly by: Comparison;
      readonly right: Formula;
    }
  | {
      readonly act: 'allow';
      readonly entity: string;
      readonly field: string;
      readonly to: string;
      readonly from: Choices;
      readonly roles: readonly string[];
      readonly effects: readonly Effect[];
    }
  | { readonly act: 'restrict'; readonly entity: string; readonly operation: string; readonly roles: readonly string[] }
  | {
      readonly act: 'show';
      readonly view: string;
      readonly entity: string;
      readonly where: readonly Condition[];
      readonly by?: Column;
      readonly columns: readonly Column[];
      readonly order?: Order;
      readonly limit?: number;
      readonly figure?: 'count' | 'sum';
    }
  | { readonly act: 'stopShowing'; readonly view: string }
  /** Runs after something happened to a row. */
  | {
      readonly act: 'react';
      readonly entity: string;
      readonly trigger: Trigger;
      /** Of the rows to which it happens, those that meet this now. */
      readonly where: readonly Condition[];
      readonly deeds: readonly Deed[];
    }
  /** Runs on a schedule, over the rows that meet the conditions. */
  | {
      readonly act: 'schedule';
      readonly cron: string;
      readonly timeZone: string;
      readonly catchUp: 'none' | 'last' | 'all';
      readonly entity: string;
      readonly where: readonly Condition[];
      readonly deeds: readonly Deed[];
    }
  | {
      readonly act: 'reschedule';
      readonly name: string;
      readonly cron: string;
      readonly timeZone: string;
      readonly catchUp: 'none' | 'last' | 'all';
    }
  | { readonly act: 'stopUnasked'; readonly kind: 'reaction' | 'job'; readonly name: string }
  /** The whole way of rows through the states of a choice; the first state is where they begin. */
  | { readonly act: 'flow'; readonly entity: string; readonly field: string; readonly ways: readonly Way[] }
  | { readonly act: 'addWay'; readonly entity: string; readonly field: string; readonly from: Choices; readonly to: string }
  | { readonly act: 'removeWay'; readonly entity: string; readonly field: string; readonly from: Choices; readonly to: string }
  /** Who may bring rows there; `from` nothing: from wherever a way leads there. */
  | {
      readonly act: 'wayBy';
      readonly entity: string;
      readonly field: string;
      readonly from: Choices;
      readonly to: string;
      readonly roles: readonly string[];
    }
  | {
      readonly act: 'wayWhen';
      readonly entity: string;
      readonly field: string;
      readonly from: Choices;
      readonly to: string;
      readonly when: readonly Condition[];
    }
  /** The clock does it, once a row has stood in the state so long. */
  | {
      readonly act: 'wayAfter';
      readonly entity: string;
      readonly field: string;
      readonly from: string;
      readonly to: string;
      readonly count: number;
      readonly unit: 'minutes' | 'hours' | 'days';
    }
  /** What no row may ever become: before it was something, or once it was. */
  | {
      readonly act: 'neverWay';
      readonly entity: string;
      readonly field: string;
      readonly reach: string;
      readonly by: 'without' | 'after';
      readonly state: string;
    }
  | { readonly act: 'stopFlow'; readonly entity: string; readonly field: string }
  /** Who sees, or changes, which rows; what is not said stays as it is. */
  | {
      readonly act: 'access';
      readonly entity: string;
      readonly roles: readonly string[];
      readonly sees?: Held | 'all';
      readonly changes?: Held | 'all';
    };

export interface Way {
  readonly from: string;
  readonly to: Choices;
}

/** What happens to a row: it is made, or a change makes something so that was not so before. */
export type Trigger =
  | { readonly is: 'created' }
  | { readonly is: 'becomes'; readonly condition: Condition }
  | { readonly is: 'changes'; readonly field: string };
/** `on`: the row itself (nothing), or what its reference names. */
export type Deed =
  | { readonly is: 'set'; readonly on: readonly string[]; readonly field: string; readonly value: Given }
  | { readonly is: 'call'; readonly on: readonly string[]; readonly operation: string }
  | {
      readonly is: 'create';
      readonly entity: string;
      readonly via?: string;
      readonly values: readonly { readonly field: string; readonly value: Given }[];
    };
/** A literal, today, a field of the row, or its id. */
export type Given = { readonly literal: Literal } | { readonly field: string } | 'today' | 'id';

export type Effect =
  /** The quantity of each item is added to (back) or taken from a field of the row that the item refers to. */
  | {
      readonly is: 'stock';
      readonly list: string;
      readonly quantity: string;
      readonly reference: string;
      readonly field: string;
      readonly back: boolean;
    }
  | { readonly is: 'set'; readonly field: string; readonly value: Literal };
export interface Order {
  readonly by: string;
  readonly direction: 'ascending' | 'descending';
}
export type Act = Request['act'];
export type RequestOf<A extends Act> = Extract<Request, { readonly act: A }>;
