/** Fields of entities, of list items and of an operation's input. Each answers what it is given: definitions are data. */
import type { Asker, JsonValue, LocalDate, RowId } from './rows.ts';
import { onlyInFormulas } from './only-in-formulas.ts';
import type { ValueOfShape } from './shapes.ts';

/** What stands for a field; `Value` is its plain form, `Required` whether it is always there, `Filled` whether something is filled in where it is left out. */
export interface FieldDefinition<Value = unknown, Required extends boolean = boolean, Filled extends boolean = boolean> {
  readonly kind: string;
  readonly options: object;
  readonly plain?: Value;
  readonly always?: Required;
  readonly filled?: Filled;
}
export interface FieldDefinitions {
  readonly [name: string]: FieldDefinition;
}

/** A formula over the row of the definition; a decision rule is one. */
export type Formula = (row: never) => unknown;

export interface FieldOptions {
  /** Permanent: given once, when it is handed in without; never changed, never used again. */
  readonly id?: string;
  /** Protobuf number: unique in its definition, given like the id, never used again. */
  readonly no?: number;
  readonly required?: boolean;
  readonly unique?: boolean;
  /** Shown only to roles that may see sensitive values. */
  readonly sensitive?: boolean;
  /** Computed, and follows what it reads always. */
  readonly live?: Formula;
  /** Computed while the condition holds; then kept. */
  readonly fixed?: { readonly while: (row: never) => boolean; readonly formula: Formula; readonly otherwise: unknown };
}
/** What a new row begins with; `(_row, caller) => caller.id` is who makes it, and reads nothing else. */
type Beginning = (row: never, caller: Asker) => unknown;
type Preset<Value> = { readonly default?: Value | Beginning };
type Is<Options> = Options extends { readonly required: true } ? true : false;
type Has<Options> = Options extends { readonly default: string | number | boolean } ? true : false;

export type TextOptions = FieldOptions &
  Preset<string> & { readonly min?: number; readonly max?: number; readonly multiline?: boolean; readonly secret?: boolean };
export type NumberOptions = FieldOptions & Preset<number> & { readonly min?: number; readonly max?: number };
export type DecimalOptions = FieldOptions & Preset<string> & { readonly scale: number; readonly min?: string; readonly max?: string };
export type AmountOptions = FieldOptions & Preset<string> & { readonly min?: string; readonly max?: string };
export type DateOptions = FieldOptions & Preset<string> & { readonly min?: string; readonly max?: string };

const field = (kind: string, options: object): FieldDefinition<never, never, never> => ({ kind, options });

export const text = <const Options extends TextOptions>(options: Options): FieldDefinition<string, Is<Options>, Has<Options>> =>
  field('text', options);
export const email = <const Options extends FieldOptions & Preset<string>>(
  options: Options,
): FieldDefinition<string, Is<Options>, Has<Options>> => field('email', options);
export const url = <const Options extends FieldOptions & Preset<string>>(
  options: Options,
): FieldDefinition<string, Is<Options>, Has<Options>> => field('url', options);
export const integer = <const Options extends NumberOptions>(options: Options): FieldDefinition<number, Is<Options>, Has<Options>> =>
  field('integer', options);
/** Whole milliseconds. */
export const duration = <const Options extends NumberOptions>(options: Options): FieldDefinition<number, Is<Options>, Has<Options>> =>
  field('duration', options);
export const boolean = <const Options extends FieldOptions & Preset<boolean>>(
  options: Options,
): FieldDefinition<boolean, Is<Options>, Has<Options>> => field('boolean', options);
export const instant = <const Options extends FieldOptions & Preset<string>>(
  options: Options,
): FieldDefinition<number, Is<Options>, Has<Options>> => field('instant', options);
/** `shape` is a part of JSON Schema: type, properties, required, additionalProperties, items, enum, const, bounds, format. Its values are of that type. */
export const json = <const Options extends FieldOptions & { readonly shape?: JsonValue }>(
  options: Options,
): FieldDefinition<Options extends { readonly shape: infer Shape } ? ValueOfShape<Shape> : JsonValue, Is<Options>> =>
  field('json', options);
export const quantity = <const Options extends DecimalOptions & { readonly unit: string }>(
  options: Options,
): FieldDefinition<string, Is<Options>, Has<Options>> => field('quantity', options);
/** A row of another entity, by its id. */
export const reference = <const Options extends FieldOptions & Preset<never> & { readonly to: string }>(
  options: Options,
): FieldDefinition<RowId, Is<Options>> => field('reference', options);
/** One of a few words; each has a permanent id. */
export const choice = <const Choices extends { readonly [name: string]: string }, const Options extends FieldOptions>(
  options: Options & { readonly choices: Choices; readonly default?: (keyof Choices & string) | Beginning },
): FieldDefinition<keyof Choices & string, Is<Options>, Has<Options>> => field('choice', options);
/** Items that belong to the row and are written with it. */
export const list = <const Items extends FieldDefinitions, const Options extends FieldOptions>(
  options: Options & { readonly item: string; readonly itemId?: string; readonly fields: Items },
): FieldDefinition<readonly ValuesOf<Items>[], Is<Options>> => field('list', options);

/** A field of money, or in a formula an amount: money('500.00'). */
export function money(amount: string): number;
export function money<const Options extends AmountOptions>(options: Options): FieldDefinition<number, Is<Options>, Has<Options>>;
export function money(given: string | AmountOptions): unknown {
  return typeof given === 'string' ? onlyInFormulas('money') : field('money', given);
}
/** A field of a decimal number, or in a formula one: decimal('0.25'). */
export function decimal(number: string): number;
export function decimal<const Options extends DecimalOptions>(options: Options): FieldDefinition<string, Is<Options>, Has<Options>>;
export function decimal(given: string | DecimalOptions): unknown {
  return typeof given === 'string' ? onlyInFormulas('decimal') : field('decimal', given);
}
/** A field of a date, or in a formula one: date('2026-01-31'). */
export function date(day: string): LocalDate;
export function date<const Options extends DateOptions>(options: Options): FieldDefinition<string, Is<Options>, Has<Options>>;
export function date(given: string | DateOptions): unknown {
  return typeof given === 'string' ? onlyInFormulas('date') : field('date', given);
}

/** The plain values of fields: required ones are there, others may be absent. */
export type ValuesOf<Fields extends FieldDefinitions> = {
  readonly [Name in keyof Fields as Fields[Name] extends FieldDefinition<infer _, true> ? Name : never]: PlainOf<Fields[Name]>;
} & {
  readonly [Name in keyof Fields as Fields[Name] extends FieldDefinition<infer _, true> ? never : Name]?:
    | PlainOf<Fields[Name]>
    | null
    | undefined;
};
type PlainOf<Definition> = Definition extends FieldDefinition<infer Value> ? Value : never;

/** Of an operation's input: what the contract fills in is there, whatever the caller left out. */
export type InputOf<Fields extends FieldDefinitions> = Omit<ValuesOf<Fields>, FilledIn<Fields>> & {
  readonly [Name in FilledIn<Fields>]: PlainOf<Fields[Name]>;
};
type FilledIn<Fields extends FieldDefinitions> = {
  [Name in keyof Fields]: Fields[Name] extends FieldDefinition<unknown, boolean, true> ? Name : never;
}[keyof Fields];
