/**
 * Statements that return nothing and change what a `let` stands for: `total += fee`, alone, under an `if`, or for each row of a table. Each gives
 * the place behind it, where the name stands for another value; nothing is ever overwritten.
 */
import type { Expression } from '#kernel';
import { sameKind } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import { conditionOf, mixed } from './conditions.ts';
import { askedAt } from './found.ts';
import { parseCondition } from './operators.ts';
import { addedOver } from './list-loops.ts';
import { unrolled } from './loops.ts';
import type { Data, Parsing, Place } from './parsing.ts';
import { freshName, naming, narrowed, standingFor } from './parsing.ts';
import { takenApart } from './patterns.ts';
import { asIfs } from './switches.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, needsContext, partOf, stop, textIn, unwrapped } from './syntax.ts';
import { dataAt, isOfTexts, isValue } from './tables.ts';

export const isChanging = (place: Place, name: string): Place => ({ ...place, changing: new Set([...place.changing, name]) });

export function after(parsing: Parsing, at: Syntax, place: Place): Place {
  parsing.spend(at, 1);
  switch (at.type) {
    case 'EmptyStatement':
      return place;
    case 'ExpressionStatement':
      return assigned(parsing, unwrapped(partOf(at, 'expression')), place);
    case 'BlockStatement':
      return kept(place, afterAll(parsing, listOf(at, 'body'), place));
    case 'VariableDeclaration':
      return declared(parsing, at, place);
    case 'IfStatement':
      return afterEither(parsing, at, place);
    case 'SwitchStatement':
      return kept(place, afterAll(parsing, asIfs(parsing, at, place), place));
    case 'ForOfStatement': {
      const steps = loopOf(parsing, at, place);
      return steps === undefined ? addedOver(parsing, at, place) : afterAll(parsing, steps, place);
    }
    case 'BeginOfRow':
      return (at['open'] as (outer: Place) => Place)(place);
    case 'EndOfScope':
      return (at['close'] as (inner: Place) => Place)(place);
    case 'BreakStatement':
    case 'ContinueStatement':
      return stop(at, leaving);
    default:
      return stop(
        at,
        'Between `let` and `return` formulas know `if`, `switch`, `for (const row of table)` and what is added to: `total += fee`.',
      );
  }
}
export const leaving = 'A loop is left by `if (...) break;` or `if (...) continue;` in its body itself, without `else`.';
/** The steps of a loop over a table; undefined of a loop over something else. */
export const loopOf = (parsing: Parsing, at: Syntax, place: Place): readonly Syntax[] | undefined =>
  unrolled(parsing, at, place, (inner) => ({ ...kept(place, inner), present: inner.present }));
const afterAll = (parsing: Parsing, list: readonly Syntax[], place: Place): Place =>
  list.reduce((inside, each) => after(parsing, each, inside), place);

function afterEither(parsing: Parsing, at: Syntax, place: Place): Place {
  const { when, yes, no } = askedAt(partOf(at, 'test'), place, (test, inside) => parseCondition(parsing, test, inside));
  const alternate = at['alternate'];
  const then = after(parsing, partOf(at, 'consequent'), yes);
  const otherwise = isSyntax(alternate) ? after(parsing, alternate, no) : no;
  const [names, data] = [new Map(place.names), new Map(place.data)];
  for (const name of place.changing) {
    const [one, other] = [then.names.get(name), otherwise.names.get(name)];
    const [text, otherText] = [then.data.get(name), otherwise.data.get(name)];
    if (one !== other || text !== otherText) parsing.spend(at, [...nodesOf(when)].length);
    if (one !== undefined && other !== undefined && one !== other)
      names.set(name, either(at, when, narrowed(one, then), narrowed(other, otherwise)));
    if (text !== undefined && otherText !== undefined && text !== otherText) data.set(name, { when, yes: text, no: otherText });
  }
  return { ...place, names, data, taken: new Set([...then.taken, ...otherwise.taken]) };
}

/** Where one way only adds to what the other leaves, the sum stands once: `total + (when ? fee : 0)`. */
function either(at: Syntax, when: Expression, one: Expression, other: Expression): Expression {
  if (one.node !== 'binary' || (one.op !== 'add' && one.op !== 'subtract') || one.left !== other) return conditionOf(at, when, one, other);
  const nothing: Expression = { node: 'constant', type: one.right.type, value: 0 };
  return { ...one, right: { node: 'condition', when, then: one.right, otherwise: nothing, type: one.right.type } };
}

