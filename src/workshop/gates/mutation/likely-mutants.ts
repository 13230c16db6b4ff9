/**
 * What a formula that fits its examples most likely means instead: an amount that is written out where a field has it, exactly so much for at least so much, a month
 * for thirty days, rows in any state for those in the first. Each is asked for by itself: where no example tells the two apart, nobody has said which is meant.
 */
import type { EntityContract, Expression, PermanentId, ValueType } from '#kernel';
import { nodesOf, partsOf, valueTypeOf, withParts } from '#rules';
import { firstStateOf } from './first-state.ts';

export interface LikelyMutant {
  readonly expression: Expression;
  readonly what: string;
  readonly missing: string;
}
export interface Around {
  /** The row that the formula is about. */
  readonly about: EntityContract | undefined;
  readonly entityOf: (id: PermanentId) => EntityContract | undefined;
  readonly currencyDigits: number;
  /** Fields of states that operations lead from one to the next: rows in another state are not simply made. */
  readonly led: ReadonlySet<PermanentId>;
}
type Instead = Omit<LikelyMutant, 'expression'> & { readonly to: Expression };
type Constant = Extract<Expression, { node: 'constant' }>;
const DAYS = 30;
const MOST = 20;

export function likelyMutants(expression: Expression, around: Around): readonly LikelyMutant[] {
  const found: LikelyMutant[] = [];
  const visit = (at: Expression, rebuild: (changed: Expression) => Expression): void => {
    for (const { to, ...told } of insteadOf(at, around)) found.push({ ...told, expression: rebuild(to) });
    for (const [wanted, part] of partsOf(at).entries())
      visit(part, (changed) => {
        let index = 0;
        return rebuild(withParts(at, (one) => (index++ === wanted ? changed : one)));
      });
  };
  visit(expression, (changed) => changed);
  return found.slice(0, MOST);
}

function insteadOf(at: Expression, around: Around): readonly Instead[] {
  switch (at.node) {
    case 'constant':
      return fieldsFor(at, around);
    case 'binary':
      return at.op === 'equal' && at.right.node === 'constant' && at.right.type.kind === 'number' && at.right.value !== 0
        ? [
            {
              to: { ...at, op: 'greaterOrEqual' },
              what: 'at least as much',
              missing: `more than the ${saidOf(at.right)} that it must be exactly`,
            },
          ]
        : [];
    case 'addToDate':
      return otherUnit(at);
    case 'aggregate':
      return inOneState(at, around);
    default:
      return [];
  }
}

/** An amount that stands in the code, while a row has fields of amounts that may be meant. */
function fieldsFor(at: Constant, { about, entityOf, currencyDigits }: Around): readonly Instead[] {
  const { type, value } = at;
  if (about === undefined || type.kind !== 'number' || !type.money || typeof value !== 'number' || value === 0) return [];
  const amounts = (of: Expression, entity: EntityContract, whose: string): readonly Instead[] =>
    entity.fields.flatMap((field) => {
      const own = field.derived === undefined ? valueTypeOf(field, currencyDigits) : undefined;
      if (own?.kind !== 'number' || !own.money) return [];
      const read: Expression = { node: 'field', of, field: field.name, id: field.id, type: own };
      const zero: Expression = { node: 'constant', type: { ...own, optional: false }, value: 0 };
      const to: Expression = own.optional ? { node: 'coalesce', of: read, otherwise: zero, type: { ...own, optional: false } } : read;
      return [
        { to, what: `the ${field.name} of the ${whose}`, missing: `that it is ${saidOf(at)}, and not the ${field.name} of the ${whose}` },
      ];
    });
  const row: Expression = { node: 'input', name: 'row', type: rowOf(about) };
  return [
    ...amounts(row, about, about.name),
    ...about.fields.flatMap((field) => {
      const to = field.type.kind === 'reference' && field.required ? entityOf(field.type.to) : undefined;
      if (to === undefined) return [];
      const reference: Expression = {
        node: 'field',
        of: row,
        field: field.name,
        id: field.id,
        type: { kind: 'reference', to: to.id, optional: false },
      };
      return amounts({ node: 'follow', of: reference, to: to.id, type: rowOf(to) }, to, field.name);
    }),
  ];
}
const rowOf = ({ id }: EntityContract): ValueType => ({ kind: 'row', of: id, optional: false });
const saidOf = ({ type, value }: Constant): string =>
  type.kind === 'number' && typeof value === 'number' ? (value / 10 ** type.scale).toFixed(type.scale) : String(value);

function otherUnit(at: Extract<Expression, { node: 'addToDate' }>): readonly Instead[] {
  const { amount, unit } = at;
  if (amount.node !== 'constant' || typeof amount.value !== 'number' || amount.value === 0) return [];
  const other = unit === 'months' ? amount.value * DAYS : amount.value / DAYS;
  if (!Number.isInteger(other)) return [];
  const [days, months] = unit === 'days' ? [amount.value, other] : [other, amount.value];
  return [
    {
      to: { ...at, unit: unit === 'days' ? 'months' : 'days', amount: { ...amount, value: other } },
      what: unit === 'days' ? `${months} months` : `${days} days`,
      missing: `a date from which ${months === 1 ? 'a month is' : `${months} months are`} not ${days} days, such as 2026-01-31`,
    },
  ];
}

/** Rows of something that has states, whichever they are in: only those in the first may be meant. */
function inOneState(at: Extract<Expression, { node: 'aggregate' }>, { entityOf, led }: Around): readonly Instead[] {
  const entity = at.over.node === 'related' ? entityOf(at.over.entity) : undefined;
  if (entity === undefined) return [];
  const asked = new Set((at.where === undefined ? [] : [...nodesOf(at.where)]).flatMap((node) => (node.node === 'field' ? [node.id] : [])));
  return entity.fields.flatMap((field) => {
    const choice = firstStateOf(field);
    if (choice === undefined || asked.has(field.id) || led.has(field.id)) return [];
    const only: Expression = {
      node: 'binary',
      op: 'equal',
      left: {
        node: 'field',
        of: { node: 'input', name: at.item, type: rowOf(entity) },
        field: field.name,
        id: field.id,
        type: { kind: 'choice', field: field.id, optional: !field.required },
      },
      right: { node: 'constant', type: { kind: 'choice', field: field.id, optional: false }, value: choice.id },
      type: { kind: 'boolean', optional: false },
    };
    const where: Expression =
      at.where === undefined
        ? only
        : { node: 'binary', op: 'and', left: at.where, right: only, type: { kind: 'boolean', optional: false } };
    return [
      {
        to: { ...at, where },
        what: `only where ${field.name} is ${choice.name}`,
        missing: `that ${entity.plural} count whose ${field.name} is not ${choice.name}: show one, or leave them out`,
      },
    ];
  });
}
