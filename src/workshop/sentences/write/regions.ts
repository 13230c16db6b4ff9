/**
 * For which rows the sentences alter what is decided already: a further discount alters it where its condition holds, and nowhere else. The
 * scope names it, in words for whoever asks and as a formula that the proof holds the candidate against. Only what is certain is stated.
 */
import type { DecisionRule, Expression, Field, Scope } from '#kernel';
import { contractsOf, entityNamed, formulasAltered, type Sourced, type SystemModel } from '#model';
import { booleanType, describeExpression, differingWhere, nodesOf, numberType, ruleNames } from '#rules';
import { not, readPath, rowInput, zeroOf } from '../effect/ir.ts';
import { decisionOf, whereDiscounted } from '../effect/rules.ts';
import type { Request } from '../request.ts';
import { discountParts, type Row, rowOf } from '../resolve.ts';

export function regionsOf(before: SystemModel, after: SystemModel, requests: readonly Request[]): Pick<Scope, 'region' | 'regions'> {
  const discounts = furtherDiscounts(before, after, requests);
  const regions: { [formula: string]: Expression } = { ...discounts.regions, ...firstDiscounts(before, after, requests) };
  const altered = formulasAltered(sourced(before, 'before'), sourced(after, 'after')).filter((member) => regions[member] === undefined);
  // What a sentence defines anew it defines for every row; where both definitions share a condition they differ under it alone.
  for (const member of altered) {
    const [was, is] = [before, after].map((model) => formulaAt(model, member));
    regions[member] = (was === undefined || is === undefined ? undefined : differingWhere(was, is)) ?? everyRow;
  }
  if (Object.keys(regions).length === 0) return {};
  const names = ruleNames(after.entities, after.settings.currency.digits);
  const others = Object.entries(regions).filter(([member]) => discounts.regions[member] === undefined);
  const said = [
    ...discounts.said,
    ...others.map(([, region]) => (region === everyRow ? 'it is any row at all' : describeExpression(region, names))),
  ];
  return { region: [...new Set(said)].join('; '), regions };
}
const everyRow: Expression = { node: 'constant', type: booleanType, value: true };
const sourced = (model: SystemModel, source: string): readonly Sourced[] => contractsOf(model).map((contract) => ({ contract, source }));

/** As it is named in a scope; the names of the model at hand, since what a sentence renames it defines no further. */
function formulaAt(model: SystemModel, member: string): Expression | undefined {
  const [, entity, field] = /^entity\/(\w+)#field\/(\w+)$/.exec(member) ?? [];
  const derived = entity === undefined ? undefined : entityNamed(model, entity)?.fields.find(({ name }) => name === field)?.derived;
  return derived?.mode === 'live' ? derived.formula : undefined;
}

/** The total is what it was where the discount is nothing: where its condition does not hold, and where rows do not follow it any more. */
function firstDiscounts(before: SystemModel, after: SystemModel, requests: readonly Request[]): { readonly [formula: string]: Expression } {
  const wheres = new Map<string, (Expression | undefined)[]>();
  for (const request of requests) {
    if (request.act !== 'discount') continue;
    const row = rowOf(after, { entity: request.entity });
    const rule = row === undefined ? undefined : decisionOf(after, row);
    const total = row === undefined ? undefined : totalAfter(after, row);
    if (row === undefined || rule === undefined || total === undefined || before.rules.some(({ id }) => id === rule.id)) continue;
    const member = `entity/${row.entity.name}#field/${total.name}`;
    const off = row.fields.find(({ id }) => id === rule.governs);
    if (off === undefined) continue;
    const region = whereLess(after, row, { where: whereDiscounted(after, request), off });
    wheres.set(member, [...(wheres.get(member) ?? []), region]);
  }
  return Object.fromEntries(
    [...wheres].flatMap(([member, conditions]) => {
      const stated = conditions.filter((one) => one !== undefined);
      return stated.length < conditions.length || stated.length === 0 ? [] : [[member, stated.reduce(or)] as const];
    }),
  );
}
/** While rows follow the rule, where its condition holds; after that, where a discount was kept. Undefined where that is everywhere. */
function whereLess(
  model: SystemModel,
  row: Row,
  { where, off }: { readonly where: Expression | undefined; readonly off: Field },
): Expression | undefined {
  if (off.derived?.mode !== 'fixed') return where;
  const { while: follows } = off.derived;
  const kept: Expression = {
    node: 'binary',
    op: 'notEqual',
    left: readPath(model, row, rowInput(row), [off.name]),
    right: zeroOf(numberType(model.settings.currency.digits, true)),
    type: booleanType,
  };
  return or(where === undefined ? follows : and(follows, where), and(not(follows), kept));
}
const totalAfter = (model: SystemModel, row: Row): Field | undefined => {
  const name = discountParts(model, row)?.total;
  return row.fields.find((field) => field.name === name);
};

interface FurtherDiscounts {
  readonly regions: { readonly [formula: string]: Expression };
  readonly said: readonly string[];
}
function furtherDiscounts(before: SystemModel, after: SystemModel, requests: readonly Request[]): FurtherDiscounts {
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
    if (was === undefined || was.type.optional) return { regions: {}, said: [] };
    found.set(now.name, { rule: now, was, when: [...(known?.when ?? []), whereDiscounted(after, request)] });
  }
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
  return { regions, said };
}
/** A rule as it was before its last further discount, in the names that hold afterwards. */
const withoutLast = (decide: Expression): Expression | undefined =>
  decide.node === 'binary' && decide.op === 'larger' ? decide.left : undefined;
const and = (left: Expression, right: Expression): Expression => ({ node: 'binary', op: 'and', left, right, type: booleanType });
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
      if ((node.node === 'binary' && node.op === 'subtract') || node.node === 'negate') return true;
      if (node.node === 'daysBetween' || node.node === 'periodsBetween') return true;
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
