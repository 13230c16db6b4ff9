/** The rule IR in plain English, for people: "the sum of the quantity times the unit price of its lines". Says everything that it does. */
import type { Expression, Rounding, ValueType } from '#kernel';
import { textOfDays } from './calendar.ts';
import { textOf } from './fixed-point.ts';
import type { RuleNames } from './names.ts';

/** `unitPrice` as people say it: "unit price". */
const words = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

/** How each name in scope is spoken of; the row itself is "it", whose fields are plainly "the total". */
type Speech = ReadonlyMap<string, string>;

export function describeExpression(expression: Expression, names: RuleNames): string {
  return say(expression, names, new Map([['row', '']]));
}

const roundings: { readonly [Mode in Rounding]: string } = {
  'half-up': 'rounded half up',
  'half-even': 'rounded half to even',
  down: 'rounded down',
  up: 'rounded up',
};
const comparisons = {
  equal: 'is',
  notEqual: 'is not',
  less: 'is less than',
  lessOrEqual: 'is at most',
  greater: 'is more than',
  greaterOrEqual: 'is at least',
} as const;
const dates = { less: 'is before', lessOrEqual: 'is on or before', greater: 'is after', greaterOrEqual: 'is on or after' } as const;

function say(at: Expression, names: RuleNames, speech: Speech): string {
  const phrase = (part: Expression): string => say(part, names, speech);
  /** A part that holds a choice or an operator of its own is set apart. */
  const apart = (part: Expression): string =>
    (part.node === 'binary' && part.op !== 'smaller' && part.op !== 'larger') || part.node === 'condition' || part.node === 'let'
      ? `(${phrase(part)})`
      : phrase(part);
  switch (at.node) {
    case 'constant':
      return constant(at.type, at.value, names);
    case 'input':
      return speech.get(at.name) || `the ${words(at.name === 'row' && at.type.kind === 'row' ? names.rowName(at.type.of) : at.name)}`;
    case 'today':
      return 'today';
    case 'field': {
      const owner = ownerOf(at.of, names, speech);
      return owner === '' ? `the ${words(at.field)}` : `the ${words(at.field)} of ${owner}`;
    }
    case 'follow':
      return phrase(at.of);
    case 'related':
      return `the ${pluralOf(at, names)} of ${ownerOf(at.of, names, speech) || 'it'}`;
    case 'not':
      return at.of.node === 'absent' ? `${phrase(at.of.of)} is given` : `not (${phrase(at.of)})`;
    case 'absent':
      return `${phrase(at.of)} is not given`;
    case 'negate':
      return `minus ${apart(at.of)}`;
    case 'binary':
      return binary(at, apart, phrase);
    case 'divide':
      return `${apart(at.left)} divided by ${apart(at.right)}, ${roundings[at.rounding]} to ${digits(at.scale)}`;
    case 'round':
      return sayRound(at, names, speech, apart);
    case 'condition':
      return `${apart(at.then)} if ${phrase(at.when)}, otherwise ${phrase(at.otherwise)}`;
    case 'coalesce':
      if (at.otherwise.node === 'constant' && at.otherwise.value === false) return phrase(at.of);
      return `${apart(at.of)} (or ${phrase(at.otherwise)} where it is not given)`;
    case 'addToDate':
      return `${count(at.amount, at.unit, apart)} after ${apart(at.of)}`;
    case 'daysBetween':
      return `the days from ${apart(at.left)} to ${apart(at.right)}`;
    case 'partOfDate':
      return at.part === 'weekday' ? `the day of the week of ${apart(at.of)}, Monday being 1,` : `the ${at.part} of ${apart(at.of)}`;
    case 'edgeOfPeriod':
      return `the ${at.edge} day of the ${at.period} of ${apart(at.of)}`;
    case 'periodsBetween':
      return `the whole ${at.unit} from ${apart(at.left)} to ${apart(at.right)}`;
    case 'let':
      return `${say(at.body, names, new Map(speech).set(at.name, `the ${words(at.name)}`))}, where the ${words(at.name)} is ${phrase(at.value)}`;
    case 'aggregate':
      return aggregate(at, names, speech);
  }
}

function binary(
  at: Extract<Expression, { node: 'binary' }>,
  apart: (part: Expression) => string,
  phrase: (part: Expression) => string,
): string {
  const same = (part: Expression): string => (part.node === 'binary' && part.op === at.op ? phrase(part) : apart(part));
  const comparison = (part: Expression): string =>
    part.node === 'binary' && (part.op === 'and' || part.op === 'or') && part.op !== at.op ? `(${phrase(part)})` : phrase(part);
  switch (at.op) {
    case 'add':
      return `${same(at.left)} plus ${apart(at.right)}`;
    case 'subtract':
      return `${at.left.node === 'binary' && (at.left.op === 'subtract' || at.left.op === 'add') ? phrase(at.left) : apart(at.left)} minus ${apart(at.right)}`;
    case 'multiply':
      return `${same(at.left)} times ${apart(at.right)}`;
    case 'smaller':
      return `the smaller of ${phrase(at.left)} and ${phrase(at.right)}`;
    case 'larger':
      return `the larger of ${phrase(at.left)} and ${phrase(at.right)}`;
    case 'and':
      return `${comparison(at.left)} and ${comparison(at.right)}`;
    case 'or':
      return `${comparison(at.left)} or ${comparison(at.right)}`;
    case 'equal':
    case 'notEqual':
      return `${apart(at.left)} ${comparisons[at.op]} ${apart(at.right)}`;
    case 'less':
    case 'lessOrEqual':
    case 'greater':
    case 'greaterOrEqual':
      return `${apart(at.left)} ${at.left.type.kind === 'date' ? dates[at.op] : comparisons[at.op]} ${apart(at.right)}`;
  }
}

