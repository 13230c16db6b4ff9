/**
 * Who can cause which write, and read what is sensitive, in a whole system: the closure over what contracts declare. Exact over
 * roles, access rules, operations' roles and capabilities, calls in one another, events, schedules and signing in; what bodies do with what they
 * may is not looked at. Row by row it says less: an access rule makes `all` rows `some`. Pure.
 */
import {
  anyone,
  type BodyContract,
  type ComponentKind,
  type DataAccess,
  type EntityContract,
  hasBody,
  type OperationContract,
  type PermanentId,
  type ReactionContract,
  type RowEvent,
  type WorkflowContract,
} from '#kernel';
import { readsOnly } from '../reads-only.ts';
import { sensitiveBut, sensitiveIn, secretsIn } from '../sensitive.ts';
import type { SystemModel } from '../system-model.ts';

/** Who runs what is scheduled: nobody. */
export const clock = 'the clock';
/** Bodies that stand in one another in one call: the machine runs no more. */
const deepest = 3;

export interface Grant {
  /** A role, `anyone`, or the clock. */
  readonly who: string;
  /** `read` is of a sensitive field; all else of rows. */
  readonly deed: DataAccess;
  /** Permanent id of the entity or the field. */
  readonly id: PermanentId;
  /** `product`, or `customer.credit`. */
  readonly what: string;
  readonly entity: PermanentId;
  /** `some`: access rules let it meet only some. */
  readonly rows: 'all' | 'some';
  /** The shortest way there: "viewer calls operation/x", "which updates product". */
  readonly path: readonly string[];
  /** Components on the way, the one that does it last. */
  readonly through: readonly `${ComponentKind}/${string}`[];
  /** Entities as whose rows one signs in on the way. */
  readonly signsInAs: readonly PermanentId[];
}

const system: unique symbol = Symbol('system');
/** `as`: the role whose rights are held against what is done, or the system's own. */
interface Place {
  readonly body: BodyContract | WorkflowContract | null;
  readonly as: string | typeof system;
  readonly depth: number;
  readonly path: readonly string[];
  readonly through: Grant['through'];
  readonly signsInAs: readonly PermanentId[];
}

/** What was found, without its words: there are many, and few are told. */
export interface Found {
  readonly who: string;
  readonly deed: DataAccess;
  readonly entity: EntityContract;
  readonly field: { readonly id: PermanentId; readonly name: string } | undefined;
  readonly rows: Grant['rows'];
  readonly from: Place;
}
const known = new WeakMap<SystemModel, ReadonlyMap<string, Found>>();
/** By who, deed, permanent id and rows: what has the same key in two generations is the same grant, whatever its way. */
export function foundIn(model: SystemModel): ReadonlyMap<string, Found> {
  const made = known.get(model) ?? closure(model);
  known.set(model, made);
  return made;
}
export const whoCan = (model: SystemModel): readonly Grant[] => [...foundIn(model).values()].map(grantOf);

export function grantOf({ who, deed, entity, field, rows, from }: Found): Grant {
  const what = field === undefined ? entity.name : `${entity.name}.${field.name}`;
  return {
    who,
    deed,
    id: field?.id ?? entity.id,
    what,
    entity: entity.id,
    rows,
    path: said(who, from, `${deed}s ${what}`),
    through: from.body === null ? [...from.through, `entity/${entity.name}`] : from.through,
    signsInAs: from.signsInAs,
  };
}
const said = (who: string, from: Place, verb: string): readonly string[] => [
  ...from.path,
  `${from.body !== null ? 'which' : from.path.length === 0 ? who : 'who'} ${verb}`,
];
export const grantKey = ({ who, deed, id }: Pick<Grant, 'who' | 'deed' | 'id'>, rows: Grant['rows']): string =>
  `${who} ${deed} ${id} ${rows}`;

function closure(model: SystemModel): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const index = indexOf(model);
  for (const who of new Set([...model.settings.roles.map(({ name }) => name), ...index.rolesNamed, anyone]))
    walk(model, index, who, found, [{ body: null, as: who, depth: 0, path: [], through: [], signsInAs: [] }]);
  const jobs = model.jobs.map((job): Place => {
    const key = `job/${job.name}` as const;
    return { body: job, as: system, depth: 1, path: [`${clock} runs ${key}`], through: [key], signsInAs: [] };
  });
  walk(model, index, clock, found, jobs);
  return found;
}

