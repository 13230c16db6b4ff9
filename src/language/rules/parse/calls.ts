/** Calls: the functions of theseus/sdk that a formula may use, rules by name, and questions to lists. */
import type { Expression } from '#kernel';
import { fixedPointOf } from '../fixed-point.ts';
import { inlined } from './inline.ts';
import { dateCalls, ofDateLibraries } from './dates.ts';
import { aggregate, countOf } from './lists.ts';
import { askList } from './methods.ts';
import { atLiteralScale, literalText, options } from './literals.ts';
import { numberType, optionally } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import { argumentsOf } from './arguments.ts';
import { rowOf } from './members.ts';
import type { Call, Parsing, Place } from './parsing.ts';
import { limits, needPresent } from './parsing.ts';
import { numberAt, type NumberValue } from './needed.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, stop, unwrapped } from './syntax.ts';
import { ofSeveral } from './several.ts';

const sdkCalls: { readonly [name: string]: Call } = {
  money: (parsing, at) => {
    const digits = parsing.scope.currencyDigits;
    const value = atLiteralScale(at, digits, "`money('500.00')`");
    return { node: 'constant', type: numberType(digits, true), value };
  },
  decimal: (_, at) => {
    const [argument] = argumentsOf(at, 1, "Write `decimal('1.50')`.");
    const parsed = argument === undefined ? undefined : fixedPointOf(literalText(argument, "`decimal('1.50')`"));
    return parsed === undefined
      ? stop(at, "This is no decimal: write `decimal('1.50')`.")
      : { node: 'constant', type: numberType(parsed.scale), value: parsed.value };
  },
  percentOf: (parsing, at, place) => {
    const [amount, percent] = numbers(parsing, at, place, 'Write `percentOf(amount, 10)`.');
    if (percent.type.money) return stop(at, 'The second value of percentOf is the percentage: a plain number.');
    const share = percentage(amount.value, percent.value, percent.type.scale);
    const exact: Expression = {
      node: 'binary',
      op: 'multiply',
      ...share,
      type: numberType(
        share.left.type.kind === 'number' && share.right.type.kind === 'number' ? share.left.type.scale + share.right.type.scale : 0,
        amount.type.money,
      ),
    };
    if (exact.type.kind === 'number' && exact.type.scale > limits.scale)
      return stop(at, `The result has more than ${limits.scale} digits after the point.`);
    return {
      node: 'round',
      of: exact,
      scale: amount.type.scale,
      rounding: 'half-up',
      type: numberType(amount.type.scale, amount.type.money),
    };
  },
  divide: (parsing, at, place) => {
    const [left, right] = numbers(parsing, at, place, "Write `divide(a, b, { scale: 2, rounding: 'half-up' })`.", 3);
    const { scale, rounding } = options(at, 2);
    if (right.type.money && !left.type.money) return stop(at, 'A plain number cannot be divided by an amount of money.');
    if (right.value.node === 'constant' && right.value.value === 0) return stop(at, 'A division by zero has no result.');
    const type = optionally(numberType(scale, left.type.money && !right.type.money), right.value.node !== 'constant');
    return { node: 'divide', left: left.value, right: right.value, scale, rounding, type };
  },
  round: (parsing, at, place) => {
    const given = argumentsOf(at, 2, "Write `round(value, { scale: 2, rounding: 'half-up' })`.");
    const of = numberAt(parsing, given[0] ?? at, place);
    const { scale, rounding } = options(at, 1);
    return { node: 'round', of: of.value, scale, rounding, type: numberType(scale, of.type.money) };
  },
  ...dateCalls,
  min: (parsing, at, place) => ofSeveral(parsing, at, place, 'smaller'),
  max: (parsing, at, place) => ofSeveral(parsing, at, place, 'larger'),
  sum: (parsing, at, place) => aggregate(parsing, at, place, 'sum'),
  average: (parsing, at, place) => aggregate(parsing, at, place, 'average'),
  smallest: (parsing, at, place) => aggregate(parsing, at, place, 'smallest'),
  largest: (parsing, at, place) => aggregate(parsing, at, place, 'largest'),
  count: (parsing, at, place) => {
    const [list] = argumentsOf(at, 1, 'Write `count(list)` or `count(list.filter((item) => ...))`.');
    return countOf(parsing, at, list ?? at, place);
  },
};

export function parseCall(parsing: Parsing, at: Syntax, place: Place): Expression {
  const callee = unwrapped(partOf(at, 'callee'));
  if (callee.type === 'MemberExpression') return askList(parsing, at, callee, place);
  const name = identifierName(callee);
  if (name === undefined || place.names.has(name) || place.data.has(name))
    return stop(at, 'Only functions of theseus/sdk and rules can be called in a formula.');
  const sdk = parsing.scope.sdk(name);
  const call = sdk === undefined || !Object.hasOwn(sdkCalls, sdk) ? undefined : sdkCalls[sdk];
  if (call !== undefined) return call(parsing, at, place);
  const rule = parsing.scope.rule(name);
  if (rule !== undefined) {
    const [argument] = argumentsOf(at, 1, `Write \`${name}(${parsing.scope.rowName(rule.on)})\`.`);
    const row = argument === undefined ? undefined : rowOf(parsing.parse(argument, place), place);
    if (row === undefined || row.type.kind !== 'row' || row.type.of !== rule.on)
      return stop(at, `\`${name}\` decides about one ${parsing.scope.rowName(rule.on)}: give it one.`);
    parsing.spend(at, [...nodesOf(rule.body)].length);
    return inlined(rule.body, needPresent(row, at), place.taken);
  }
  if (sdk !== undefined) return stop(at, `\`${name}\` cannot be used in a formula.`);
  const known = Object.keys(sdkCalls).join(', ');
  const instead = Object.hasOwn(ofDateLibraries, name) ? ofDateLibraries[name] : undefined;
  if (instead !== undefined) return stop(at, `Write \`${instead}\` from theseus/sdk.`);
  return stop(
    at,
    Object.hasOwn(sdkCalls, name)
      ? `Import \`${name}\` from 'theseus/sdk'.`
      : `The function \`${name}\` is not known. Formulas may call ${known} from theseus/sdk, and rules that the file imports.`,
  );
}

function numbers(parsing: Parsing, at: Syntax, place: Place, message: string, count = 2): readonly [NumberValue, NumberValue] {
  const given = argumentsOf(at, count, message);
  return [numberAt(parsing, given[0] ?? at, place), numberAt(parsing, given[1] ?? at, place)];
}
/** amount x percent / 100: of a constant percentage the hundredth is taken at once. */
function percentage(amount: Expression, percent: Expression, scale: number): { readonly left: Expression; readonly right: Expression } {
  if (percent.node === 'constant' && typeof percent.value === 'number')
    return { left: amount, right: smallestScale(percent.value, scale + 2) };
  const product: Expression = {
    node: 'binary',
    op: 'multiply',
    left: amount,
    right: percent,
    type: numberType((amount.type.kind === 'number' ? amount.type.scale : 0) + scale, amount.type.kind === 'number' && amount.type.money),
  };
  return { left: product, right: { node: 'constant', type: numberType(2), value: 1 } };
}
function smallestScale(value: number, scale: number): Expression {
  let [whole, digits] = [value, scale];
  while (digits > 0 && whole % 10 === 0) [whole, digits] = [whole / 10, digits - 1];
  return { node: 'constant', type: numberType(digits), value: whole };
}
