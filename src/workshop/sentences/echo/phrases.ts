/** Formulas, groups of rows and conditions in canonical English; each parses back to the same tree. */
import { fieldNamed, type SystemModel } from '#model';
import { dateByParticiple, saysSize, soleChoice } from '../bind.ts';
import { articleFor, participlesOf, pluralOf } from '../inflection.ts';
import { isReserved } from '../lexicon.ts';
import { labelOf, listed } from '../names.ts';
import type { Comparison, Condition, Formula, Literal, Rows } from '../request.ts';
import { fieldAt, fieldsOfKind, type Row, rowOf, waysTo } from '../resolve.ts';

const grouped = (text: string): string => {
  const [whole = '0', part] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return part === undefined ? digits : `${digits}.${part}`;
};
/** "1,000 EUR", "12.50 EUR". */
export function echoMoney(model: SystemModel, text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return `${grouped(whole)}${part === '' ? '' : `.${part.padEnd(model.settings.currency.digits, '0')}`} ${model.settings.currency.code}`;
}
export const echoNumber = (text: string): string => grouped(text);
export function echoLiteral(model: SystemModel, literal: Literal): string {
  switch (literal.is) {
    case 'money':
      return echoMoney(model, literal.value);
    case 'number':
      return echoNumber(literal.value);
    case 'choice':
      return labelOf(literal.value);
    case 'date':
      return literal.value;
    case 'text':
      return `"${literal.value}"`;
    default:
      return literal.is;
  }
}
/** "the credit limit", "its customer's credit limit". */
export const echoPath = (steps: readonly string[]): string =>
  steps.length === 1 ? `the ${labelOf(steps[0] ?? '')}` : `its ${steps.map(labelOf).join("'s ")}`;

const OPERATORS = { plus: 'plus', minus: 'minus', times: 'times', dividedBy: 'divided by' } as const;
const rank = (formula: Formula): number =>
  formula.is === 'arithmetic' ? (formula.op === 'plus' || formula.op === 'minus' ? 1 : 2) : formula.is === 'percent' ? 3 : 4;

/** `inside` an aggregate names are said without an article. */
export function echoFormula(model: SystemModel, row: Row, formula: Formula, inside = false): string {
  const echo = (part: Formula): string => echoFormula(model, row, part, inside);
  const wrapped = (part: Formula, least: number): string => (rank(part) < least ? `( ${echo(part)} )` : echo(part));
  switch (formula.is) {
    case 'field':
      return inside ? bare(formula.path) : echoPath(formula.path);
    case 'literal':
      return echoLiteral(model, formula.literal);
    case 'today':
      return 'today';
    case 'arithmetic': {
      const own = rank(formula);
      return `${wrapped(formula.left, own)} ${OPERATORS[formula.op]} ${wrapped(formula.right, own + 1)}`;
    }
    case 'percent':
      return `${formula.percent}% of ${wrapped(formula.of, 3)}`;
    case 'shift':
      return echoShift(formula, formula.of.is === 'today' ? 'today' : echo(formula.of));
    case 'days':
      return `the number of days from ${echo(formula.from)} to ${echo(formula.to)}`;
    case 'aggregate': {
      const over = insideRow(model, row, formula.over);
      const rows = over === undefined ? '' : echoRows(model, over, formula.over, 'its');
      if (formula.op === 'count' || formula.value === undefined || over === undefined) return `the number of ${rows}`;
      const word = { sum: 'sum of', average: 'average of', largest: 'largest', smallest: 'smallest', count: 'number of' }[formula.op];
      return `the ${word} ${echoFormula(model, over, formula.value, true)} of ${rows}`;
    }
  }
}
export function echoShift(shift: Extract<Formula, { is: 'shift' }>, anchor: string): string {
  const amount = Math.abs(shift.amount);
  const unit = `${amount} ${amount === 1 ? shift.unit.slice(0, -1) : shift.unit}`;
  if (anchor === 'today') return shift.amount < 0 ? `${unit} before today` : `${unit} after today`;
  return `${unit} ${shift.amount < 0 ? 'before' : 'after'} ${anchor}`;
}
export const insideRow = (model: SystemModel, row: Row, over: Rows): Row | undefined =>
  over.list === undefined ? rowOf(model, { entity: over.entity ?? '' }) : rowOf(model, { entity: row.entity.name, list: over.list });
