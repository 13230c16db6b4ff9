/**
 * What a change does to a formula: the rows for which it may give something else, and the proof that all others get what they got. The
 * region is that which the change states; where it states none, the one that the two formulas themselves show.
 */
import { canonicalJson, type EntityContract, type Expression } from '#kernel';
import { decisionsOn, type SystemModel } from '#model';
import { nodesOf } from '#rules';
import type { Question } from '#rules/smt';
import { all, computedBy, either, not, systemOf } from './statements.ts';

export interface Formula {
  /** As a scope names it: `rule/discount`, `entity/order#field/total`. */
  readonly member: string;
  readonly name: string;
  readonly of: Expression;
}
export interface Changed {
  readonly now: Formula;
  readonly before: Formula;
}

/** Formulas of an entity that are there before and after and are not the same. */
export function changedFormulas(
  now: { readonly model: SystemModel; readonly entity: EntityContract },
  before: { readonly model: SystemModel; readonly entity: EntityContract },
): readonly Changed[] {
  const old = new Map(formulasOf(before.model, before.entity).map((formula) => [formula.member, formula]));
  const changed = formulasOf(now.model, now.entity).flatMap((formula): Changed[] => {
    const was = old.get(formula.member);
    return was === undefined || canonicalJson(was.of) === canonicalJson(formula.of) ? [] : [{ now: formula, before: was }];
  });
  // A field that is what a rule decides, and nothing more, says nothing more.
  const rules = new Set(changed.filter(({ now: { member } }) => member.startsWith('rule/')).map(({ now: { of } }) => canonicalJson(of)));
  return changed.filter(({ now: { member, of } }) => member.startsWith('rule/') || !rules.has(canonicalJson(of)));
}

/** What computes and decides, of an entity. */
export function formulasOf(model: SystemModel, entity: EntityContract): readonly Formula[] {
  return [
    ...decisionsOn(model, entity.id).map((rule) => ({ member: `rule/${rule.name}`, name: rule.name, of: rule.decide })),
    ...model.rules.flatMap((rule) =>
      rule.form === 'approval' && rule.on === entity.id
        ? [{ member: `rule/${rule.name}`, name: `when ${rule.name} is needed`, of: rule.when }]
        : [],
    ),
    ...entity.fields.flatMap((field): Formula[] => {
      const of = computedBy(field);
      return of === undefined ? [] : [{ member: `entity/${entity.name}#field/${field.name}`, name: `${entity.name}.${field.name}`, of }];
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

/** Where the two may differ, as their conditions show it; undefined where that is everywhere. */
export function differingWhere(before: Expression, now: Expression): Expression | undefined {
  const region = differing(before, now, 24);
  if (region === 'everywhere') return undefined;
  return region === 'nowhere' || namesOwn(region) ? undefined : region;
}
type Region = Expression | 'everywhere' | 'nowhere';

function differing(before: Expression, now: Expression, depth: number): Region {
  if (canonicalJson(before) === canonicalJson(now)) return 'nowhere';
  if (depth === 0) return 'everywhere';
  if (now.node === 'let' && before.node === 'let' && canonicalJson(now.value) === canonicalJson(before.value) && now.name === before.name)
    return differing(before.body, now.body, depth - 1);
  if (now.node === 'round' && before.node === 'round' && now.scale === before.scale && now.rounding === before.rounding)
    return differing(before.of, now.of, depth - 1);
  if (now.node === 'condition' && before.node === 'condition' && canonicalJson(now.when) === canonicalJson(before.when))
    return split(now.when, differing(before.then, now.then, depth - 1), differing(before.otherwise, now.otherwise, depth - 1));
  const candidates: Region[] = [];
  if (now.node === 'condition')
    candidates.push(split(now.when, differing(before, now.then, depth - 1), differing(before, now.otherwise, depth - 1)));
  if (before.node === 'condition')
    candidates.push(split(before.when, differing(before.then, now, depth - 1), differing(before.otherwise, now, depth - 1)));
  const found = candidates.filter((region) => typeof region !== 'string').sort((a, b) => sizeOf(a) - sizeOf(b));
  return found[0] ?? 'everywhere';
}
function split(when: Expression, then: Region, otherwise: Region): Region {
  if (then === otherwise && typeof then === 'string') return then;
  const parts = [
    ...(then === 'nowhere' ? [] : [then === 'everywhere' ? when : all([when, then])]),
    ...(otherwise === 'nowhere' ? [] : [otherwise === 'everywhere' ? not(when) : all([not(when), otherwise])]),
  ];
  const [first, second] = parts;
  return first === undefined ? 'nowhere' : second === undefined ? first : either(first, second);
}
const sizeOf = (region: Expression): number => [...nodesOf(region)].length;
/** A region speaks of the row alone, not of what is named inside the formula. */
const namesOwn = (region: Expression): boolean => {
  for (const node of nodesOf(region)) if (node.node === 'input' && node.name !== 'row') return true;
  return false;
};
