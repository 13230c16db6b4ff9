/**
 * What a change does to a formula: the rows for which it may give something else, and the proof that all others get what they got. The
 * region is that which the change states; where it states none, the one that the two formulas themselves show.
 */
import { canonicalJson, type EntityContract, type Expression, type PermanentId } from '#kernel';
import { decisionsOn, type SystemModel } from '#model';
import type { Question } from '#rules/smt';
import { computedBy, systemOf } from './statements.ts';

export interface Formula {
  /** For life, whatever it is called. */
  readonly id: PermanentId;
  /** As a scope names it: `rule/discount`, `entity/order#field/total`. */
  readonly member: string;
  readonly name: string;
  readonly of: Expression;
}
export interface Changed {
  readonly now: Formula;
  readonly before: Formula;
}

/** Formulas of an entity that are there before and after and are not the same. `stated`: those of which the change states a region. */
export function changedFormulas(
  now: { readonly model: SystemModel; readonly entity: EntityContract },
  before: { readonly model: SystemModel; readonly entity: EntityContract },
  stated: { has(member: string): boolean },
): readonly Changed[] {
  const old = new Map(formulasOf(before.model, before.entity).map((formula) => [formula.id, formula]));
  const changed = formulasOf(now.model, now.entity).flatMap((formula): Changed[] => {
    const was = old.get(formula.id);
    return was === undefined || canonicalJson(was.of) === canonicalJson(formula.of) ? [] : [{ now: formula, before: was }];
  });
  // A field that is what a rule decides, as it was before, says nothing more; where a region is stated of it, it is held to that.
  const both = ({ before: was, now: is }: Changed): string => `${canonicalJson(was.of)} ${canonicalJson(is.of)}`;
  const rules = new Set(changed.filter(({ now: { member } }) => member.startsWith('rule/')).map(both));
  return changed.filter((one) => one.now.member.startsWith('rule/') || stated.has(one.now.member) || !rules.has(both(one)));
}

/** What computes and decides, of an entity. */
export function formulasOf(model: SystemModel, entity: EntityContract): readonly Formula[] {
  return [
    ...decisionsOn(model, entity.id).map((rule) => ({ id: rule.id, member: `rule/${rule.name}`, name: rule.name, of: rule.decide })),
    ...model.rules.flatMap((rule) =>
      rule.form === 'approval' && rule.on === entity.id
        ? [{ id: rule.id, member: `rule/${rule.name}`, name: `when ${rule.name} is needed`, of: rule.when }]
        : [],
    ),
    ...entity.fields.flatMap((field): Formula[] => {
      const of = computedBy(field);
      return of === undefined
        ? []
        : [{ id: field.id, member: `entity/${entity.name}#field/${field.name}`, name: `${entity.name}.${field.name}`, of }];
    }),
  ];
}

export const questionOfSame = (
  { now, before }: Changed,
  entity: EntityContract,
  models: { readonly now: SystemModel; readonly before: SystemModel },
  except?: Expression,
): Question => ({
  system: systemOf(models.now),
  before: systemOf(models.before),
  about: entity.id,
  given: [],
  claim: { kind: 'same', before: before.of, after: now.of, ...(except === undefined ? {} : { except }) },
});
