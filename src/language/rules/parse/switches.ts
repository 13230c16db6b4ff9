/** `switch` as the `if`s that it stands for: each case returns, and where all choices have one, the last needs no question. */
import type { Parsing, Place } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { isSyntax, listOf, partOf, stop } from './syntax.ts';

export function asIfs(parsing: Parsing, at: Syntax, place: Place): readonly Syntax[] {
  const asked = partOf(at, 'discriminant');
  const found: Syntax[] = [];
  const labels: Syntax[] = [];
  let waiting: Syntax[] = [];
  for (const [index, each] of listOf(at, 'cases').entries()) {
    const label = each['test'];
    const body = listOf(each, 'consequent');
    for (const step of body)
      if (step.type === 'BreakStatement') return stop(step, 'Each case ends with `return`: a formula has nothing to do after it.');
    if (!isSyntax(label)) {
      if (waiting.length > 0 || index !== listOf(at, 'cases').length - 1) return stop(each, '`default` stands alone, and last.');
      return [...found, ...body];
    }
    labels.push(label);
    waiting = [...waiting, label];
    if (body.length === 0) continue;
    const test = waiting
      .map((value): Syntax => ({
        type: 'BinaryExpression',
        start: value.start,
        end: value.end,
        operator: '===',
        left: asked,
        right: value,
      }))
      .reduce((left, right): Syntax => ({ type: 'LogicalExpression', start: left.start, end: right.end, operator: '||', left, right }));
    const { start, end } = each;
    found.push({ type: 'IfStatement', start, end, test, consequent: { type: 'BlockStatement', start, end, body }, alternate: null });
    waiting = [];
  }
  if (waiting.length > 0) return stop(at, 'The last case returns nothing.');
  const last = found.at(-1);
  if (last === undefined) return stop(at, 'A `switch` needs a case.');
  return isWhole(parsing, asked, labels, place) ? [...found.slice(0, -1), partOf(last, 'consequent')] : found;
}

/** Whether there is a case for every choice that the value can be. */
function isWhole(parsing: Parsing, asked: Syntax, labels: readonly Syntax[], place: Place): boolean {
  const { type } = parsing.parse(asked, place);
  if (type.kind !== 'choice' || type.optional) return false;
  const named = new Set(labels.map((label) => label['value']));
  return parsing.scope.choices(type.field).every(({ name }) => named.has(name));
}
