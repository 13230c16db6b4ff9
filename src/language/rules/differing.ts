/**
 * For which rows two formulas may give different values, as their own conditions show it: outside of that they are written alike. Read from
 * the form alone, so that a proof still has to hold it. Pure.
 */
import { canonicalJson, type Expression } from '#kernel';
import { nodesOf } from './walk.ts';
import { booleanType } from './value-type.ts';

/** Undefined where that is everywhere, or nowhere. */
export function differingWhere(before: Expression, now: Expression): Expression | undefined {
  const region = differing(before, now, 24);
  return typeof region === 'string' || namesOwn(region) ? undefined : region;
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
  if (now.type.kind === 'boolean' && before.type.kind === 'boolean') candidates.push(sharing(before, now));
  const found = candidates.filter((region) => typeof region !== 'string').sort((a, b) => sizeOf(a) - sizeOf(b));
  return found[0] ?? 'everywhere';
}

/** Two conditions that have parts in common differ only where these hold, and the rest of one does not hold with the rest of the other. */
function sharing(before: Expression, now: Expression): Region {
  const [were, are] = [partsOf(before), partsOf(now)];
  const said = (parts: readonly Expression[]): ReadonlySet<string> => new Set(parts.map((part) => canonicalJson(part)));
  const [old, fresh] = [said(were), said(are)];
  const common = are.filter((part) => old.has(canonicalJson(part)));
  const gone = were.filter((part) => !fresh.has(canonicalJson(part)));
  const added = are.filter((part) => !old.has(canonicalJson(part)));
  if (common.length === 0) return 'everywhere';
  if (gone.length === 0) return all([...common, not(all(added))]);
  if (added.length === 0) return all([...common, not(all(gone))]);
  return all([...common, either(all([...gone, not(all(added))]), all([...added, not(all(gone))]))]);
}
const partsOf = (of: Expression): readonly Expression[] =>
  of.node === 'binary' && of.op === 'and' ? [...partsOf(of.left), ...partsOf(of.right)] : [of];

function split(when: Expression, then: Region, otherwise: Region): Region {
  if (then === otherwise && typeof then === 'string') return then;
  const parts = [
    ...(then === 'nowhere' ? [] : [then === 'everywhere' ? when : all([when, then])]),
    ...(otherwise === 'nowhere' ? [] : [otherwise === 'everywhere' ? not(when) : all([not(when), otherwise])]),
  ];
  const [first, second] = parts;
  return first === undefined ? 'nowhere' : second === undefined ? first : either(first, second);
}
const either = (left: Expression, right: Expression): Expression => ({ node: 'binary', op: 'or', left, right, type: booleanType });
const not = (of: Expression): Expression => ({ node: 'not', of, type: booleanType });
const all = (conditions: readonly Expression[]): Expression =>
  conditions.reduce((left, right): Expression => ({ node: 'binary', op: 'and', left, right, type: booleanType }));
const sizeOf = (region: Expression): number => [...nodesOf(region)].length;
/** A region speaks of the row alone, not of what is named inside the formula. */
const namesOwn = (region: Expression): boolean => {
  for (const node of nodesOf(region)) if (node.node === 'input' && node.name !== 'row') return true;
  return false;
};
