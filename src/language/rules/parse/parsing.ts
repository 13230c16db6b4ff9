/** What the parts of the parser share: where they are (names in scope, what is known to be there), and the limits. */
import type { Expression, ValueType } from '#kernel';
import type { ParseScope } from './scope.ts';
import type { Syntax } from './syntax.ts';
import { stop } from './syntax.ts';

/** Limits of one expression, inlined rules included. */
export const limits = { depth: 200, nodes: 2000, nesting: 3, scale: 15 } as const;

/** What stands in a formula, and the place where it was written: its names mean what they meant there, wherever it is read. */
export interface Written {
  readonly at: Syntax;
  readonly from: Place;
}
/** What stands in a formula as a table or a record, or what of it is meant; null where no row of it is. */
export type Data = Written | { readonly when: Expression; readonly yes: Data; readonly no: Data } | null;

export interface Place {
  /** What a name of the source stands for. */
  readonly names: ReadonlyMap<string, Expression>;
  /** What a name stands for that is no value, but a table or a row of one. */
  readonly data: ReadonlyMap<string, Data>;
  /** Names behind `let`: what they stand for may become another value. */
  readonly changing: ReadonlySet<string>;
  /** Names that a new binding must not take. */
  readonly taken: ReadonlySet<string>;
  /** Keys of values that are known to be there. */
  readonly present: ReadonlySet<string>;
  readonly depth: number;
  /** Aggregates around this place. */
  readonly nesting: number;
}

export interface Parsing {
  readonly scope: ParseScope;
  /** `expected` gives texts and `undefined` their type; it does not convert. `asked`: it is a question, where an absent yes or no counts as no. */
  parse(at: Syntax, place: Place, expected?: ValueType, asked?: boolean): Expression;
  /** Counts the nodes of an inlined rule, before they are made. */
  spend(at: Syntax, nodes: number): void;
  /** The body of an arrow function: an expression, or `const`, `if` and `return`. */
  body(arrow: Syntax, place: Place, expected?: ValueType): Expression;
}

/** What a function of theseus/sdk becomes. */
export type Call = (parsing: Parsing, at: Syntax, place: Place) => Expression;

/** The key of a value that a condition can narrow: a path of names and fields. Undefined for a computed value. */
export function keyOf(expression: Expression): string | undefined {
  if (expression.node === 'input') return expression.name;
  if (expression.node !== 'field' && expression.node !== 'follow') return undefined;
  const of = keyOf(expression.of);
  if (of === undefined) return undefined;
  return expression.node === 'field' ? `${of}.${expression.id}` : `${of}>`;
}

/** The expression as it is known at this place: not absent where a condition around it says so. */
export function narrowed(expression: Expression, place: Place): Expression {
  if (!expression.type.optional) return expression;
  const key = keyOf(expression);
  return key !== undefined && place.present.has(key) ? { ...expression, type: { ...expression.type, optional: false } } : expression;
}

export const knowing = (place: Place, present: readonly string[]): Place =>
  present.length === 0 ? place : { ...place, present: new Set([...place.present, ...present]) };

/** Where a name stands for a value; it hides what it stood for before. */
export function naming(place: Place, name: string, value: Expression): Place {
  const data = new Map(place.data);
  data.delete(name);
  return { ...place, names: new Map(place.names).set(name, value), data, taken: new Set([...place.taken, name]) };
}
/** Where a name stands for a table, or what of one is meant; it hides what it stood for before. */
export function standingFor(place: Place, name: string, meant: Data): Place {
  const names = new Map(place.names);
  names.delete(name);
  return { ...place, names, data: new Map(place.data).set(name, meant), taken: new Set([...place.taken, name]) };
}
/** The place to read what was written elsewhere: names as they were there, and what is known here. */
export const readingOf = ({ from }: Written, place: Place): Place => ({
  ...place,
  names: from.names,
  data: from.data,
  changing: new Set(),
});

/** A name that the source gives; `undefined` and `Math` stay what they are. */
export function freshName(place: Place, name: string, at: Syntax): string {
  if (place.names.has(name) || place.data.has(name) || name === 'undefined' || name === 'Math')
    return stop(at, `The name \`${name}\` is taken here: choose another.`);
  return name;
}

/** Binds a name of the source; the name in the expression is made another where it would hide one in scope. */
export function binding(place: Place, source: string, type: ValueType): { readonly name: string; readonly inside: Place } {
  let name = source;
  for (let count = 2; place.taken.has(name); count += 1) name = `${source}${count}`;
  const inside = naming(place, source, { node: 'input', name, type });
  return { name, inside: { ...inside, taken: new Set([...inside.taken, name]) } };
}

/** Values that are there when the condition came out so. */
export function presentWhen(condition: Expression, outcome: boolean): readonly string[] {
  switch (condition.node) {
    case 'not':
      return presentWhen(condition.of, !outcome);
    case 'absent':
      return outcome ? [] : keysUpTo(condition.of);
    case 'coalesce':
      return outcome && condition.otherwise.node === 'constant' && condition.otherwise.value === false
        ? [...keysUpTo(condition.of), ...presentWhen(condition.of, true)]
        : [];
    case 'binary':
      if (condition.op === 'and' && outcome) return [...presentWhen(condition.left, true), ...presentWhen(condition.right, true)];
      if (condition.op === 'or' && !outcome) return [...presentWhen(condition.left, false), ...presentWhen(condition.right, false)];
      if ((condition.op === 'equal' && outcome) || (condition.op === 'notEqual' && !outcome)) {
        if (!condition.right.type.optional) return keysUpTo(condition.left);
        if (!condition.left.type.optional) return keysUpTo(condition.right);
      }
      return [];
    default:
      return [];
  }
}

/** A value that is there implies that the rows on the way to it are. */
function keysUpTo(expression: Expression): readonly string[] {
  const key = keyOf(expression);
  if (key === undefined) return [];
  return expression.node === 'field' || expression.node === 'follow' ? [key, ...keysUpTo(expression.of)] : [key];
}

/** Refuses a value that may be absent where one is needed. */
export function needPresent(expression: Expression, at: Syntax): Expression {
  if (!expression.type.optional) return expression;
  const instead =
    expression.type.kind === 'boolean'
      ? '`... ?? false`'
      : expression.type.kind === 'number' && !expression.type.money
        ? '`... ?? 0`'
        : expression.type.kind === 'number'
          ? "`... ?? money('0.00')`"
          : '`... ?? another value`';
  return stop(at, `This value may be absent. Say what counts then: write ${instead}, or ask first with \`=== undefined\`.`);
}
