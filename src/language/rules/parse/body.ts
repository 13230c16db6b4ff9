/**
 * The body of an arrow function: one expression, or statements that end with `return`: `const`, `if`, `switch`, a `let` that is added to, and
 * `for ... of` over a table that stands in the formula. What changes becomes a new value under the same name, so that nothing changes in the IR.
 */
import type { Expression, ValueType } from '#kernel';

import { conditionOf } from './conditions.ts';
import { after, isChanging, kept, leaving, loopOf } from './effects.ts';
import { askedAt } from './found.ts';
import { parseCondition } from './operators.ts';
import { takenApart } from './patterns.ts';
import { reached, returnsIn } from './returning.ts';
import { asIfs } from './switches.ts';
import { dataAt, isOfTexts, isValue } from './tables.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, freshName, standingFor } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, needsContext, partOf, stop, textIn, unwrapped } from './syntax.ts';

export function parseBody(parsing: Parsing, arrow: Syntax, place: Place, expected?: ValueType): Expression {
  if (arrow['async'] === true || arrow['generator'] === true) return stop(arrow, 'A formula cannot wait: leave `async` out.');
  const body = partOf(arrow, 'body');
  if (body.type !== 'BlockStatement') return parsing.parse(body, place, expected, true);
  return statements(parsing, body, reached(listOf(body, 'body')), place, expected);
}

function statements(parsing: Parsing, block: Syntax, list: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const [first, ...rest] = list;
  if (first === undefined) return stop(block, 'Each way through must end with `return`.');
  parsing.spend(first, 1);
  switch (first.type) {
    case 'ReturnStatement': {
      const value = first['argument'];
      return isSyntax(value) ? parsing.parse(value, place, expected, true) : stop(first, '`return` needs a value.');
    }
    case 'VariableDeclaration':
      return declaration(parsing, block, first, rest, place, expected);
    case 'IfStatement':
      return returnsIn(first) === 'never'
        ? changed(parsing, block, first, rest, place, expected)
        : choice(parsing, block, first, rest, place, expected);
    case 'BlockStatement':
      return statements(parsing, first, [...reached(listOf(first, 'body')), endOf(first, place), ...rest], place, expected);
    case 'EmptyStatement':
      return statements(parsing, block, rest, place, expected);
    case 'EndOfScope':
      return statements(parsing, block, rest, (first['close'] as (inner: Place) => Place)(place), expected);
    case 'BeginOfRow':
      return statements(parsing, block, rest, (first['open'] as (outer: Place) => Place)(place), expected);
    case 'SwitchStatement':
      return statements(parsing, block, [...asIfs(parsing, first, place), ...rest], place, expected);
    case 'ForOfStatement': {
      const steps = loopOf(parsing, first, place);
      if (steps !== undefined) return statements(parsing, block, [...steps, ...rest], place, expected);
      return changed(parsing, block, first, rest, place, expected);
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      return stop(first, leaving);
    case 'ExpressionStatement':
      return changed(parsing, block, first, rest, place, expected);
    case 'ForStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return stop(first, noLoops);
    default:
      return stop(first, 'A formula is made of `const`, `if`, `switch` and `return`.');
  }
}
const noLoops =
  'Of loops formulas know `for (const row of table)` over a table that stands in them: else write `sum(list, (item) => ...)`, `count(list)`, `list.some(...)` or `list.every(...)`.';

/** Behind a block its own names are gone; what it changed stays changed. */
const endOf = ({ start, end }: Syntax, outer: Place): Syntax => ({
  type: 'EndOfScope',
  start,
  end,
  close: (inner: Place): Place => ({ ...kept(outer, inner), present: inner.present }),
});

/** A statement that returns nothing: what it changes is bound anew, and the rest reads that. */
function changed(parsing: Parsing, block: Syntax, at: Syntax, rest: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const then = after(parsing, at, place);
  const names = [...place.changing].filter((name) => then.names.get(name) !== place.names.get(name));
  const bind = ([name, ...others]: readonly string[], inside: Place): Expression => {
    const value = name === undefined ? undefined : then.names.get(name);
    if (name === undefined || value === undefined) return statements(parsing, block, rest, inside, expected);
    if (value.node === 'input') return bind(others, { ...inside, names: new Map(inside.names).set(name, value) });
    const bound = binding(inside, name, value.type);
    const body = bind(others, bound.inside);
    return { node: 'let', name: bound.name, value, body, type: body.type };
  };
  return bind(names, { ...place, data: then.data });
}

function declaration(parsing: Parsing, block: Syntax, at: Syntax, rest: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const kind = textIn(at, 'kind');
  if (kind !== 'const' && kind !== 'let') return stop(at, 'Write `const`, or `let` for what is added to.');
  const [declarator, ...others] = listOf(at, 'declarations');
  if (declarator === undefined) return stop(at, 'Write one `const` for each value.');
  const more = others.length === 0 ? rest : [{ ...at, declarations: others }, ...rest];
  const source = identifierName(partOf(declarator, 'id'));
  if (source === undefined)
    return statements(parsing, block, more, takenApart(parsing, partOf(declarator, 'id'), partOf(declarator, 'init'), place), expected);
  freshName(place, source, declarator);
  if (!isSyntax(declarator['init'])) return stop(declarator, 'Say what it is at first: `let total = 0`.');
  const data = dataAt(parsing, partOf(declarator, 'init'), place);
  if (kind === 'const' && data !== undefined && (!isValue(data) || isOfTexts(data))) {
    return statements(parsing, block, more, standingFor(place, source, data), expected);
  }
  const text =
    kind === 'let' && needsContext(partOf(declarator, 'init'))
      ? (data ?? { at: unwrapped(partOf(declarator, 'init')), from: place })
      : undefined;
  if (text !== undefined && isOfTexts(text)) {
    return statements(parsing, block, more, isChanging(standingFor(place, source, text), source), expected);
  }
  const value = parsing.parse(partOf(declarator, 'init'), place);
  if (value.type.kind === 'list')
    return stop(declarator, 'A list cannot be kept in a `const`: write it where it is counted, summed or asked.');
  const { name, inside } = binding(place, source, value.type);
  const known = kind === 'let' ? isChanging(inside, source) : inside;
  const body = statements(parsing, block, more, known, expected);
  return { node: 'let', name, value, body, type: body.type };
}

/** A way that does not return goes on with what follows; what follows is read once for each way. */
function choice(parsing: Parsing, block: Syntax, at: Syntax, rest: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const { when, yes, no } = askedAt(partOf(at, 'test'), place, (test, inside) => parseCondition(parsing, test, inside));
  const consequent = partOf(at, 'consequent');
  const alternate = isSyntax(at['alternate']) ? at['alternate'] : undefined;
  const ends = (way: Syntax | undefined): boolean => way !== undefined && returnsIn(way) === 'always';
  const go = (way: Syntax | undefined, inside: Place, wanted?: ValueType): Expression =>
    statements(parsing, block, [...(way === undefined ? [] : [way]), ...(ends(way) ? [] : rest)], inside, wanted);
  const then = go(consequent, yes, expected);
  return conditionOf(at, when, then, go(alternate, no, expected ?? then.type));
}
