/** What a limit on rows makes of the system: one access rule for the roles that are held alike. Pure. */
import type { AccessRule, Expression, PermanentId } from '#kernel';
import { entityNamed, plural, type SystemModel } from '#model';
import { booleanType } from '#rules';
import { camelOf, capitalised, labelOf, listed } from '../names.ts';
import type { Held, RequestOf } from '../request.ts';
import { type Row, rowOf } from '../resolve.ts';
import type { Applied, Effects } from './applied.ts';
import { minter } from './identity.ts';
import { allOf, callerIr, conditionIr, readPath, rowInput } from './ir.ts';
import { sameExpression } from './same.ts';

const every: Expression = { node: 'constant', type: booleanType, value: true };
export const isEvery = (of: Expression): boolean => of.node === 'constant' && of.value === true;

/** The access rules of an entity for one role. */
export const accessFor = (model: SystemModel, entity: PermanentId, role: string): readonly AccessRule[] =>
  model.rules.flatMap((rule) => (rule.form === 'access' && rule.on === entity && rule.roles.includes(role) ? [rule] : []));

export function heldIr(model: SystemModel, row: Row, held: Held | 'all'): Expression {
  if (held === 'all') return every;
  const of = rowInput(row);
  const own: readonly Expression[] =
    held.own === undefined
      ? []
      : [{ node: 'binary', op: 'equal', left: readPath(model, row, of, held.own.path), right: callerIr(held.own.as), type: booleanType }];
  return allOf([...own, ...held.where.map((condition) => conditionIr(model, row, of, condition))]) ?? every;
}

interface Limits {
  readonly rows: Expression;
  readonly write?: Expression;
}
const sameLimits = (model: SystemModel, a: Limits, b: Limits): boolean =>
  sameExpression(model, a.rows, b.rows) &&
  (a.write === undefined || b.write === undefined ? a.write === b.write : sameExpression(model, a.write, b.write));

export function access(model: SystemModel, request: RequestOf<'access'>, effects: Effects): Applied {
  const row = rowOf(model, { entity: request.entity });
  const entity = entityNamed(model, request.entity);
  if (row === undefined || entity === undefined) return { why: 'There is no such thing.' };
  const wanted = new Map<string, Limits>();
  for (const role of request.roles) {
    const rules = accessFor(model, entity.id, role);
    if (rules.length > 1)
      return {
        why: `Several rules say which ${labelOf(entity.plural)} a ${labelOf(role)} sees: ${listed(rules.map((rule) => labelOf(rule.name)))}. Ask a person to make one of them.`,
      };
    const now = rules[0];
    const held = (part: 'sees' | 'changes', before: Expression | undefined): boolean => {
      const said = request[part];
      return (
        said !== undefined &&
        said !== 'all' &&
        before !== undefined &&
        !isEvery(before) &&
        !sameExpression(model, before, heldIr(model, row, said))
      );
    };
    // What was said before is not given up by the way: it could show more than either sentence.
    if (held('sees', now?.rows) || held('changes', now?.write))
      return {
        why: `The rule ${labelOf(now?.name ?? '')} says already which ${labelOf(entity.plural)} a ${labelOf(role)} ${held('sees', now?.rows) ? 'sees' : 'changes'}. Say "${capitalised(plural(labelOf(role)))} may ${held('sees', now?.rows) ? 'see' : 'change'} all ${labelOf(entity.plural)}" first.`,
      };
    const rows = request.sees === undefined ? (now?.rows ?? every) : heldIr(model, row, request.sees);
    const write = request.changes === undefined ? now?.write : heldIr(model, row, request.changes);
    const made: Limits = { rows, ...(write === undefined || isEvery(write) ? {} : { write }) };
    if (!sameLimits(model, made, now ?? { rows: every })) wanted.set(role, made);
  }
  if (wanted.size === 0) return { model, same: true };
  let rules = model.rules;
  const mint = minter(model, effects.change);
  const groups: { readonly limits: Limits; readonly roles: string[] }[] = [];
  for (const [role, limits] of wanted) {
    const group = groups.find((each) => sameLimits(model, each.limits, limits));
    if (group === undefined) groups.push({ limits, roles: [role] });
    else group.roles.push(role);
  }
  for (const { limits, roles } of groups) {
    const open = isEvery(limits.rows) && limits.write === undefined;
    // A rule that held exactly these roles is changed; else the roles leave the rules that they were in.
    const own = rules.find(
      (rule): rule is AccessRule => rule.form === 'access' && rule.on === entity.id && rule.roles.join() === roles.join(),
    );
    if (own !== undefined) {
      const { write: _before, ...rest } = own;
      rules = open ? rules.filter((rule) => rule !== own) : rules.map((rule) => (rule === own ? { ...rest, ...limits } : rule));
      continue;
    }
    rules = rules.flatMap((rule) => {
      if (rule.form !== 'access' || rule.on !== entity.id || !rule.roles.some((role) => roles.includes(role))) return [rule];
      const left = rule.roles.filter((role) => !roles.includes(role));
      return left.length === 0 ? [] : [{ ...rule, roles: left }];
    });
    if (open) continue;
    const name = freeName(nameOf(model, roles, entity.plural), new Set(rules.map((rule) => rule.name)));
    rules = [...rules, { kind: 'rule', form: 'access', id: mint('r', name), name, on: entity.id, roles, ...limits }];
  }
  return { model: { ...model, rules }, same: false };
}
const nameOf = (model: SystemModel, roles: readonly string[], plural: string): string =>
  `${plural}Seen${capitalised(camelOf(roles.length === model.settings.roles.length ? 'by everyone' : `by ${roles.slice(0, 2).map(labelOf).join(' ')}`))}`;
const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  return name;
};

/** Whether callers see or change rows afterwards that they did not before. */
export function opensRows(model: SystemModel, request: RequestOf<'access'>): boolean {
  const entity = entityNamed(model, request.entity);
  const rules = request.roles.flatMap((role) => (entity === undefined ? [] : accessFor(model, entity.id, role)));
  return (
    (request.sees === 'all' && rules.some((rule) => !isEvery(rule.rows))) ||
    (request.changes === 'all' && rules.some((rule) => rule.write !== undefined))
  );
}