export const rowsWords = (model: SystemModel, row: Row, over: Rows): string => {
  if (over.list === undefined) return labelOf(model.entities.find((entity) => entity.name === over.entity)?.plural ?? '');
  const list = fieldNamed(row.entity.fields, over.list);
  return list?.type.kind === 'list' ? pluralOf(labelOf(list.type.item)) : labelOf(over.list);
};

const UN = new Set([
  'paid',
  'read',
  'published',
  'confirmed',
  'approved',
  'verified',
  'billed',
  'answered',
  'checked',
  'finished',
  'used',
  'sent',
  'tested',
  'known',
  'seen',
]);
export const flagWords = (name: string, value: boolean): string =>
  value ? labelOf(name) : UN.has(name) ? `un${name}` : `not ${labelOf(name)}`;

/** "its open lines", "their orders". */
export function echoRows(model: SystemModel, inside: Row, over: Rows, whose: string): string {
  const base = rowOf(model, { entity: inside.entity.name });
  return `${whose} ${echoGroup(model, inside, over.where, over.list === undefined || base === undefined ? labelOf(inside.entity.plural) : rowsWords(model, base, over))}`;
}
/** The rows of `row` that meet the conditions; `noun` is "orders". */
export function echoGroup(model: SystemModel, row: Row, where: readonly Condition[], noun: string): string {
  const before: string[] = [];
  const after: string[] = [];
  const used = new Set<number>();
  where.forEach((condition, index) => {
    if (used.has(index)) return;
    if (condition.is === 'choice' && condition.path.length === 1 && condition.not !== true && soleChoice(row, condition.among))
      before.push(listed(condition.among.map(labelOf), 'or'));
    else if (condition.is === 'flag' && condition.path.length === 1) before.push(flagWords(condition.path[0] ?? '', condition.value));
    else {
      const group = followed(model, row, where, index);
      if (group !== undefined) {
        for (const each of group.members) used.add(each);
        after.push(`of ${group.words}`);
      } else {
        const pair = between(where, index);
        if (pair !== undefined) used.add(index + 1);
        after.push(
          pair === undefined
            ? echoCondition(model, row, condition)
            : `${dated(model, row, pair.path)} ${period(model, row, pair.from, pair.to)}`,
        );
      }
    }
    used.add(index);
  });
  const words = [...before, noun].join(' ');
  return [words, ...after.map((each, index) => (index > 0 && after.length > 1 ? `and ${each}` : each))].join(' ').trim();
}
/** "placed" for "placed on" where that is clear, else "whose placed on is". */
function dated(model: SystemModel, row: Row, path: readonly string[]): string {
  const name = path[0] ?? '';
  const label = labelOf(name);
  const words =
    label === 'due date'
      ? ['due']
      : label.endsWith(' on')
        ? [label.slice(0, -3)]
        : label.endsWith(' date')
          ? participlesOf(label.slice(0, -5))
          : [];
  const found =
    path.length > 1
      ? undefined
      : words.find((word) => {
          const meant = dateByParticiple(model, row, word);
          return Array.isArray(meant) && meant.join() === name;
        });
  return found ?? `whose ${bare(path)} is`;
}
function period(model: SystemModel, row: Row, from: Formula, to: Formula): string {
  const dates =
    from.is === 'literal' && to.is === 'literal' && 'value' in from.literal && 'value' in to.literal
      ? ([from.literal.value, to.literal.value] as const)
      : undefined;
  if (dates !== undefined && dates[0].endsWith('-01-01') && dates[1] === `${dates[0].slice(0, 4)}-12-31`)
    return `in ${dates[0].slice(0, 4)}`;
  if (from.is === 'today' && to.is === 'shift' && to.amount > 0) return `in the next ${echoShift(to, '').replace(/ after $/, '')}`;
  if (to.is === 'today' && from.is === 'shift' && from.amount < 0) return `in the last ${echoShift(from, '').replace(/ before $/, '')}`;
  return `between ${point(model, row, from)} and ${point(model, row, to)}`;
}
const bare = (path: readonly string[]): string => path.map(labelOf).join("'s ");
const pathsOf = (condition: Condition): readonly string[] | undefined =>
  condition.is === 'compare'
    ? condition.left.is === 'field' && condition.right.is !== 'field'
      ? condition.left.path
      : undefined
    : condition.path;

