/**
 * The rule IR as TypeScript in house style, as a person would write it: parsing it again gives the same expression.
 * A `let` from an inlined rule, which no source can hold at its place, is written out where it is used.
 */
import type { Expression, ValueType } from '#kernel';
import { textOfDays } from './calendar.ts';
import { textOf } from './fixed-point.ts';
import type { RuleNames } from './names.ts';
import { nodesOf, withParts } from './walk.ts';

export interface PrintOptions {
  /** What the source calls each input: `{ row: 'order' }`. */
  readonly inputs: { readonly [name: string]: string };
  /** Columns that the text's first line starts at, and the indentation of the line that it stands in. */
  readonly column?: number;
  readonly indent?: number;
}
const lineWidth = 140;

/** How tightly each operator binds; a part that binds less tightly is put in parentheses. */
const tightness = { condition: 1, coalesce: 2, or: 3, and: 4, equal: 5, compare: 6, sum: 7, product: 8, unary: 9, atom: 10 } as const;
interface Printed {
  readonly text: string;
  readonly tight: number;
  readonly mixes?: 'coalesce' | 'logic';
}

/** An expression; a `let` or a long chain of conditions needs `printFunction`. */
export function printExpression(expression: Expression, names: RuleNames, options: PrintOptions): string {
  return print(withoutLets(withoutWidening(expression)), names, inputNames(expression, options)).text;
}

/** `(order: Row<'order'>) => ...`; `parameters` is told what each input is called, as another name may have been needed. With a body of `const`, `if` and `return` where the expression needs one. */
export function printFunction(
  expression: Expression,
  names: RuleNames,
  options: PrintOptions & { readonly parameters: (inputs: ReadonlyMap<string, string>) => string },
): string {
  const inputs = inputNames(expression, options);
  return arrowFunction(withoutWidening(expression), names, inputs, options.parameters(inputs), options);
}

function arrowFunction(
  root: Expression,
  names: RuleNames,
  inputs: ReadonlyMap<string, string>,
  parameters: string,
  options: { readonly indent?: number; readonly column?: number },
): string {
  const indent = options.indent ?? 0;
  if (isPlain(root)) {
    const text = print(withoutLets(root), names, inputs).text;
    if (root.node !== 'condition' || (options.column ?? indent) + parameters.length + 4 + text.length <= lineWidth)
      return `${parameters} => ${text}`;
  }
  return `${parameters} => {\n${statements(root, names, inputs, indent + 2)}${' '.repeat(indent)}}`;
}

/** No `let` at a place where a statement could stand. */
const isPlain = (at: Expression): boolean => at.node !== 'let' && (at.node !== 'condition' || (isPlain(at.then) && isPlain(at.otherwise)));

function statements(at: Expression, names: RuleNames, inputs: ReadonlyMap<string, string>, indent: number): string {
  const margin = ' '.repeat(indent);
  const inline = (part: Expression): string => print(withoutLets(part), names, inputs).text;
  if (at.node === 'let') return `${margin}const ${at.name} = ${inline(at.value)};\n${statements(at.body, names, inputs, indent)}`;
  if (at.node === 'condition') {
    const test = `${margin}if (${inline(at.when)}) `;
    const then =
      isPlain(at.then) && at.then.node !== 'condition'
        ? `return ${inline(at.then)};\n`
        : `{\n${statements(at.then, names, inputs, indent + 2)}${margin}}\n`;
    return `${test}${then}${statements(at.otherwise, names, inputs, indent)}`;
  }
  return `${margin}return ${inline(at)};\n`;
}

/** A scale that the parser gives by itself, to fit what is expected. */
const withoutWidening = (at: Expression): Expression =>
  at.node === 'round' && at.rounding === 'half-up' && at.of.type.kind === 'number' && at.scale > at.of.type.scale ? at.of : at;

function withoutLets(at: Expression, values: ReadonlyMap<string, Expression> = new Map()): Expression {
  if (at.node === 'input') return values.get(at.name) ?? at;
  if (at.node === 'let') return withoutLets(at.body, new Map(values).set(at.name, withoutLets(at.value, values)));
  return withParts(at, (part) => withoutLets(part, values));
}

