/**
 * The type of what a `json` holds, from its shape: what is known when a call comes in is known when the code is checked, and no
 * cast is needed. What the shape does not speak of is any JSON.
 */
import type { JsonValue, Shapes } from './rows.ts';

export type ValueOfShape<Shape> = Shape extends { readonly $ref: infer Name }
  ? (Name extends keyof Shapes ? Shapes[Name] : JsonValue) | (Shape extends { readonly nullable: true } ? null : never)
  : Shape extends { readonly format: 'file' }
    ? FileValue
    : Shape extends { readonly const: infer Value }
      ? Value
      : Shape extends { readonly enum: readonly (infer Value)[] }
        ? Value
        : Shape extends { readonly type: readonly (infer Kind)[] }
          ? ValueOfKind<Kind, Shape>
          : Shape extends { readonly type: infer Kind }
            ? ValueOfKind<Kind, Shape>
            : JsonValue;

/** What a component knows of a file; its bytes are the system's, and callers get them where an operation answers it. */
export type FileValue = { readonly file: string; readonly name: string; readonly type: string; readonly bytes: number };

interface PlainKinds {
  readonly string: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly null: null;
}
type ValueOfKind<Kind, Shape> = Kind extends keyof PlainKinds
  ? PlainKinds[Kind]
  : Kind extends 'array'
    ? readonly (Shape extends { readonly items: infer Items } ? ValueOfShape<Items> : JsonValue)[]
    : Kind extends 'object'
      ? Shape extends { readonly properties: infer Properties }
        ? Members<Properties, Shape extends { readonly required: readonly (infer Name)[] } ? Name : never>
        : { readonly [name: string]: JsonValue }
      : JsonValue;

type Members<Properties, Needed> = {
  readonly [Name in keyof Properties as Name extends Needed ? Name : never]: ValueOfShape<Properties[Name]>;
} & {
  readonly [Name in keyof Properties as Name extends Needed ? never : Name]?: ValueOfShape<Properties[Name]>;
};