/** Neighbouring conditions on the same row that is referred to: "gold customers with a credit limit over 500". */
function followed(
  model: SystemModel,
  row: Row,
  where: readonly Condition[],
  from: number,
): { readonly words: string; readonly members: readonly number[] } | undefined {
  const first = where[from];
  const path = first === undefined ? undefined : pathsOf(first);
  if (row.owner.list !== undefined || path === undefined || path.length < 2) return undefined;
  const way = path.slice(0, -1);
  const reference = fieldAt(model, row, way)?.field;
  if (reference?.type.kind !== 'reference') return undefined;
  const to = reference.type.to;
  const target = model.entities.find((entity) => entity.id === to);
  const inside = target === undefined ? undefined : rowOf(model, { entity: target.name });
  if (target === undefined || inside === undefined) return undefined;
  const ways = waysTo(model, row.entity, target.name);
  if (ways.length !== 1 || ways[0]?.join() !== way.join()) return undefined;
  const members: number[] = [];
  const inner: Condition[] = [];
  for (let index = from; index < where.length; index += 1) {
    const condition = where[index];
    const steps = condition === undefined ? undefined : pathsOf(condition);
    if (condition === undefined || steps === undefined || steps.length !== way.length + 1 || steps.slice(0, -1).join() !== way.join())
      break;
    const named = condition.is === 'compare' ? steps.at(-1) : undefined;
    if (
      named !== undefined &&
      condition.is === 'compare' &&
      condition.right.is === 'literal' &&
      condition.right.literal.is === 'money' &&
      !saysSize(named)
    )
      break;
    members.push(index);
    inner.push(shorter(condition, way.length));
  }
  if (members.length === 0) return undefined;
  return { words: echoGroup(model, inside, inner, labelOf(target.plural)), members };
}
function shorter(condition: Condition, by: number): Condition {
  if (condition.is !== 'compare') return { ...condition, path: condition.path.slice(by) };
  return condition.left.is === 'field' ? { ...condition, left: { ...condition.left, path: condition.left.path.slice(by) } } : condition;
}
function between(
  where: readonly Condition[],
  index: number,
): { readonly path: readonly string[]; readonly from: Formula; readonly to: Formula } | undefined {
  const [low, high] = [where[index], where[index + 1]];
  if (low?.is !== 'compare' || high?.is !== 'compare' || low.by !== 'atLeast' || high.by !== 'atMost') return undefined;
  if (low.left.is !== 'field' || high.left.is !== 'field' || low.left.path.join() !== high.left.path.join()) return undefined;
  const either = (formula: Formula): boolean => simple(formula) || formula.is === 'literal';
  return either(low.right) && either(high.right) ? { path: low.left.path, from: low.right, to: high.right } : undefined;
}
const simple = (formula: Formula): boolean =>
  formula.is === 'today' ||
  (formula.is === 'literal' && formula.literal.is === 'date') ||
  (formula.is === 'shift' && formula.of.is === 'today');
function point(model: SystemModel, row: Row, formula: Formula): string {
  if (formula.is !== 'shift') return echoFormula(model, row, formula);
  const words = echoShift(formula, 'today');
  return formula.amount < 0 ? words.replace(' before today', ' ago') : words.replace(' after today', ' from today');
}