/** What the source calls an input; another name where the expression binds that one itself. */
function inputNames(expression: Expression, options: PrintOptions): ReadonlyMap<string, string> {
  const bound = new Set<string>();
  for (const node of nodesOf(expression)) {
    if (node.node === 'let') bound.add(node.name);
    if (node.node === 'aggregate') bound.add(node.item);
  }
  return new Map(
    Object.entries(options.inputs).map(([name, wanted]) => {
      let printed = wanted;
      for (let count = 2; bound.has(printed); count += 1) printed = `${wanted}${count}`;
      return [name, printed];
    }),
  );
}

const operators = {
  add: ['+', tightness.sum],
  subtract: ['-', tightness.sum],
  multiply: ['*', tightness.product],
  equal: ['===', tightness.equal],
  notEqual: ['!==', tightness.equal],
  less: ['<', tightness.compare],
  lessOrEqual: ['<=', tightness.compare],
  greater: ['>', tightness.compare],
  greaterOrEqual: ['>=', tightness.compare],
  and: ['&&', tightness.and],
  or: ['||', tightness.or],
} as const;

function print(at: Expression, names: RuleNames, inputs: ReadonlyMap<string, string>): Printed {
  const inner = (part: Expression): Printed => print(part, names, inputs);
  /** In parentheses where it binds less tightly than its place asks. */
  const within = (part: Expression, tight: number): string => {
    const { text, tight: own } = inner(part);
    return own < tight ? `(${text})` : text;
  };
  const free = (part: Expression): string => inner(part).text;
  const atom = (text: string): Printed => ({ text, tight: tightness.atom });
  switch (at.node) {
    case 'constant':
      return constant(at.type, at.value, names);
    case 'input':
      return atom(inputs.get(at.name) ?? at.name);
    case 'today':
      return atom('today()');
    case 'follow':
      return inner(at.of);
    case 'field':
    case 'related': {
      // A variation point carries its first strategy behind its name.
      const name = at.node === 'field' ? at.field.replace(/#.*$/, '') : relatedName(at, names);
      return atom(`${within(at.of, tightness.atom)}${at.of.type.optional ? '?.' : '.'}${name}`);
    }
    case 'not':
      if (at.of.node === 'absent') return { text: `${within(at.of.of, tightness.compare)} !== undefined`, tight: tightness.equal };
      return { text: `!${within(at.of, tightness.unary)}`, tight: tightness.unary };
    case 'absent':
      return { text: `${within(at.of, tightness.compare)} === undefined`, tight: tightness.equal };
    case 'negate':
      return { text: `-${within(at.of, tightness.atom)}`, tight: tightness.unary };
    case 'binary': {
      if (at.op === 'smaller' || at.op === 'larger')
        return atom(`${at.op === 'smaller' ? 'min' : 'max'}(${free(at.left)}, ${free(at.right)})`);
      const [sign, tight] = operators[at.op];
      return { text: `${within(at.left, tight)} ${sign} ${within(at.right, tight + 1)}`, tight };
    }
    case 'divide':
      return atom(`divide(${free(at.left)}, ${free(at.right)}, ${rounding(at.scale, at.rounding)})`);
    case 'round':
      return atom(percentage(at, free) ?? `round(${free(at.of)}, ${rounding(at.scale, at.rounding)})`);
    case 'condition':
      return {
        text: `${within(at.when, tightness.coalesce)} ? ${within(at.then, tightness.condition)} : ${within(at.otherwise, tightness.condition)}`,
        tight: tightness.condition,
      };
    case 'coalesce': {
      const side = (part: Expression): string => within(part, part.node === 'coalesce' ? tightness.coalesce : tightness.equal);
      return {
        text: `${side(at.of)} ?? ${at.otherwise.node === 'coalesce' ? `(${free(at.otherwise)})` : side(at.otherwise)}`,
        tight: tightness.coalesce,
      };
    }
    case 'addToDate':
      return atom(`${at.unit === 'days' ? 'addDays' : 'addMonths'}(${free(at.of)}, ${free(at.amount)})`);
    case 'daysBetween':
      return atom(`daysBetween(${free(at.left)}, ${free(at.right)})`);
    case 'partOfDate':
      return atom(`${at.part}Of(${free(at.of)})`);
    case 'edgeOfPeriod':
      return atom(
        `${at.edge === 'first' ? 'startOf' : 'endOf'}${at.period.replace(/^./, (letter) => letter.toUpperCase())}(${free(at.of)})`,
      );
    case 'periodsBetween':
      return atom(`${at.unit}Between(${free(at.left)}, ${free(at.right)})`);
    case 'let':
      return inner(withoutLets(at));
    case 'aggregate':
      return atom(aggregate(at, names, inputs));
  }
}

function relatedName(at: Extract<Expression, { node: 'related' }>, names: RuleNames): string {
  const row = at.of.type.kind === 'row' ? names.members(at.of.type.of) : [];
  return (
    row.find((member) => member.kind === 'related' && member.entity === at.entity && member.via === at.via)?.name ??
    names.rowName(at.entity)
  );
}

const rounding = (scale: number, mode: string): string => `{ scale: ${scale}, rounding: '${mode}' }`;

/** `percentOf(amount, percent)` where the rounding is just that. */
function percentage(at: Extract<Expression, { node: 'round' }>, free: (part: Expression) => string): string | undefined {
  const product = at.of;
  if (at.rounding !== 'half-up' || product.node !== 'binary' || product.op !== 'multiply') return undefined;
  const { left, right } = product;
  if (right.node !== 'constant' || typeof right.value !== 'number' || right.type.kind !== 'number' || right.type.money) return undefined;
  if (
    right.value === 1 &&
    right.type.scale === 2 &&
    left.node === 'binary' &&
    left.op === 'multiply' &&
    left.right.node !== 'constant' &&
    left.right.type.kind === 'number' &&
    !left.right.type.money &&
    left.left.type.kind === 'number' &&
    left.left.type.scale === at.scale
  ) {
    return `percentOf(${free(left.left)}, ${free(left.right)})`;
  }
  if (left.type.kind !== 'number' || left.type.scale !== at.scale || at.type.kind !== 'number' || left.type.money !== at.type.money)
    return undefined;
  const shown =
    right.type.scale >= 2
      ? textOf({ value: right.value, scale: right.type.scale - 2 })
      : String(right.value * 10 ** (2 - right.type.scale));
  return `percentOf(${free(left)}, ${shown})`;
}

function constant(type: ValueType, value: null | boolean | number | string, names: RuleNames): Printed {
  const atom = (text: string): Printed => ({ text, tight: tightness.atom });
  if (value === null) return atom('undefined');
  if (type.kind === 'number' && typeof value === 'number') {
    const text = textOf({ value, scale: type.scale });
    if (type.money) return atom(`money('${text}')`);
    return value < 0 ? { text, tight: tightness.unary } : atom(text);
  }
  if (type.kind === 'date' && typeof value === 'number') return atom(`date('${textOfDays(value)}')`);
  if (type.kind === 'choice')
    return atom(quotedText(names.choices(type.field).find((choice) => choice.id === value)?.name ?? String(value)));
  return atom(typeof value === 'string' ? quotedText(value) : String(value));
}

/** In single quotes, as the house writes it. */
function quotedText(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `'${json.replaceAll("'", "\\'")}'`;
}

function aggregate(at: Extract<Expression, { node: 'aggregate' }>, names: RuleNames, inputs: ReadonlyMap<string, string>): string {
  const arrow = (part: Expression): string => {
    const text = arrowFunction(part, names, inputs, `(${at.item})`, {});
    return text.replaceAll(/\n\s*/g, ' ');
  };
  const over = print(at.over, names, inputs).text;
  const list = at.where === undefined ? over : `${over}.filter(${arrow(at.where)})`;
  const value = at.value === undefined ? '' : arrow(at.value);
  switch (at.op) {
    case 'count':
      return `count(${list})`;
    case 'some':
    case 'every':
      return `${list}.${at.op}(${value})`;
    case 'sum':
    case 'smallest':
    case 'largest':
      return `${at.op}(${list}, ${value})`;
    case 'average': {
      const [own, of] = [at.type, at.value?.type];
      const usual =
        own.kind === 'number' &&
        of?.kind === 'number' &&
        at.rounding === undefined &&
        own.scale === (of.money ? names.currencyDigits : Math.max(2, of.scale));
      return `average(${list}, ${value}${usual || own.kind !== 'number' ? '' : `, ${rounding(own.scale, at.rounding ?? 'half-up')}`})`;
    }
  }
}
