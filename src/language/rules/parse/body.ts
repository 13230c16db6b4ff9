/** The body of an arrow function: one expression, or `const`, `if` and `return`. */
import type { Expression, ValueType } from '#kernel';

import { conditionOf } from './conditions.ts';
import { parseCondition } from './operators.ts';
import { asIfs } from './switches.ts';
import { dataAt, isOfTexts, isValue } from './tables.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, knowing, presentWhen } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, partOf, stop, textIn } from './syntax.ts';

export function parseBody(parsing: Parsing, arrow: Syntax, place: Place, expected?: ValueType): Expression {
  if (arrow['async'] === true || arrow['generator'] === true) return stop(arrow, 'A formula cannot wait: leave `async` out.');
  const body = partOf(arrow, 'body');
  if (body.type !== 'BlockStatement') return parsing.parse(body, place, expected);
  return statements(parsing, body, listOf(body, 'body'), place, expected);
}

function statements(parsing: Parsing, block: Syntax, list: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const [first, ...rest] = list;
  if (first === undefined) return stop(block, 'Each way through must end with `return`.');
  switch (first.type) {
    case 'ReturnStatement': {
      if (rest[0] !== undefined) return stop(rest[0], 'Nothing can follow `return`.');
      const value = first['argument'];
      return isSyntax(value) ? parsing.parse(value, place, expected) : stop(first, '`return` needs a value.');
    }
    case 'VariableDeclaration':
      return declaration(parsing, block, first, rest, place, expected);
    case 'IfStatement':
      return choice(parsing, block, first, rest, place, expected);
    case 'BlockStatement':
      if (rest[0] !== undefined) return stop(rest[0], 'Nothing can follow `return`.');
      return statements(parsing, first, listOf(first, 'body'), place, expected);
    case 'SwitchStatement':
      return statements(parsing, block, [...asIfs(parsing, first, place), ...rest], place, expected);
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return stop(
        first,
        'There are no loops in formulas: write `sum(list, (item) => ...)`, `count(list)`, `list.some(...)` or `list.every(...)`.',
      );
    default:
      return stop(first, 'A formula is made of `const`, `if`, `switch` and `return`.');
  }
}

function declaration(parsing: Parsing, block: Syntax, at: Syntax, rest: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  if (textIn(at, 'kind') !== 'const')
    return stop(
      at,
      'Write `const`: a value does not change in a formula. One of several is `const x = a ? b : c`, a sum over a list is `sum(list, (item) => ...)`.',
    );
  const [declarator, second] = listOf(at, 'declarations');
  if (declarator === undefined || second !== undefined) return stop(at, 'Write one `const` for each value.');
  const source = identifierName(partOf(declarator, 'id'));
  if (source === undefined) return stop(declarator, 'Write one `const` for each value, without taking a row apart.');
  if (place.names.has(source)) return stop(declarator, `The name \`${source}\` is taken here: choose another.`);
  if (place.data.has(source)) return stop(declarator, `The name \`${source}\` is taken here: choose another.`);
  const data = dataAt(parsing, partOf(declarator, 'init'), place);
  if (data !== undefined && (!isValue(data) || isOfTexts(data))) {
    const known = { ...place, data: new Map(place.data).set(source, data), taken: new Set([...place.taken, source]) };
    return statements(parsing, block, rest, known, expected);
  }
  const value = parsing.parse(partOf(declarator, 'init'), place);
  if (value.type.kind === 'list')
    return stop(declarator, 'A list cannot be kept in a `const`: write it where it is counted, summed or asked.');
  const { name, inside } = binding(place, source, value.type);
  const body = statements(parsing, block, rest, inside, expected);
  return { node: 'let', name, value, body, type: body.type };
}

function choice(parsing: Parsing, block: Syntax, at: Syntax, rest: readonly Syntax[], place: Place, expected?: ValueType): Expression {
  const when = parseCondition(parsing, partOf(at, 'test'), place);
  const alternate = at['alternate'];
  if (isSyntax(alternate) && rest[0] !== undefined) return stop(rest[0], 'Nothing can follow an `if` that returns both ways.');
  const yes = knowing(place, presentWhen(when, true));
  const no = knowing(place, presentWhen(when, false));
  const consequent = partOf(at, 'consequent');
  const otherwiseOf = (wanted?: ValueType): Expression =>
    isSyntax(alternate) ? statements(parsing, block, [alternate], no, wanted) : statements(parsing, block, rest, no, wanted);
  const then = statements(parsing, consequent, [consequent], yes, expected);
  return conditionOf(at, when, then, otherwiseOf(expected ?? then.type));
}