function walk(model: SystemModel, index: Index, who: string, found: Map<string, Found>, waiting: Place[]): void {
  const been = new Set<string>();
  const next = (place: Place): void => {
    const key = `${place.body?.id ?? ''} ${String(place.as)} ${place.depth}`;
    if (been.has(key)) return;
    been.add(key);
    waiting.push(place);
  };
  const grant = (
    from: Place,
    deed: DataAccess,
    entity: EntityContract,
    field?: { readonly id: PermanentId; readonly name: string },
  ): void => {
    const rows = rowsFor(index, entity.id, from.as);
    if (rows === 'none') return;
    const named = { who, deed, id: field?.id ?? entity.id };
    const key = grantKey(named, rows);
    if (found.has(key) || (rows === 'some' && found.has(grantKey(named, 'all')))) return;
    found.set(key, { who, deed, entity, field, rows, from });
  };
  const react = (from: Place, happened: string, reactions: readonly ReactionContract[]): void => {
    for (const reaction of reactions) {
      const key = `reaction/${reaction.name}` as const;
      next({
        ...from,
        body: reaction,
        as: system,
        depth: 1,
        path: [...said(who, from, happened), `at which ${key} runs`],
        through: [...from.through, key],
      });
    }
  };
  const write = (from: Place, deed: Exclude<DataAccess, 'read'>, entity: EntityContract): void => {
    if (rowsFor(index, entity.id, from.as) === 'none') return;
    grant(from, deed, entity);
    const hearing = index.hearing(entity.id, events[deed]);
    if (hearing.length > 0) react(from, `${deed}s ${entity.name}`, hearing);
  };
  const call = (from: Place, operation: OperationContract): void => {
    if (from.depth >= deepest || !mayCall(model, operation, from.as)) return;
    const key = `operation/${operation.name}` as const;
    next({ ...from, body: operation, depth: from.depth + 1, path: said(who, from, `calls ${key}`), through: [...from.through, key] });
  };
  /** Who may make a transition writes the row that goes along it, and no more. */
  const moves = (from: Place, workflow: WorkflowContract, path: readonly string[]): void => {
    const entity = index.entities.get(workflow.on);
    if (entity !== undefined)
      write({ ...from, body: workflow, path, through: [...from.through, `workflow/${workflow.name}`] }, 'update', entity);
  };
  if (who === clock)
    for (const workflow of model.workflows)
      if (workflow.transitions.some(({ after }) => after !== undefined))
        moves({ body: null, as: system, depth: 0, path: [], through: [], signsInAs: [] }, workflow, [
          `${clock} moves rows of workflow/${workflow.name}`,
        ]);
  for (let at = 0; at < waiting.length; at += 1) {
    const place = waiting[at];
    if (place === undefined) break;
    const { body, as } = place;
    if (body === null) {
      const role = model.settings.roles.find(({ name }) => name === as);
      if (role?.write === true) for (const entity of model.entities) for (const deed of writes) write(place, deed, entity);
      if (role?.read === true && role.sensitive) for (const field of index.sensitive) grant(place, 'read', field.entity, field);
      for (const rule of model.rules)
        if (rule.form === 'approval' && rule.role === as)
          react(place, `approves ${index.entities.get(rule.on)?.name ?? rule.on}`, index.hearing(rule.on, 'approved'));
      for (const workflow of model.workflows)
        for (const { name, roles } of workflow.transitions)
          if (roles.some((role) => role === as)) moves(place, workflow, said(who, place, `makes ${name} of workflow/${workflow.name}`));
      for (const operation of model.operations) call(place, operation);
      continue;
    }
    if (body.kind === 'workflow') continue;
    const seen = as === system ? [] : index.seenBy(body);
    for (const field of seen) grant(place, 'read', field.entity, field);
    for (const held of body.capabilities) {
      const entity = held.kind === 'data' || held.kind === 'identity' ? index.entities.get(held.entity) : undefined;
      if (held.kind === 'data' && entity !== undefined) for (const deed of held.access) if (deed !== 'read') write(place, deed, entity);
      if (held.kind === 'emit') react(place, `emits ${held.event}`, index.told(held.event));
      if (held.kind === 'call') {
        const operation = index.operations.get(held.operation);
        if (operation !== undefined) call(place, operation);
      }
      // What is issued where nobody called is answered to nobody.
      if (held.kind === 'identity' && as !== system && entity?.identity !== undefined)
        for (const role of entity.identity.roles)
          next({
            ...place,
            body: null,
            as: role,
            depth: 0,
            path: said(who, place, `signs in as ${role}`),
            signsInAs: [...place.signsInAs, entity.id],
          });
    }
  }
}
const writes = ['create', 'update', 'delete'] as const;
const events: { readonly [Deed in Exclude<DataAccess, 'read'>]: RowEvent } = { create: 'created', update: 'updated', delete: 'deleted' };

