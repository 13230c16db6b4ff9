/** Statements of a system as questions of a proof: what a rule ensures, that a computed field keeps its bounds, and the like. */
import type { DecisionRule, Expression, Field, Invariant, PermanentId, ValueType } from '#kernel';
import type { SystemModel } from '#model';
import { limits } from '#schema';
import { atScale, fixedPointOf, valueTypeOf } from '#rules';
import type { ProofSystem, Question } from '#rules/smt';

const systems = new WeakMap<SystemModel, ProofSystem>();
export function systemOf(model: SystemModel): ProofSystem {
  const known = systems.get(model);
  if (known !== undefined) return known;
  const made: ProofSystem = { entities: model.entities, currencyDigits: model.settings.currency.digits, mostItems: limits.items };
  systems.set(model, made);
  return made;
}

/** What a rule ensures, of what it decides; whether or not a field follows it now. */
export const questionOfEnsures = (model: SystemModel, rule: DecisionRule, ensured: Invariant, given: readonly Expression[]): Question => ({
  system: systemOf(model),
  about: rule.on,
  given,
  claim: { kind: 'holds', of: ensured.holds },
  instead: new Map([[rule.governs, rule.decide]]),
});

const truth: ValueType = { kind: 'boolean', optional: false };
export const rowOf = (entity: PermanentId): Expression => ({
  node: 'input',
  name: 'row',
  type: { kind: 'row', of: entity, optional: false },
});

/** What a field is computed to, as of now: what was kept from an earlier formula is not spoken of. */
export function computedBy(field: Field): Expression | undefined {
  const { derived } = field;
  if (derived === undefined) return undefined;
  if (derived.mode === 'live') return derived.formula;
  const { formula, otherwise } = derived;
  const type = { ...formula.type, optional: formula.type.optional || otherwise.type.optional };
  return { node: 'condition', when: derived.while, then: formula, otherwise, type };
}

/** That a computed field keeps its bounds where it has a value; undefined where it has none. */
export function boundsOf(field: Field, of: Expression, currencyDigits: number): Expression | undefined {
  const type = valueTypeOf(field, currencyDigits);
  const { min, max } = field.type as { readonly min?: number | string; readonly max?: number | string };
  if (type === undefined || (type.kind !== 'number' && type.kind !== 'duration') || of.type.kind !== type.kind) return undefined;
  const scale = type.kind === 'number' ? type.scale : 0;
  const compared = (bound: number | string | undefined, op: 'greaterOrEqual' | 'lessOrEqual'): readonly Expression[] => {
    if (bound === undefined) return [];
    const parsed = fixedPointOf(String(bound));
    const value = parsed === undefined ? undefined : atScale(parsed, scale);
    if (value === undefined) return [];
    return [{ node: 'binary', op, left: of, right: { node: 'constant', type: { ...type, optional: false }, value }, type: truth }];
  };
  const kept = [...compared(min, 'greaterOrEqual'), ...compared(max, 'lessOrEqual')];
  if (kept.length === 0) return undefined;
  return either({ node: 'absent', of, type: truth }, all(kept));
}

export const either = (left: Expression, right: Expression): Expression => ({ node: 'binary', op: 'or', left, right, type: truth });
export const not = (of: Expression): Expression => ({ node: 'not', of, type: truth });
export const all = (conditions: readonly Expression[]): Expression =>
  conditions.reduce((left, right): Expression => ({ node: 'binary', op: 'and', left, right, type: truth }));
export const any = (conditions: readonly Expression[]): Expression => conditions.reduce(either);
/** No two of them hold. */
export const atMostOne = (conditions: readonly Expression[]): Expression =>
  all(conditions.flatMap((one, at) => conditions.slice(at + 1).map((other) => not(all([one, other])))));
