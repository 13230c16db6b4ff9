/** Who sees and changes which rows: "Clerks may only see their own orders", "Viewers may only see invoices of gold customers". */
import type { CallerMember } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import { bindConditions, bindPath } from '../bind.ts';
import { postModifiers, preModifiers } from '../grammar/conditions.ts';
import { path } from '../grammar/formulas.ts';
import { entry, thing } from '../grammar/nouns.ts';
import type { RawCondition } from '../grammar/raw.ts';
import { capitalised, labelOf, listed } from '../names.ts';
import type { Held, Request, RequestOf } from '../request.ts';
import { fieldAt, oneOf, rowOf } from '../resolve.ts';
import { either, listOf, named, phrase, Problem, type Rule, said } from '../rule.ts';
import { type Naming, namingCaller } from '../whose.ts';

interface Who {
  readonly roles: readonly string[] | 'everyone';
  /** A thing of the system that is no role. */ readonly thing?: string;
}
type Own = 'made' | 'owns' | { readonly path: readonly string[]; readonly as: CallerMember };
interface Rows {
  readonly entity?: string;
  readonly where: readonly RawCondition[];
  readonly own?: Own;
}

const roleNames: Rule<Who> = named('callers', () =>
  either(
    phrase(
      '{roles}',
      {
        roles: listOf(
          'callers by role',
          phrase('[a|an|the|all|our|every|each|any] {role}', { role: entry('role') }, ({ role }) => role.role),
          '[,] (and|or)',
        ),
      },
      ({ roles }): Who => ({ roles }),
    ),
    said('(everyone|everybody|anyone|anybody|every caller|all callers|all users|every user|all roles|every role)', {
      roles: 'everyone',
    } as Who),
    phrase('{thing}', { thing }, ({ thing: entity }): Who => ({ roles: [], thing: entity })),
  ),
);
const MAY = '(may|can|could|should|must|shall|are allowed to|is allowed to|are able to|is able to|get to|gets to)';
const NOT = '(may not|can not|should not|must not|shall not|are not allowed to|is not allowed to)';
const SEE = '(see|view|read|access|look at|see and change|see and edit)';
const CHANGE = '(change|edit|update|modify|alter|write)';

const ofCaller: Rule<CallerMember> = either(
  said("(their|his|her|its|the caller 's) [own] [user|caller] id", 'id' as const),
  said("(their|his|her|its|the caller 's) [own] [user|caller] name", 'name' as const),
);
const own: Rule<Own> = either(
  phrase('[and] whose {path} is {as}', { path, as: ofCaller }, ({ path: steps, as }): Own => ({ path: steps, as })),
  said(
    '[that|which] (they|he or she|he|she) [themselves|have|has] (created|made|entered|added|recorded|placed|wrote|create|made themselves)',
    'made' as const,
  ),
  said('[that|which] (they|he or she|he|she) (own|owns|is responsible for|are responsible for)', 'owns' as const),
  said('(that|which) (belong|belongs) to (them|him|her)', 'owns' as const),
  said('(that|which) are (theirs|their own|assigned to them)', 'owns' as const),
);
/** "their own orders", "open orders whose owner is their id", "invoices of gold customers". */
const held: Rule<Rows> = named('rows of a caller', () =>
  either(
    phrase(
      '(their|his|her|its|his or her) [own] {before} {entity} {after}',
      { before: preModifiers, entity: entry('entity'), after: postModifiers },
      ({ before, entity, after }): Rows => ({ entity: entity.entity, where: [...before, ...after], own: 'owns' }),
    ),
    phrase(
      '[the|those] {before} {entity} {after} {own}',
      { before: preModifiers, entity: entry('entity'), after: postModifiers, own },
      ({ before, entity, after, own: whose }): Rows => ({ entity: entity.entity, where: [...before, ...after], own: whose }),
    ),
    phrase(
      '[the|those] {before} {entity} {after}',
      { before: preModifiers, entity: entry('entity'), after: postModifiers },
      ({ before, entity, after }): Rows | undefined =>
        before.length + after.length === 0 ? undefined : { entity: entity.entity, where: [...before, ...after] },
    ),
  ),
);
/** After "all orders but change only": the thing need not be said again. */
const heldOnes: Rule<Rows> = named('those of a caller', () =>
  either(
    held,
    said('(their own|theirs|his or her own|their own ones|his own|her own)', { where: [], own: 'owns' } as Rows),
    phrase('(those|the ones|ones) {own}', { own }, ({ own: whose }): Rows => ({ where: [], own: whose })),
    phrase('{before} ones', { before: preModifiers }, ({ before }): Rows | undefined =>
      before.length === 0 ? undefined : { where: before },
    ),
  ),
);
const everyOne: Rule<string> = named('all rows', () =>
  phrase('(all|all the|all of the|every|any|each) {entity}', { entity: entry('entity') }, ({ entity }) => entity.entity),
);
const others = said(
  '(of|from|by|made by|created by|belonging to) (others|other people|other users|other callers|anyone else|anybody else|somebody else|someone else)',
  'owns' as const,
);