const COMPARISONS: { readonly [By in Comparison]: string } = {
  over: 'over',
  under: 'under',
  atLeast: 'at least',
  atMost: 'at most',
  equal: '',
  notEqual: 'not',
};
/** One condition after its noun: "over 500 EUR", "whose stock is under 10", "without an email". */
export function echoCondition(model: SystemModel, row: Row, condition: Condition): string {
  if (
    condition.is === 'compare' &&
    condition.left.is === 'field' &&
    condition.left.path.length === 1 &&
    condition.right.is === 'literal' &&
    condition.right.literal.is === 'money'
  ) {
    const amounts = fieldsOfKind(model, row, 'money');
    const name = condition.left.path[0] ?? '';
    if (amounts.length === 1 && amounts[0]?.name === name && condition.by !== 'equal' && condition.by !== 'notEqual') {
      if (!saysSize(name))
        return `with ${articleFor(labelOf(name))} ${labelOf(name)} ${condition.by === 'atLeast' || condition.by === 'atMost' ? 'of ' : ''}${COMPARISONS[condition.by]} ${echoFormula(model, row, condition.right)}`;
      return `${COMPARISONS[condition.by]} ${echoFormula(model, row, condition.right)}`;
    }
  }
  if (
    condition.is === 'compare' &&
    condition.left.is === 'field' &&
    condition.left.path.length === 1 &&
    simple(condition.right) &&
    fieldAt(model, row, condition.left.path)?.field.type.kind === 'date'
  ) {
    const word = { over: 'after', under: 'before', atLeast: 'since', atMost: 'until', equal: undefined, notEqual: undefined }[condition.by];
    const lead = dated(model, row, condition.left.path);
    if (word !== undefined && !lead.startsWith('whose')) return `${lead} ${word} ${point(model, row, condition.right)}`;
  }
  if (condition.is === 'present') {
    const words = bare(condition.path);
    return condition.value ? `with ${articleFor(words)} ${words}` : `without ${articleFor(words)} ${words}`;
  }
  return `whose ${echoClause(model, row, condition)}`;
}
/** "total is over 500 EUR", "tier is gold or silver". */
export function echoClause(model: SystemModel, row: Row, condition: Condition): string {
  switch (condition.is) {
    case 'choice':
      return `${bare(condition.path)} is ${condition.not === true ? 'not ' : ''}${listed(condition.among.map(labelOf), 'or')}`;
    case 'flag':
      return `${bare(condition.path)} is ${condition.value ? 'yes' : 'no'}`;
    case 'equals':
      return `${bare(condition.path)} is ${condition.not === true ? 'not ' : ''}"${condition.text}"`;
    case 'present':
      return `${bare(condition.path)} is ${condition.value ? 'given' : 'missing'}`;
    case 'compare': {
      const left = condition.left.is === 'field' ? bare(condition.left.path) : echoFormula(model, row, condition.left);
      const right = echoFormula(model, row, condition.right);
      const dates = condition.left.is === 'field' && fieldAt(model, row, condition.left.path)?.field.type.kind === 'date';
      const by = dates
        ? { over: 'after', under: 'before', atLeast: 'on or after', atMost: 'on or before', equal: '', notEqual: 'not' }[condition.by]
        : COMPARISONS[condition.by];
      return [left, 'is', by, right].filter((part) => part !== '').join(' ');
    }
  }
}

/** A state as it is said: in quotation marks where its words have a role of their own. */
export const choiceWords = (name: string): string => {
  const label = labelOf(name);
  if (label !== name) return `"${name}"`;
  return label.split(' ').some((part) => isReserved(part)) ? `"${label}"` : label;
};
/** "it is open and its due date is before today". */
export function whenWords(model: SystemModel, row: Row, where: readonly Condition[]): string {
  return listed(
    where.map((condition) => {
      if (condition.is === 'flag' && condition.path.length === 1)
        return `it is ${condition.value ? '' : 'not '}${labelOf(condition.path[0] ?? '')}`;
      const clause = echoClause(model, row, condition);
      return clause.startsWith('the ') || clause.startsWith('its ') ? clause : `its ${clause}`;
    }),
  );
}
