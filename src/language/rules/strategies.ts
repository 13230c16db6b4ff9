/**
 * Strategies in formulas: a variation point is read as `strategy.combination`, and which way is taken is a setting. So a formula is
 * written once with all its ways, and is made the one that is in use before any back end sees it: none of them knows strategies.
 */
import { type Expression, type PermanentId, strategyRow, type ValueType } from '#kernel';
import { partsOf, withParts } from './walk.ts';

type Point = Expression & { readonly node: 'field' };

/** Each point with the strategy that is taken where no setting says otherwise: `combination` becomes `combination#largest`. */
export const withFirsts = (expression: Expression, firsts: ReadonlyMap<string, string>): Expression =>
  isPoint(expression)
    ? { ...expression, field: `${pointOf(expression).point}#${firsts.get(pointOf(expression).point) ?? ''}` }
    : withParts(expression, (part) => withFirsts(part, firsts));
/** The name of a point, and its first strategy. */
export const pointOf = (at: Point): { readonly point: string; readonly first: string } => {
  const [point = '', first = ''] = at.field.split('#');
  return { point, first };
};
export const isPoint = (at: Expression): at is Point =>
  at.node === 'field' && at.of.node === 'input' && at.of.name === 'strategy' && at.of.type.kind === 'row' && at.of.type.of === strategyRow;

/** `chosen` by the id of the rule and the name of the point; undefined: the first. */
export function inUse(expression: Expression, chosen: (rule: PermanentId, point: string) => string | undefined): Expression {
  if (isPoint(expression)) {
    const { point, first } = pointOf(expression);
    return { node: 'constant', type: text, value: chosen(expression.id, point) ?? first };
  }
  return folded(withParts(expression, (part) => inUse(part, chosen)));
}

export const speaksOfStrategies = (expression: Expression): boolean => isPoint(expression) || partsOf(expression).some(speaksOfStrategies);

const text: ValueType = { kind: 'text', optional: false };
const truth = (value: boolean): Expression => ({ node: 'constant', type: { kind: 'boolean', optional: false }, value });

/** What is known once a strategy is: comparisons of two texts, and the arm that they lead to. */
function folded(at: Expression): Expression {
  if (at.node === 'condition' && at.when.node === 'constant') {
    const arm = at.when.value === true ? at.then : at.otherwise;
    return sameType(arm.type, at.type) ? arm : at;
  }
  if (at.node === 'not' && at.of.node === 'constant') return truth(at.of.value !== true);
  if (at.node !== 'binary' || at.left.node !== 'constant') return at;
  if (at.right.node === 'constant' && at.left.type.kind === 'text' && at.right.type.kind === 'text') {
    if (at.op === 'equal') return truth(at.left.value === at.right.value);
    if (at.op === 'notEqual') return truth(at.left.value !== at.right.value);
  }
  if (at.op === 'and' && at.left.type.kind === 'boolean') return at.left.value === true ? at.right : truth(false);
  if (at.op === 'or' && at.left.type.kind === 'boolean') return at.left.value === true ? truth(true) : at.right;
  return at;
}
/** An arm of another scale is widened by the condition around it: then that stays. */
const sameType = (one: ValueType, other: ValueType): boolean =>
  one.kind === other.kind && (one.kind !== 'number' || other.kind !== 'number' || (one.scale === other.scale && one.money === other.money));
