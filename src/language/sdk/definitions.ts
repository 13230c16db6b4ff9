/** Definitions of entities, rules and views. Each answers its own argument: a definition is data, read from the source. */
import type { FieldDefinitions } from './fields.ts';
import type { Asker, EntityName, JsonValue, Row } from './rows.ts';

export type VariationPoints = { readonly [point: string]: { readonly [strategy: string]: string } };
/** The strategy in use, by point. */
export type InUse<Points extends VariationPoints> = { readonly [Point in keyof Points]: keyof Points[Point] & string };

export interface InvariantDefinition {
  readonly holds: (row: never) => boolean;
  readonly message: string;
}
/** `{ sort: ['-placedOn'] }`, `{ filter: ['customer'], sort: ['-placedOn'] }`, or `{ search: true }` for the words of its texts. */
export type IndexDefinition =
  | { readonly filter: readonly string[]; readonly sort?: readonly string[] }
  | { readonly sort: readonly string[] }
  | { readonly search: true };
export interface EntityDefinition {
  readonly id?: string;
  readonly name: string;
  readonly plural: string;
  /** The field that names a row to a person. */
  readonly title: string;
  readonly fields: FieldDefinitions;
  /** Fields that were removed; their ids and numbers stay theirs. */
  readonly retired?: { readonly [name: string]: { readonly id: string; readonly no: number } };
  readonly invariants?: { readonly [name: string]: InvariantDefinition };
  /** Its rows sign in by themselves, with `login` and the field that is a secret, as these roles, for so many days (30). */
  readonly identity?: { readonly login: string; readonly roles: readonly string[]; readonly days?: number; readonly header?: string };
  /** Shapes that several operations speak of, each stated once: `{ card: { type: 'object', ... } }` is `{ $ref: 'article.card' }` there. */
  readonly shapes?: { readonly [name: string]: JsonValue };
  /** Questions that lists of its rows are asked often: the store keeps an index for each. */
  readonly indexes?: readonly IndexDefinition[];
  /** Milliseconds in which its rows are to be read and listed; measured before a change of it goes live. */
  readonly answersWithin?: number;
}
export const entity = (definition: EntityDefinition): EntityDefinition => definition;

/** A decision about a row. It is a formula: a field refers to it by name, or calls it. */
export function rule<const Entity extends EntityName, Result, const Points extends VariationPoints = Record<never, never>>(definition: {
  readonly id?: string;
  readonly name: string;
  readonly on: Entity;
  /** The field that it decides. */
  readonly governs: string;
  /** Named ways that it can go: by point, what each strategy means. Which is in use stands in theseus.json; the first where nothing is said. */
  readonly strategies?: Points;
  readonly decide: (row: Row<Entity>, strategy: InUse<Points>) => Result;
  readonly ensures?: { readonly [name: string]: { readonly holds: (row: Row<Entity>) => boolean; readonly message: string } };
}): (row: Row<Entity>) => Result {
  return definition.decide as (row: Row<Entity>) => Result;
}

export interface ApprovalDefinition<Entity extends EntityName> {
  readonly id?: string;
  readonly name: string;
  readonly on: Entity;
  /** The role that approves. */
  readonly by: string;
  readonly when: (row: Row<Entity>) => boolean;
  /** An approval covers a row while this does not grow over what it was then. */
  readonly amount?: (row: Row<Entity>) => number | undefined;
  /** The state that waits for it. */
  readonly before: string;
}
export const approval = <const Entity extends EntityName>(definition: ApprovalDefinition<Entity>): ApprovalDefinition<Entity> => definition;

export interface AccessDefinition<Entity extends EntityName> {
  readonly id?: string;
  readonly name: string;
  readonly on: Entity;
  /** The roles that it holds for. Who has another role as well sees what that one sees. */
  readonly roles: readonly string[];
  /** The rows that callers in these roles see and change; others are not there for them. */
  readonly rows: (row: Row<Entity>, caller: Asker) => boolean;
  /** Of those, the rows that they may change. */
  readonly write?: (row: Row<Entity>, caller: Asker) => boolean;
}
export const access = <const Entity extends EntityName>(definition: AccessDefinition<Entity>): AccessDefinition<Entity> => definition;

export interface TransitionDefinition<Entity extends EntityName, State extends string> {
  readonly id?: string;
  /** A verb. Callers make it at /api/<plural>/{id}/<its name in kebab-case>, unless an operation makes it. */
  readonly name: string;
  readonly from: readonly State[];
  readonly to: State;
  /** The guard: made only where it holds of the row as it is before. */
  readonly when?: (row: Row<Entity>, caller: Asker) => boolean;
  /** What a caller is told where `when` does not hold. */
  readonly message?: string;
  /** Roles that may make it; without, whoever may write. */
  readonly roles?: readonly string[];
  /** Made by the clock once a row has stood in the state this long, and by nobody else. */
  readonly after?: { readonly count: number; readonly unit: 'minutes' | 'hours' | 'days' };
}
/** The states of a choice, by their names. */
export type StateOf<Entity extends EntityName, Held extends string> = Held extends keyof Row<Entity>
  ? NonNullable<Row<Entity>[Held]> & string
  : string;
export interface WorkflowDefinition<Entity extends EntityName, Held extends string> {
  readonly id?: string;
  readonly name: string;
  readonly on: Entity;
  /** Its choice that holds the state. */
  readonly field: Held;
  /** Where each row begins. */
  readonly starts: StateOf<Entity, Held>;
  /** Where a row may stay for ever. */
  readonly ends?: readonly StateOf<Entity, Held>[];
  readonly transitions: readonly TransitionDefinition<Entity, StateOf<Entity, Held>>[];
  /** Orders that no row may ever take: to `reach` a state without having been in another, or after it was in another. */
  readonly never?: readonly {
    readonly statement?: string;
    readonly reach: StateOf<Entity, Held>;
    readonly without?: StateOf<Entity, Held>;
    readonly after?: StateOf<Entity, Held>;
  }[];
}
/** The way of rows through the states of one choice: whoever writes, a row moves along a transition or not at all. */
export const workflow = <const Entity extends EntityName, const Held extends string>(
  definition: WorkflowDefinition<Entity, Held>,
): WorkflowDefinition<Entity, Held> => definition;

export interface ViewDefinition<Entity extends EntityName> {
  readonly id?: string;
  readonly name: string;
  readonly title?: string;
  readonly from: Entity;
  readonly where?: (row: Row<Entity>) => boolean;
  /** Columns without an aggregate are the group, where any column has one. */
  readonly columns: {
    readonly [name: string]: {
      readonly label?: string;
      readonly value?: (row: Row<Entity>) => unknown;
      readonly aggregate?: 'sum' | 'count' | 'average' | 'smallest' | 'largest';
    };
  };
  /** Names of columns; `-` before one is largest first. */
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly show?: 'table' | 'number';
}
export const view = <const Entity extends EntityName>(definition: ViewDefinition<Entity>): ViewDefinition<Entity> => definition;