/** As the machine decides it at each call, also of one inside another: by the roles of who called first. */
function mayCall({ settings }: SystemModel, operation: OperationContract, as: Place['as']): boolean {
  if (as === system) return true;
  if (operation.roles.length > 0) return operation.roles.some((role) => role === anyone || role === as);
  const role = settings.roles.find(({ name }) => name === as);
  return role !== undefined && (readsOnly(operation) ? role.read : role.write);
}

/** Who has no role of the system sees no row of an entity that has access rules. */
function rowsFor(index: Index, entity: PermanentId, as: Place['as']): Grant['rows'] | 'none' {
  const limited = index.limited.get(entity);
  if (as === system || limited === undefined) return 'all';
  return limited.has(as) ? 'some' : index.roles.has(as) ? 'all' : 'none';
}

interface SensitiveField {
  readonly id: PermanentId;
  readonly name: string;
  readonly entity: EntityContract;
}
interface Index {
  readonly roles: ReadonlySet<string>;
  /** Roles that operations and people's entities name. */
  readonly rolesNamed: readonly string[];
  readonly entities: ReadonlyMap<PermanentId, EntityContract>;
  readonly operations: ReadonlyMap<PermanentId, OperationContract>;
  readonly limited: ReadonlyMap<PermanentId, ReadonlySet<string>>;
  readonly sensitive: readonly SensitiveField[];
  hearing(entity: PermanentId, happens: RowEvent): readonly ReactionContract[];
  told(event: string): readonly ReactionContract[];
  /** Sensitive fields that a body sees: those of its contract, and what is computed from them alone. */
  seenBy(body: BodyContract): readonly SensitiveField[];
}
function indexOf(model: SystemModel): Index {
  const secrets = secretsIn(model);
  const ids = sensitiveIn(model);
  const sensitive = model.entities.flatMap((entity) =>
    entity.fields
      .flatMap((field) => [
        { id: field.id, name: field.name, entity },
        ...(field.type.kind === 'list' ? field.type.fields.map(({ id, name }) => ({ id, name: `${field.name}.${name}`, entity })) : []),
      ])
      .filter(({ id }) => ids.has(id) && !secrets.has(id)),
  );
  const heard = new Map<string, ReactionContract[]>();
  for (const reaction of model.reactions) {
    const key = 'event' in reaction.on ? `event ${reaction.on.event}` : `${reaction.on.entity} ${reaction.on.happens}`;
    heard.set(key, [...(heard.get(key) ?? []), reaction]);
  }
  const limited = new Map<PermanentId, Set<string>>();
  for (const rule of model.rules) {
    if (rule.form !== 'access') continue;
    const roles = limited.get(rule.on) ?? new Set();
    for (const role of rule.roles) roles.add(role);
    limited.set(rule.on, roles);
  }
  return {
    roles: new Set(model.settings.roles.map(({ name }) => name)),
    rolesNamed: [
      ...model.operations.flatMap(({ roles }) => roles),
      ...model.workflows.flatMap(({ transitions }) => transitions.flatMap(({ roles }) => roles)),
    ],
    entities: new Map(model.entities.map((entity) => [entity.id, entity])),
    operations: new Map(model.operations.map((operation) => [operation.id, operation])),
    limited,
    sensitive,
    hearing: (entity, happens) => (heard.size === 0 ? [] : (heard.get(`${entity} ${happens}`) ?? [])),
    told: (event) => heard.get(`event ${event}`) ?? [],
    seenBy: (body) => {
      const granted = hasBody(body) ? body.capabilities.flatMap((held) => (held.kind === 'data' ? held.sensitive : [])) : [];
      if (granted.length === 0) return [];
      const hidden = sensitiveBut(model, granted);
      return sensitive.filter(({ id }) => !hidden.has(id));
    },
  };
}
