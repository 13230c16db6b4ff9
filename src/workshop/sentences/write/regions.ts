/**
 * For which rows the sentences alter what is decided already: a further discount alters it where its condition holds, and nowhere else. The
 * scope names it, in words for whoever asks and as a formula that the proof holds the candidate against. Only what is certain is stated.
 */
import type { DecisionRule, Expression, Scope } from '#kernel';
import type { SystemModel } from '#model';
import { booleanType, describeExpression, nodesOf, ruleNames } from '#rules';
import { decisionOf, whereDiscounted } from '../effect/rules.ts';
import type { Request } from '../request.ts';
import { rowOf } from '../resolve.ts';

export function regionsOf(before: SystemModel, after: SystemModel, requests: readonly Request[]): Pick<Scope, 'region' | 'regions'> {
  const found = new Map<
    string,
    { readonly rule: DecisionRule; readonly was: Expression; readonly when: readonly (Expression | undefined)[] }
  >();
  for (const request of requests) {
    if (request.act !== 'discount') continue;
    const row = rowOf(after, { entity: request.entity });
    const now = row === undefined ? undefined : decisionOf(after, row);
    if (now === undefined || !before.rules.some(({ id }) => id === now.id)) continue;
    const known = found.get(now.name);
    const was = withoutLast(known?.was ?? now.decide);
    // Written by hand in another form: what it gave before is not seen in it.
    if (was === undefined || was.type.optional) return {};
    found.set(now.name, { rule: now, was, when: [...(known?.when ?? []), whereDiscounted(after, request)] });
  }
  if (found.size === 0) return {};
  const names = ruleNames(after.entities, after.settings.currency.digits);
  const said: string[] = [];
  const regions: { [component: string]: Expression } = {};
  for (const [name, { rule, was, when }] of found) {
    const conditions = when.filter((one) => one !== undefined);
    const first = conditions[0];
    // For every row: then there is nothing outside.
    if (first === undefined || conditions.length < when.length) continue;
    const where = conditions.slice(1).reduce(or, first);
    const below = mayBeNegative(was, after);
    const region = below ? or(where, negative(was)) : where;
    regions[`rule/${name}`] = region;
    const entity = after.entities.find(({ id }) => id === rule.on);
    const governed = entity?.fields.find(({ id }) => id === rule.governs);
    if (entity !== undefined && governed !== undefined) regions[`entity/${entity.name}#field/${governed.name}`] = region;
    said.push(`${describeExpression(where, names)}${below ? ` or ${name} was below zero` : ''}`);
  }
  return said.length === 0 ? {} : { region: said.join('; '), regions };
}
/** A rule as it was before its last further discount, in the names that hold afterwards. */
const withoutLast = (decide: Expression): Expression | undefined =>
  decide.node === 'binary' && decide.op === 'larger' ? decide.left : undefined;
const or = (left: Expression, right: Expression): Expression => ({ node: 'binary', op: 'or', left, right, type: booleanType });

/** The larger discount counts: one that was below zero is none any more, where another is possible at all. */
function mayBeNegative(decide: Expression, { entities }: SystemModel): boolean {
  const fields = new Map(
    entities.flatMap((entity) =>
      entity.fields
        .flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]))
        .map((field) => [field.id, field] as const),
    ),
  );
  const seen = new Set<Expression>();
  const negative = (expression: Expression): boolean => {
    if (seen.has(expression)) return false;
    seen.add(expression);
    return [...nodesOf(expression)].some((node) => {
      if ((node.node === 'binary' && node.op === 'subtract') || node.node === 'negate' || node.node === 'daysBetween') return true;
      if (node.node === 'constant') return typeof node.value === 'number' && node.value < 0;
      if (node.node !== 'field' || node.type.kind !== 'number') return false;
      const field = fields.get(node.id);
      if (field === undefined) return true;
      const { derived } = field;
      if (derived?.mode === 'live') return negative(derived.formula);
      if (derived?.mode === 'fixed') return negative(derived.formula) || negative(derived.otherwise);
      return !('min' in field.type) || field.type.min === undefined || Number(field.type.min) < 0;
    });
  };
  return negative(decide);
}
function negative(decide: Expression): Expression {
  return {
    node: 'binary',
    op: 'less',
    left: decide,
    right: { node: 'constant', type: { ...decide.type, optional: false } as Expression['type'], value: 0 },
    type: booleanType,
  };
}