/** The place behind a block: its own names are gone, and what it changed stays changed. */
export function kept(outer: Place, inner: Place): Place {
  const [names, data] = [new Map(outer.names), new Map(outer.data)];
  for (const name of outer.changing) {
    const [now, text] = [inner.names.get(name), inner.data.get(name)];
    if (now !== undefined) names.set(name, now);
    if (text !== undefined) data.set(name, text);
  }
  return { ...outer, names, data, taken: inner.taken };
}

function declared(parsing: Parsing, at: Syntax, place: Place): Place {
  const kind = textIn(at, 'kind');
  if (kind !== 'const' && kind !== 'let') return stop(at, 'Write `const`, or `let` for what is added to.');
  return listOf(at, 'declarations').reduce((inside, declarator) => {
    const id = partOf(declarator, 'id');
    if (!isSyntax(declarator['init'])) return stop(declarator, 'Say what it is at first: `let total = 0`.');
    const init = declarator['init'];
    const name = identifierName(id);
    if (name === undefined) return takenApart(parsing, id, init, inside);
    const known = called(freshName(inside, name, id), dataAt(parsing, init, inside), () => parsing.parse(init, inside), inside);
    return kind === 'let' ? isChanging(known, name) : known;
  }, place);
}

/** The place where a name stands for data as such, or for the value that it has. */
function called(name: string, data: Data | undefined, value: () => Expression, place: Place): Place {
  return data !== undefined && (!isValue(data) || isOfTexts(data)) ? standingFor(place, name, data) : naming(place, name, value());
}

const operators: { readonly [operator: string]: string } = { '+=': '+', '-=': '-', '*=': '*' };

function assigned(parsing: Parsing, at: Syntax, place: Place): Place {
  const { start, end } = at;
  const isUpdate = at.type === 'UpdateExpression';
  if (at.type !== 'AssignmentExpression' && !isUpdate) return stop(at, 'A formula has nothing to do but to `return` a value.');
  const target = unwrapped(partOf(at, isUpdate ? 'argument' : 'left'));
  const name = identifierName(target);
  const before = name === undefined ? undefined : place.names.get(name);
  if (name !== undefined && place.changing.has(name) && place.data.has(name)) return named(parsing, at, name, place);
  if (name === undefined || before === undefined || !place.changing.has(name))
    return stop(at, 'What does not stand behind `let` does not change: write `const name = ...` for a new value.');
  const operator = isUpdate ? `${(textIn(at, 'operator') ?? '').charAt(0)}=` : (textIn(at, 'operator') ?? '');
  const right: Syntax = isUpdate ? { type: 'Literal', start, end, value: 1, raw: '1' } : partOf(at, 'right');
  const computed = operators[operator];
  if (operator !== '=' && computed === undefined) return stop(at, `\`${operator}\` cannot be used in a formula: write \`${name} = ...\`.`);
  const written: Syntax =
    computed === undefined ? right : { type: 'BinaryExpression', start, end, operator: computed, left: target, right };
  const value: Expression = parsing.parse(written, place, before.type);
  if (!sameKind(value.type, before.type)) return stop(at, mixed(before.type, value.type));
  parsing.spend(at, [...nodesOf(value)].length);
  return { ...place, names: new Map(place.names).set(name, value) };
}

/** Texts that become choices where they are returned: `let grade = 'poor'; if (...) grade = 'good';`. */
function named(parsing: Parsing, at: Syntax, name: string, place: Place): Place {
  const right =
    at.type === 'AssignmentExpression' && textIn(at, 'operator') === '=' ? partOf(at, 'right') : stop(at, 'Texts cannot be computed with.');
  const said = needsContext(right)
    ? (dataAt(parsing, right, place) ?? { at: unwrapped(right), from: place })
    : dataAt(parsing, right, place);
  if (said === undefined || !isOfTexts(said)) return stop(right, `\`${name}\` is one of several texts that stand in the formula.`);
  return { ...place, data: new Map(place.data).set(name, said) };
}