const only: Rule<Request> = named('limited to rows', () =>
  either(
    phrase(
      `{who} (${MAY} only ${SEE}|${MAY} ${SEE} only|(see|sees|view|views) only|only (see|sees|view|views)|${MAY} ${SEE} (just|nothing but)) {rows}`,
      { who: roleNames, rows: held },
      ({ who, rows }, { lookup }) => limiting(lookup.model, who, rows, 'sees'),
    ),
    phrase(
      `{who} (${MAY} only ${CHANGE}|${MAY} ${CHANGE} only|(change|changes|edit|edits) only|only (change|changes|edit|edits)) {rows}`,
      { who: roleNames, rows: held },
      ({ who, rows }, { lookup }) => limiting(lookup.model, who, rows, 'changes'),
    ),
    phrase(`(show|let) {who} [see] only {rows}`, { who: roleNames, rows: held }, ({ who, rows }, { lookup }) =>
      limiting(lookup.model, who, rows, 'sees'),
    ),
    phrase(
      `{who} ${NOT} ${SEE} [the|any] {entity} (that|which) are not (theirs|their own)`,
      { who: roleNames, entity: entry('entity') },
      ({ who, entity }, { lookup }) => limiting(lookup.model, who, { entity: entity.entity, where: [], own: 'owns' }, 'sees'),
    ),
    phrase(
      `{who} ${NOT} ${SEE} [the|any] {entity} {others}`,
      { who: roleNames, entity: entry('entity'), others },
      ({ who, entity }, { lookup }) => limiting(lookup.model, who, { entity: entity.entity, where: [], own: 'owns' }, 'sees'),
    ),
    phrase(
      `{who} ${NOT} ${CHANGE} [the|any] {entity} {others}`,
      { who: roleNames, entity: entry('entity'), others },
      ({ who, entity }, { lookup }) => limiting(lookup.model, who, { entity: entity.entity, where: [], own: 'owns' }, 'changes'),
    ),
    phrase(
      `{who} ${MAY} (see|view|read) {all} [,] but [${MAY}] (only ${CHANGE}|${CHANGE} only|${CHANGE} just) {rows}`,
      { who: roleNames, all: everyOne, rows: heldOnes },
      ({ who, all, rows }, { lookup }) =>
        rows.entity !== undefined && rows.entity !== all
          ? undefined
          : limiting(lookup.model, who, { ...rows, entity: all }, 'changes', { sees: 'all' }),
    ),
    phrase(`{who} (${MAY} ${SEE}|see|sees) {rows}`, { who: roleNames, rows: held }, ({ who, rows }, { lookup }) =>
      onlyOrAll(lookup.model, who, rows, 'sees'),
    ),
    phrase(`{who} (${MAY} ${CHANGE}|change|changes) {rows}`, { who: roleNames, rows: held }, ({ who, rows }, { lookup }) =>
      onlyOrAll(lookup.model, who, rows, 'changes'),
    ),
  ),
);
const open: Rule<Request> = named('not limited to rows', () =>
  either(
    phrase(`{who} ${MAY} (see|view|read|access) {all} [again]`, { who: roleNames, all: everyOne }, ({ who, all }, { lookup }) =>
      opening(lookup.model, who, all, { sees: 'all' }),
    ),
    phrase(`{who} ${MAY} ${CHANGE} {all} [again]`, { who: roleNames, all: everyOne }, ({ who, all }, { lookup }) =>
      opening(lookup.model, who, all, { changes: 'all' }),
    ),
    phrase(`{who} ${MAY} (see|view|read) and ${CHANGE} {all} [again]`, { who: roleNames, all: everyOne }, ({ who, all }, { lookup }) =>
      opening(lookup.model, who, all, { sees: 'all', changes: 'all' }),
    ),
    phrase('(let|allow) {who} [to] (see|view|read) {all} [again]', { who: roleNames, all: everyOne }, ({ who, all }, { lookup }) =>
      opening(lookup.model, who, all, { sees: 'all' }),
    ),
    phrase(
      '[do] (not limit|no longer limit|stop limiting) [which] [the] {entity} [that] {who} [may|can] see',
      { entity: entry('entity'), who: roleNames },
      ({ entity, who }, { lookup }) => opening(lookup.model, who, entity.entity, { sees: 'all' }),
    ),
  ),
);

