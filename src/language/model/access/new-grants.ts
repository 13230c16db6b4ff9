/**
 * What somebody can do in one generation and could not in the one before, each with the way there. What access is decided by is compared
 * first: where none of it differs, nobody can do anything new, and no closure is computed.
 */
import type { AccessRule, Contract, EntityContract, Field, NewGrant, PermanentId, Settings } from '#kernel';
import { componentKey } from '../paths.ts';
import { sensitiveIn, withMembers } from '../sensitive.ts';
import { linkModel, type SystemModel } from '../system-model.ts';
import { type Found, foundIn, type Grant, grantKey, grantOf } from './who-can.ts';

export interface Stated {
  readonly settings: Settings;
  readonly components: readonly { readonly contract: Contract }[];
}

export function newGrants(was: Stated, now: Stated): readonly NewGrant[] {
  if (decidedAlike(was, now)) return [];
  const before = foundIn(modelOf(was));
  const model = modelOf(now);
  const altered = alteredRules(was, now);
  const could = (key: string, { who, deed, entity, field, rows }: Found): boolean =>
    before.has(key) || (rows === 'some' && before.has(grantKey({ who, deed, id: field?.id ?? entity.id }, 'all')));
  return [...foundIn(model)]
    .flatMap(([key, found]) => (could(key, found) ? [] : [grantOf(found)]))
    .map((grant) => ({
      who: grant.who,
      what: `${grant.deed} ${grant.what}`,
      statement: sentenceOf(grant),
      path: grant.path,
      doer: grant.through.at(-1) ?? grant.who,
      openers: [
        ...altered.filter(({ on }) => on === grant.entity).map(({ name }) => componentKey('rule', name)),
        ...(grant.signsInAs.length === 0 ? [] : openersOf(grant, model)),
      ],
    }));
}

/** "viewer can update product: viewer calls operation/x, which calls operation/y, which updates product". */
export const sentenceOf = ({ who, deed, what, rows, path }: Grant): string =>
  `${who} can ${deed} ${what}${rows === 'some' ? ', some rows of it' : ''}: ${path.join(', ')}`;

/** Who signs somebody in opens all that such a one can do. */
function openersOf(grant: Grant, model: SystemModel): readonly string[] {
  const people = new Set(grant.signsInAs);
  return [
    ...model.entities.filter(({ id }) => people.has(id)).map(({ name }) => componentKey('entity', name)),
    ...model.operations
      .filter(
        ({ name, capabilities }) =>
          grant.through.includes(componentKey('operation', name)) &&
          capabilities.some((held) => held.kind === 'identity' && people.has(held.entity)),
      )
      .map(({ name }) => componentKey('operation', name)),
  ];
}

function alteredRules(was: Stated, now: Stated): readonly AccessRule[] {
  const rules = ({ components }: Stated): readonly AccessRule[] =>
    components.flatMap(({ contract }) => (contract.kind === 'rule' && contract.form === 'access' ? [contract] : []));
  const [before, after] = [rules(was), rules(now)];
  const stays = (rule: AccessRule, others: readonly AccessRule[]): boolean =>
    others.some((other) => other.id === rule.id && surfaceOf(other) === surfaceOf(rule));
  return [...before.filter((rule) => !stays(rule, after)), ...after.filter((rule) => !stays(rule, before))];
}

const models = new WeakMap<Stated['components'], SystemModel>();
function modelOf({ settings, components }: Stated): SystemModel {
  const known = models.get(components);
  if (known !== undefined && known.settings === settings) return known;
  const made = linkModel(
    settings,
    components.map(({ contract }) => contract),
  );
  models.set(components, made);
  return made;
}

function decidedAlike(was: Stated, now: Stated): boolean {
  if (was.settings !== now.settings && JSON.stringify(was.settings.roles) !== JSON.stringify(now.settings.roles)) return false;
  if (was.components.length !== now.components.length) return false;
  // What stands where it stood is the same object: the rest alone is looked up.
  const standing = now.components.map(({ contract }, at) => was.components[at]?.contract === contract);
  const before = new Map(was.components.flatMap(({ contract }, at) => (standing[at] === true ? [] : [[contract.id, contract]])));
  const computing: [EntityContract, EntityContract][] = [];
  for (const [at, { contract }] of now.components.entries()) {
    if (standing[at] === true) continue;
    const old = before.get(contract.id);
    if (old === contract) continue;
    if (old === undefined || old.name !== contract.name || surfaceOf(old) !== surfaceOf(contract)) return false;
    if (old.kind === 'entity' && contract.kind === 'entity' && computedIn(old) !== computedIn(contract)) computing.push([old, contract]);
  }
  return computing.length === 0 || computedAlike(was, now, computing);
}

/** Whether the same fields are sensitive, and those of them that are computed are computed alike: no other formula decides what is told. */
function computedAlike(was: Stated, now: Stated, computing: readonly (readonly [EntityContract, EntityContract])[]): boolean {
  const [before, after] = [sensitiveIn(modelOf(was)), sensitiveIn(modelOf(now))];
  if (before.size !== after.size || !before.isSubsetOf(after)) return false;
  return computing.every(([old, contract]) => computedIn(old, after) === computedIn(contract, after));
}
const computedIn = ({ fields }: EntityContract, of?: ReadonlySet<PermanentId>): string =>
  JSON.stringify(
    fields
      .flatMap(withMembers)
      .filter(({ id, derived }) => derived !== undefined && of?.has(id) !== false)
      .map(({ id, name, derived }) => [id, name, derived]),
  );

const surfaces = new WeakMap<Contract, string>();
/** All of a contract that access is decided by, but for what is computed. */
function surfaceOf(contract: Contract): string {
  const known = surfaces.get(contract);
  if (known !== undefined) return known;
  const made = JSON.stringify([contract.kind, contract.id, decides(contract)]);
  surfaces.set(contract, made);
  return made;
}
function decides(contract: Contract): unknown {
  switch (contract.kind) {
    case 'entity':
      return [sensitivityOf(contract.fields), contract.identity?.roles ?? null];
    case 'rule':
      return contract.form === 'access'
        ? [contract.on, contract.roles, contract.rows, contract.write ?? null]
        : contract.form === 'approval'
          ? [contract.on, contract.role]
          : null;
    case 'workflow':
      return [contract.on, contract.field, contract.transitions.map(({ from, to, roles, after }) => [from, to, roles, after ?? null])];
    case 'operation':
      return [contract.http.method, contract.roles, contract.capabilities];
    case 'reaction':
      return [contract.on, contract.capabilities];
    case 'job':
      return contract.capabilities;
    case 'view':
      return null;
  }
}
const sensitivityOf = (fields: EntityContract['fields']): readonly unknown[] =>
  fields.flatMap((field: Field) => {
    const inside = field.type.kind === 'list' ? sensitivityOf(field.type.fields) : [];
    const secret = field.type.kind === 'text' && field.type.secret === true;
    return field.sensitive || secret || inside.length > 0 ? [[field.id, field.name, field.sensitive, secret, inside]] : [];
  });
