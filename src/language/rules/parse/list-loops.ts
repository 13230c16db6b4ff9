/**
 * `for (const line of order.lines) if (line.free) total += line.price;`: a loop over rows of the database that adds up what does not depend on what it
 * adds to. So it is a sum for each name, over the items of which the conditions hold, whatever their order.
 */
import type { Expression } from '#kernel';
import { joined, sameKind } from '../value-type.ts';
import { mixed } from './conditions.ts';
import { aggregate, countOf } from './lists.ts';
import { bodyOf, patternOf } from './loops.ts';
import { freshName, type Parsing, type Place } from './parsing.ts';
import { readsAny } from './reads.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, partOf, stop, textIn, unwrapped } from './syntax.ts';

interface Addition {
  readonly name: string;
  readonly op: 'add' | 'subtract';
  /** None: one. */
  readonly value?: Syntax;
  readonly when: readonly Syntax[];
}

export function addedOver(parsing: Parsing, at: Syntax, place: Place): Place {
  const additions = bodyOf(at).flatMap((each) => additionsIn(each, []));
  const names = new Set(additions.map(({ name }) => name));
  for (const { when, value } of additions)
    for (const read of [...when, ...(value === undefined ? [] : [value])])
      if (readsAny(read, names))
        return stop(read, 'What a loop over rows adds does not depend on what it adds to: write `sum(list, (item) => ...)`.');
  const item = patternOf(at);
  for (const own of identifierName(item) === undefined ? listOf(item, 'properties').map((one) => partOf(one, 'value')) : [item])
    freshName(place, identifierName(own) ?? '', own);
  return additions.reduce((inside, addition) => added(parsing, at, item, addition, inside), place);
}

function additionsIn(at: Syntax, when: readonly Syntax[]): readonly Addition[] {
  switch (at.type) {
    case 'EmptyStatement':
      return [];
    case 'BlockStatement':
      return listOf(at, 'body').flatMap((each) => additionsIn(each, when));
    case 'IfStatement': {
      if (isSyntax(at['alternate'])) return stop(at, only);
      return additionsIn(partOf(at, 'consequent'), [...when, partOf(at, 'test')]);
    }
    case 'ExpressionStatement': {
      const of = unwrapped(partOf(at, 'expression'));
      const isUpdate = of.type === 'UpdateExpression';
      const name =
        isUpdate || of.type === 'AssignmentExpression' ? identifierName(unwrapped(partOf(of, isUpdate ? 'argument' : 'left'))) : undefined;
      const op = { '+=': 'add', '++': 'add', '-=': 'subtract', '--': 'subtract' }[textIn(of, 'operator') ?? ''] as
        | Addition['op']
        | undefined;
      if (name === undefined || op === undefined) return stop(at, only);
      return [{ name, op, when, ...(isUpdate ? {} : { value: partOf(of, 'right') }) }];
    }
    default:
      return stop(at, only);
  }
}
const only =
  'A loop over rows of the database adds up: `total += line.price`, under `if` without `else`. For all else write `sum(list, (item) => ...)`, `count(list)`, `list.some(...)` or `list.every(...)`.';

function added(parsing: Parsing, at: Syntax, item: Syntax, { name, op, value, when }: Addition, place: Place): Place {
  const before = place.names.get(name);
  if (before === undefined || !place.changing.has(name))
    return stop(at, 'What does not stand behind `let` does not change: write `let total = 0` before the loop.');
  const { start, end } = at;
  const arrow = (body: Syntax): Syntax => ({ type: 'ArrowFunctionExpression', start, end, params: [item], body });
  const list = when.reduce<Syntax>(
    (of, test) => ({
      type: 'CallExpression',
      start,
      end,
      callee: {
        type: 'MemberExpression',
        start,
        end,
        object: of,
        property: { type: 'Identifier', start, end, name: 'filter' },
        computed: false,
      },
      arguments: [arrow(test)],
    }),
    partOf(at, 'right'),
  );
  const right: Expression =
    value === undefined
      ? countOf(parsing, at, list, place)
      : aggregate(parsing, { type: 'CallExpression', start, end, arguments: [list, arrow(value)] }, place, 'sum');
  if (before.type.optional || !sameKind(before.type, right.type)) return stop(at, mixed(before.type, right.type));
  const now: Expression = { node: 'binary', op, left: before, right, type: joined(before.type, right.type) };
  return { ...place, names: new Map(place.names).set(name, now) };
}
