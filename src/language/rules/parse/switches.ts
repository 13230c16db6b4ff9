/**
 * `switch` as the `if`s that it stands for. Each case ends: with `return`, or with `break`, behind which the formula goes on; so no case falls
 * through to the next. Where all choices have one, the last needs no question.
 */
import type { Parsing, Place } from './parsing.ts';
import { returnsIn } from './returning.ts';
import type { Syntax } from './syntax.ts';
import { isSyntax, listOf, partOf, stop } from './syntax.ts';

interface Case {
  readonly at: Syntax;
  /** None: `default`. */
  readonly labels: readonly Syntax[];
  readonly body: Syntax;
}

export function asIfs(parsing: Parsing, at: Syntax, place: Place): readonly Syntax[] {
  const asked = partOf(at, 'discriminant');
  const cases = casesOf(at);
  const last = cases.at(-1);
  if (last === undefined) return stop(at, 'A `switch` needs a case.');
  const labels = cases.flatMap((one) => one.labels);
  const whole = last.labels.length > 0 && isWhole(parsing, asked, labels, place);
  const chain = cases.reduceRight<Syntax | undefined>((alternate, { at: here, labels: own, body }) => {
    if (own.length === 0 || (whole && body === last.body)) return body;
    const { start, end } = here;
    return {
      type: 'IfStatement',
      start,
      end,
      test: anyOf(asked, own),
      consequent: body,
      ...(alternate === undefined ? {} : { alternate }),
    };
  }, undefined);
  return chain === undefined ? [] : [chain];
}

function casesOf(at: Syntax): readonly Case[] {
  const found: Case[] = [];
  let waiting: Syntax[] = [];
  const written = listOf(at, 'cases');
  for (const [index, each] of written.entries()) {
    const label = each['test'];
    const isLast = index === written.length - 1;
    if (!isSyntax(label) && (waiting.length > 0 || !isLast)) return stop(each, '`default` stands alone, and last.');
    if (isSyntax(label)) waiting = [...waiting, label];
    if (listOf(each, 'consequent').length === 0 && isSyntax(label)) continue;
    found.push({ at: each, labels: waiting, body: bodyOf(each, isLast) });
    waiting = [];
  }
  if (waiting.length > 0) return stop(at, 'The last case returns nothing.');
  return found;
}

/** Without the `break` that ends it; a block of its own, as its names are. */
function bodyOf(each: Syntax, isLast: boolean): Syntax {
  const { start, end } = each;
  const steps = listOf(each, 'consequent');
  const [only] = steps;
  const list = steps.length === 1 && only?.type === 'BlockStatement' ? listOf(only, 'body') : steps;
  const outer = ending(steps);
  const ends = ending(list) ?? outer;
  const body: Syntax = { type: 'BlockStatement', start, end, body: ends === undefined ? list : list.filter((step) => step !== ends) };
  if (ends === undefined && !isLast && returnsIn(body) !== 'always')
    return stop(each, 'Each case ends with `return` or `break`: it would go on with the next one.');
  return body;
}
/** The `break` at the end. */
const ending = (steps: readonly Syntax[]): Syntax | undefined => {
  const last = steps.at(-1);
  return last?.type === 'BreakStatement' && !isSyntax(last['label']) ? last : undefined;
};

const anyOf = (asked: Syntax, labels: readonly Syntax[]): Syntax =>
  labels
    .map((value): Syntax => ({
      type: 'BinaryExpression',
      start: value.start,
      end: value.end,
      operator: '===',
      left: asked,
      right: value,
    }))
    .reduce((left, right): Syntax => ({ type: 'LogicalExpression', start: left.start, end: right.end, operator: '||', left, right }));

/** Whether there is a case for every choice that the value can be. */
function isWhole(parsing: Parsing, asked: Syntax, labels: readonly Syntax[], place: Place): boolean {
  const { type } = parsing.parse(asked, place);
  if (type.kind !== 'choice' || type.optional) return false;
  const named = new Set(labels.map((label) => label['value']));
  return parsing.scope.choices(type.field).every(({ name }) => named.has(name));
}