type Part = 'sees' | 'changes';
const allRoles = (model: SystemModel): readonly string[] => model.settings.roles.map((role) => role.name);
const rolesOf = (model: SystemModel, { roles, thing: other }: Who): readonly string[] | Problem => {
  const all = allRoles(model);
  if (other !== undefined)
    return new Problem(
      `"${labelOf(other)}" is a thing, and no role of those who call: ${listed(all.map(labelOf))}. Who calls has roles; a role for callers who are ${labelOf(entityNamed(model, other)?.plural ?? other)} is added to theseus.json first.`,
    );
  return roles === 'everyone' ? all : all.filter((role) => roles.includes(role));
};
function opening(model: SystemModel, who: Who, entity: string, what: { readonly [Each in Part]?: 'all' }): Request | Problem {
  const roles = rolesOf(model, who);
  return roles instanceof Problem ? roles : { act: 'access', entity, roles, ...what };
}
function limiting(
  model: SystemModel,
  who: Who,
  rows: Rows,
  part: Part,
  rest: { readonly sees?: 'all' } = {},
): RequestOf<'access'> | Problem | undefined {
  const roles = rolesOf(model, who);
  if (roles instanceof Problem) return roles;
  const row = rowOf(model, { entity: rows.entity ?? '' });
  if (row === undefined) return undefined;
  const where = bindConditions(model, row, rows.where);
  if (where instanceof Problem) return where;
  const request = (whose: Held['own']): RequestOf<'access'> => ({
    act: 'access',
    entity: row.entity.name,
    roles,
    ...rest,
    [part]: { where, ...(whose === undefined ? {} : { own: whose }) },
  });
  if (rows.own === undefined) return request(undefined);
  if (typeof rows.own === 'object') {
    const steps = bindPath(model, row, rows.own.path);
    if (steps instanceof Problem) return steps;
    const kind = fieldAt(model, row, steps)?.field.type.kind;
    return kind === 'text'
      ? request({ path: steps, as: rows.own.as })
      : new Problem(`The ${labelOf(steps.at(-1) ?? '')} is no text, so that it cannot hold the id or the name of a caller.`);
  }
  const found = namingCaller(model, row, rows.own, roles);
  const only_ = found[0];
  if (only_?.as !== undefined && found.length === 1) return request({ path: only_.path, as: only_.as });
  const plural = labelOf(row.entity.plural);
  if (found.length > 0)
    return new Problem(`It is not clear what tells whose ${plural} are.`, {
      why: `By which field are ${plural} a caller's own, and does it hold the caller's id or name?`,
      requests: found.flatMap((each: Naming) =>
        (each.as === undefined ? (['id', 'name'] as const) : [each.as]).map((as) => request({ path: each.path, as })),
      ),
    });
  return new Problem(`${capitalised(oneOf(model, row.owner))} has no field that tells whose it is.`, {
    why: `${capitalised(plural)} have no field that tells whose they are. Shall they have one, filled in with who makes them? ${capitalised(plural)} that exist name nobody until it is filled in.`,
    sequences: [
      [
        { act: 'addFields', owner: { entity: row.entity.name }, fields: [{ name: 'owner', type: { kind: 'text' }, caller: 'id' }] },
        request({ path: ['owner'], as: 'id' }),
      ],
    ],
  });
}
/** "Clerks may see their own orders": those alone, or also those? */
function onlyOrAll(model: SystemModel, who: Who, rows: Rows, part: Part): Request | Problem | undefined {
  const limited = limiting(model, who, rows, part);
  if (limited === undefined || limited instanceof Problem) return limited;
  return new Problem('It does not say whether they may others as well.', {
    why: `May they ${part === 'sees' ? 'see' : 'change'} only these, or all of them?`,
    requests: [limited, { act: 'access', entity: limited.entity, roles: limited.roles, [part]: 'all' }],
  });
}
export const access: Rule<Request> = either(only, open);