/** "" for the row itself. */
function ownerOf(row: Expression, names: RuleNames, speech: Speech): string {
  if (row.node === 'input') return speech.get(row.name) ?? `the ${words(row.name)}`;
  if (row.node === 'follow') return ownerOf(row.of, names, speech);
  return say(row, names, speech);
}

function pluralOf(at: Extract<Expression, { node: 'related' }>, names: RuleNames): string {
  const members = at.of.type.kind === 'row' ? names.members(at.of.type.of) : [];
  return words(
    members.find((member) => member.kind === 'related' && member.entity === at.entity && member.via === at.via)?.name ??
      `${names.rowName(at.entity)} rows`,
  );
}

function aggregate(at: Extract<Expression, { node: 'aggregate' }>, names: RuleNames, speech: Speech): string {
  const list =
    at.over.node === 'field' ? listName(at.over, names, speech) : say(at.over, names, speech).replace(/^the (.*) of it$/, 'its $1');
  const inside = new Map(speech).set(at.item, '');
  const where = at.where === undefined ? '' : ` where ${say(at.where, names, inside)}`;
  const value = at.value === undefined ? '' : say(at.value, names, inside);
  switch (at.op) {
    case 'count':
      return `the number of ${list}${where}`;
    case 'sum':
      return `the sum of ${value} over ${list}${where}`;
    case 'average':
      return `the average of ${value} over ${list}${where}${at.type.kind === 'number' ? `, ${roundings[at.rounding ?? 'half-up']} to ${digits(at.type.scale)}` : ''}`;
    case 'smallest':
      return `the smallest of ${value} over ${list}${where}`;
    case 'largest':
      return `the largest of ${value} over ${list}${where}`;
    case 'some':
      return `for at least one of ${list}${where}, ${value}`;
    case 'every':
      return `for each of ${list}${where}, ${value}`;
  }
}

function listName(at: Extract<Expression, { node: 'field' }>, names: RuleNames, speech: Speech): string {
  const owner = ownerOf(at.of, names, speech);
  return owner === '' ? `its ${words(at.field)}` : `the ${words(at.field)} of ${owner}`;
}

/** "10% of the subtotal, rounded half up to cents". */
function sayRound(
  at: Extract<Expression, { node: 'round' }>,
  names: RuleNames,
  speech: Speech,
  apart: (part: Expression) => string,
): string {
  if (at.of.type.kind === 'number' && at.of.type.scale < at.scale) return say(at.of, names, speech);
  const { of } = at;
  if (
    of.node === 'binary' &&
    of.op === 'multiply' &&
    of.right.node === 'constant' &&
    typeof of.right.value === 'number' &&
    of.right.type.kind === 'number'
  ) {
    const percent = textOf({ value: of.right.value * 100, scale: of.right.type.scale }).replace(/\.?0+$/, (zeros) =>
      zeros.startsWith('.') ? '' : zeros,
    );
    return `${percent}% of ${apart(of.left)}, ${roundings[at.rounding]} to ${digits(at.scale)}`;
  }
  return `${apart(of)}, ${roundings[at.rounding]} to ${digits(at.scale)}`;
}

const digits = (scale: number): string => (scale === 0 ? 'a whole number' : `${scale} ${scale === 1 ? 'digit' : 'digits'} after the point`);

const count = (amount: Expression, unit: 'days' | 'months', apart: (part: Expression) => string): string => {
  const years = amount.node === 'constant' && unit === 'months' && typeof amount.value === 'number' ? amount.value / 12 : 0;
  if (years >= 1 && Number.isInteger(years)) return years === 1 ? '1 year' : `${years} years`;
  return amount.node === 'constant' && amount.value === 1 ? `1 ${unit.slice(0, -1)}` : `${apart(amount)} ${unit}`;
};

function constant(type: ValueType, value: null | boolean | number | string, names: RuleNames): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (type.kind === 'number' && typeof value === 'number') {
    const [whole = '', fraction] = textOf({ value, scale: type.scale }).split('.');
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined || (type.money && /^0+$/.test(fraction)) ? grouped : `${grouped}.${fraction}`;
  }
  if (type.kind === 'date' && typeof value === 'number') return textOfDays(value);
  if (type.kind === 'choice') return words(names.choices(type.field).find((choice) => choice.id === value)?.name ?? String(value));
  return typeof value === 'string' ? `"${value}"` : String(value);
}
