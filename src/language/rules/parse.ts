/**
 * From the syntax tree of an arrow function or an expression to the rule IR. This is the pure subset of TypeScript that
 * rules, guards, derived fields, invariants and view columns are written in. What does not fit is refused with the place,
 * the reason and what to write instead. Loads no parser; never throws; depth and size are bounded.
 */
import type { Expression, ValueType } from '#kernel';
import { parseBody } from './parse/body.ts';
import { parseCall } from './parse/calls.ts';
import { takenApart } from './parse/patterns.ts';
import { inlined } from './parse/inline.ts';
import { parseMember, parseName } from './parse/members.ts';
import { parseBinary, parseLogical, parseTernary, parseUnary } from './parse/operators.ts';
import type { Parsing, Place } from './parse/parsing.ts';
import { limits } from './parse/parsing.ts';
import type { ParseProblem, ParseScope } from './parse/scope.ts';
import type { Syntax } from './parse/syntax.ts';
import { identifierName, isSyntax, listOf, Stop, stop, textIn, unwrapped } from './parse/syntax.ts';
import { atScale, fixedPointOf } from './fixed-point.ts';
import { nameOfType, numberType, optionally, sameKind } from './value-type.ts';
import { askedOfCaller, nodesOf, partsOf } from './walk.ts';

export type { CallableRule, ParseProblem, ParseScope, RowMember } from './parse/scope.ts';
export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problems: readonly ParseProblem[] };

export function parseExpression(node: unknown, scope: ParseScope): ParsedExpression {
  if (!isSyntax(node)) return { ok: false, problems: [{ start: 0, end: 0, message: 'A formula is missing here.' }] };
  try {
    return { ok: true, expression: fitted(parseWhole(node, scope), node, scope) };
  } catch (problem) {
    if (problem instanceof RangeError) return { ok: false, problems: [{ start: node.start, end: node.end, message: tooDeep }] };
    if (!(problem instanceof Stop)) throw problem;
    return { ok: false, problems: [{ start: problem.start, end: problem.end, message: problem.message }] };
  }
}

function parseWhole(node: Syntax, scope: ParseScope): Expression {
  let inlinedNodes = 0;
  const parsing: Parsing = {
    scope,
    spend: (at, nodes) => {
      inlinedNodes += nodes;
      if (inlinedNodes > limits.nodes) stop(at, tooLarge);
    },
    parse: (at, place, expected, asked) => {
      if (place.depth >= limits.depth) return stop(at, tooDeep);
      return parseNode(parsing, unwrapped(at), { ...place, depth: place.depth + 1 }, expected, asked === true);
    },
    // What a function changes of the formula around it would be lost: it changes nothing there.
    body: (arrow, place, expected) => parseBody(parsing, arrow, { ...place, changing: new Set(), depth: place.depth + 1 }, expected),
  };
  const empty: Place = {
    names: new Map(),
    data: new Map(),
    changing: new Set(),
    taken: new Set(scope.inputs.map((input) => input.name)),
    present: new Set(),
    depth: 0,
    nesting: 0,
  };
  if (node.type !== 'ArrowFunctionExpression') return bareRule(node, scope) ?? parsing.parse(node, empty, scope.expected, true);
  const names = new Map<string, Expression>();
  const patterns: { readonly pattern: Syntax; readonly of: Syntax }[] = [];
  for (const [index, parameter] of listOf(node, 'params').entries()) {
    const input = scope.inputs[index];
    const { start, end } = parameter;
    // A row that is taken apart has a name that no source can write.
    const name = identifierName(parameter) ?? `${input?.name ?? ''} `;
    if (identifierName(parameter) === undefined) patterns.push({ pattern: parameter, of: { type: 'Identifier', start, end, name } });
    if (input === undefined)
      return stop(parameter, `This formula has ${scope.inputs.length === 1 ? 'one input' : `${scope.inputs.length} inputs`}.`);
    names.set(name, { node: 'input', name: input.name, type: input.type });
  }
  const inside: Place = { ...empty, names, taken: new Set([...empty.taken, ...names.keys()]) };
  const place = patterns.reduce<Place>((before, { pattern, of }) => takenApart(parsing, pattern, of, before), inside);
  return parsing.body(node, place, scope.expected);
}

/** `formula: orderDiscount`: the rule itself, where it decides about the one row that is the input. */
function bareRule(node: Syntax, scope: ParseScope): Expression | undefined {
  const rule = scope.rule(identifierName(node) ?? '');
  const [input, second] = scope.inputs;
  if (rule === undefined || input === undefined || second !== undefined || input.type.kind !== 'row' || input.type.of !== rule.on)
    return undefined;
  return inlined(rule.body, { node: 'input', name: input.name, type: input.type }, new Set());
}

function parseNode(parsing: Parsing, at: Syntax, place: Place, expected: ValueType | undefined, asked: boolean): Expression {
  switch (at.type) {
    case 'Literal':
      return literal(parsing, at, expected);
    case 'TemplateLiteral':
      return stop(at, 'Texts cannot be put together in a formula.');
    case 'Identifier':
      if (identifierName(at) !== 'undefined') return parseName(parsing, at, place, expected);
      return expected === undefined
        ? stop(at, '`undefined` has no type here: write the other value first, or say what counts with `??`.')
        : { node: 'constant', type: optionally(expected), value: null };
    case 'MemberExpression':
      return parseMember(parsing, at, place, expected);
    case 'BinaryExpression':
      return parseBinary(parsing, at, place);
    case 'LogicalExpression':
      return parseLogical(parsing, at, place, expected, asked);
    case 'UnaryExpression':
      return parseUnary(parsing, at, place);
    case 'ConditionalExpression':
      return parseTernary(parsing, at, place, expected, asked);
    case 'CallExpression':
      return parseCall(parsing, at, place);
    case 'NewExpression':
      return stop(
        at,
        "Dates are not made anew: a fixed one is `date('2026-01-31')`, the day of the call `today()`; others come of those and of fields by `addDays`, `addMonths`, `addYears`, `startOfMonth`, `endOfMonth`, `startOfQuarter`, `endOfQuarter`, `startOfYear` and `endOfYear`.",
      );
    case 'TSNonNullExpression':
      return stop(at, '`!` after a value is not checked: write `??`, or ask first with `=== undefined`.');
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return stop(at, 'A value cannot be given another type: leave it out.');
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return stop(at, 'A value does not change in a formula: write `const name = ...`.');
    case 'AwaitExpression':
      return stop(at, 'A formula cannot wait: what must be read or called belongs in an operation.');
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return stop(at, 'A function can stand here only inside sum, count, average, smallest, largest, `.some`, `.every` or `.filter`.');
    case 'ArrayExpression':
    case 'ObjectExpression':
      return stop(
        at,
        'A table is read where a value is needed: `table.find((row) => ...)?.cost`, or `{ gold: 20, basic: 0 }[member.tier]`.',
      );
    default:
      return stop(
        at,
        'This cannot be used in a formula: formulas know fields, numbers, texts, choices, dates, comparisons, `? :`, `&&`, `||`, `!`, `??` and the functions of theseus/sdk.',
      );
  }
}

function literal(parsing: Parsing, at: Syntax, expected: ValueType | undefined): Expression {
  const value = at['value'];
  if (typeof value === 'boolean') return { node: 'constant', type: { kind: 'boolean', optional: false }, value };
  if (typeof value === 'number') {
    const parsed = fixedPointOf((textIn(at, 'raw') ?? '').replaceAll('_', ''));
    if (parsed === undefined) return stop(at, 'Write the number in plain digits, as in `1500` or `0.25`, with at most 15 of them.');
    return { node: 'constant', type: numberType(parsed.scale), value: parsed.value };
  }
  if (typeof value === 'string') return text(parsing, at, value, expected);
  return stop(at, at['raw'] === 'null' ? 'An absent value is written `undefined`.' : 'Formulas know numbers, texts, true and false.');
}

function text(parsing: Parsing, at: Syntax, value: string, expected: ValueType | undefined): Expression {
  if (expected?.kind === 'choice') {
    const choices = parsing.scope.choices(expected.field);
    const found = choices.find((choice) => choice.name === value);
    if (found === undefined)
      return stop(at, `'${value}' is none of its choices: ${choices.map((choice) => `'${choice.name}'`).join(', ')}.`);
    return { node: 'constant', type: { kind: 'choice', field: expected.field, optional: false }, value: found.id };
  }
  if (expected?.kind === 'date') return stop(at, `A date is written \`date('2026-01-31')\`.`);
  if (expected?.kind === 'number' && expected.money) return stop(at, `An amount is written \`money('500.00')\`.`);
  if (value.includes('\0') || !value.isWellFormed()) return stop(at, 'This text holds characters that no database can keep.');
  return { node: 'constant', type: { kind: 'text', optional: false }, value };
}

const tooDeep = `The formula is nested more than ${limits.depth} deep: split it into rules.`;
const tooLarge = `The formula is too large (more than ${limits.nodes} parts): split it, or make parts of it derived fields.`;

const depthOf = (expression: Expression): number => 1 + Math.max(0, ...partsOf(expression).map(depthOf));

/** Fits the value to what is expected: widens its scale, refuses what would lose something. */
function fitted(expression: Expression, at: Syntax, scope: ParseScope): Expression {
  let count = 0;
  for (const _ of nodesOf(expression)) if ((count += 1) > limits.nodes) return stop(at, tooLarge);
  if (depthOf(expression) > limits.depth) return stop(at, tooDeep);
  const { expected } = scope;
  const { type } = expression;
  if (type.kind === 'row' || type.kind === 'list')
    return stop(at, `The result is a ${type.kind}: return one of its fields, or a number about it.`);
  if (expected === undefined) return expression;
  // Who signed in by itself has the id of its row; whether it is one is seen when the row is written.
  if (expected.kind === 'reference' && askedOfCaller(expression) === 'id') return { ...expression, type: { ...expected, optional: false } };
  if (!sameKind(type, expected)) {
    if (type.kind === 'number' && expected.kind === 'number')
      return stop(
        at,
        expected.money
          ? "The result must be an amount of money, and this is a plain number: write an amount as `money('0.00')`."
          : 'The result must be a plain number, and this is an amount of money.',
      );
    return stop(at, `The result must be ${nameOfType(expected)}, and this is ${nameOfType(type)}.`);
  }
  if (type.optional && !expected.optional)
    return stop(at, 'The result may be absent, and a value is needed: say what counts then with `??`.');
  if (type.kind !== 'number' || expected.kind !== 'number' || type.scale === expected.scale) return expression;
  if (type.scale > expected.scale) {
    return stop(
      at,
      `The result has ${type.scale} digits after the point and only ${expected.scale} fit: write \`round(..., { scale: ${expected.scale}, rounding: 'half-up' })\`.`,
    );
  }
  const wanted = { ...type, scale: expected.scale };
  if (expression.node !== 'constant' || typeof expression.value !== 'number')
    return { node: 'round', of: expression, scale: expected.scale, rounding: 'half-up', type: wanted };
  const value = atScale({ value: expression.value, scale: type.scale }, expected.scale);
  return value === undefined ? stop(at, 'The number is too large.') : { ...expression, type: wanted, value };
}
