/** A linked file to the contract of its component. What is missing has been reported; a broken component has no contract. */
import {
  anyone,
  refusalCodes,
  type Capability,
  type Contract,
  type EntityContract,
  type Expression,
  type Invariant,
  type OperationContract,
  type PermanentId,
  type ReactionContract,
  type RuleContract,
  type ViewColumn,
  type ViewContract,
} from '#kernel';
import { isOrdered } from '#rules';
import { pathOf } from '../paths.ts';
import { checkRole } from './check-role.ts';
import type {
  Declaration,
  DeclaredAccess,
  DeclaredApproval,
  DeclaredBody,
  DeclaredDecision,
  DeclaredEntity,
  DeclaredInvariant,
  DeclaredOperation,
  DeclaredReaction,
  DeclaredView,
  Named,
} from './declared.ts';
import { fieldSet, wholeFields } from './link-fields.ts';
import { httpContract } from './link-http.ts';
import { indexesPart } from './link-indexes.ts';
import { shapesPart } from './link-shapes.ts';
import type { LinkedFile, Shell } from './linked-file.ts';
import { workflowContract } from './link-workflow.ts';
import type { Linker } from './linker.ts';
import { checkName } from './name-rules.ts';

export const knownRefusals: ReadonlySet<string> = new Set(Object.keys(refusalCodes));

export function contractOf(file: LinkedFile, declaration: Exclude<Declaration, { kind: 'tests' }>, linker: Linker): Contract | undefined {
  switch (declaration.kind) {
    case 'entity':
      return entityContract(file, declaration, linker);
    case 'rule':
      if (declaration.form === 'access') return accessContract(file, declaration, linker);
      return declaration.form === 'decision' ? decisionContract(file, declaration, linker) : approvalContract(file, declaration, linker);
    case 'workflow':
      return workflowContract(file, declaration, linker);
    case 'operation':
      return operationContract(file, declaration, linker);
    case 'view':
      return viewContract(file, declaration, linker);
    case 'reaction':
      return reactionContract(file, declaration, linker);
    case 'job': {
      const { id, name, schedule, caps, retries, hourly } = declaration;
      return { kind: 'job', id, name, schedule, capabilities: capabilitiesOf(file, declaration, linker), caps, retries, hourly };
    }
  }
}

function invariants(file: LinkedFile, declared: readonly DeclaredInvariant[], row: PermanentId, linker: Linker): readonly Invariant[] {
  return declared.flatMap(({ name, holds, message }) => {
    const expression = linker.formula(file, `invariant ${name}`, holds, row, { kind: 'boolean', optional: false });
    return expression === undefined ? [] : [{ name, holds: expression, message }];
  });
}

function entityContract(file: LinkedFile, declaration: DeclaredEntity, linker: Linker): EntityContract | undefined {
  const shell = linker.shell(file.path);
  if (shell === undefined) return undefined;
  return {
    kind: 'entity',
    id: declaration.id,
    name: declaration.name,
    plural: declaration.plural,
    fields: wholeFields(file, declaration.fields, shell, declaration.id, undefined, linker),
    retired: declaration.retired,
    title: declaration.title.name,
    invariants: invariants(file, declaration.invariants, declaration.id, linker),
    ...identityPart(file, declaration, shell),
    ...indexesPart(file, declaration, shell),
    ...shapesPart(file, declaration, linker),
    ...(declaration.answersWithin === undefined ? {} : { answersWithin: declaration.answersWithin }),
  };
}

function identityPart(
  file: LinkedFile,
  { identity, title }: DeclaredEntity,
  shell: Shell,
): Pick<EntityContract, 'identity'> | Record<never, never> {
  const secrets = shell.fields.filter((field) => field.type.kind === 'text' && field.type.secret === true);
  const [secret] = secrets;
  if (secret !== undefined && title.name === secret.name) file.report(title.start, `${secret.name} is a secret, and names no row`);
  if (identity === undefined) {
    if (secret !== undefined)
      file.report(0, `${secret.name} is a secret, and nobody signs in with it: add identity: { login: '...', roles: ['...'] }`);
    return {};
  }
  for (const role of identity.roles)
    if (role.name === anyone)
      file.report(role.start, `${anyone} is who has not signed in; give those who have a role of their own, such as member`);
    else checkName(role.name, 'a role', role.start, file.report);
  const login = shell.byName.get(identity.login.name);
  if (login === undefined || !login.required || !login.unique || (login.type.kind !== 'text' && login.type.kind !== 'email'))
    file.report(identity.login.start, 'login is a text or an email that is required and unique');
  if (secret === undefined || secrets.length > 1)
    file.report(identity.start, 'who signs in has one secret: text({ secret: true, min: 8 })');
  if (login === undefined || secret === undefined) return {};
  const { days, header } = identity;
  const roles = identity.roles.map((role) => role.name);
  return { identity: { login: login.id, secret: secret.id, roles, days, ...(header === undefined ? {} : { header }) } };
}

function decisionContract(file: LinkedFile, declaration: DeclaredDecision, linker: Linker): RuleContract | undefined {
  const rule = linker.decision(file, declaration);
  const on = linker.entity(file, declaration.on);
  const governs = on === undefined ? undefined : linker.shell(on.path)?.byName.get(declaration.governs.name);
  if (rule === undefined || governs === undefined) return undefined;
  return {
    kind: 'rule',
    form: 'decision',
    id: declaration.id,
    name: declaration.name,
    on: rule.on,
    governs: governs.id,
    decide: rule.body,
    ensures: invariants(file, declaration.ensures, rule.on, linker),
    ...(declaration.points.length === 0 ? {} : { points: declaration.points }),
  };
}

function approvalContract(file: LinkedFile, declaration: DeclaredApproval, linker: Linker): RuleContract | undefined {
  const on = linker.entity(file, declaration.on);
  if (on === undefined) return undefined;
  checkRole(file, declaration.by, linker);
  const before = linker.shell(on.path)?.byName.get(declaration.before.name);
  if (before === undefined || before.type.kind !== 'choice')
    file.report(declaration.before.start, `before must be a choice field of ${declaration.on.name}: the state that waits for the approval`);
  const when = linker.formula(file, 'when', declaration.when, on.declaration.id, { kind: 'boolean', optional: false });
  const amount = declaration.amount === undefined ? undefined : linker.formula(file, 'amount', declaration.amount, on.declaration.id);
  if (amount !== undefined && amount.type.kind !== 'number')
    file.report(declaration.amount?.start ?? 0, 'amount must be a number or an amount of money');
  if (before === undefined || when === undefined) return undefined;
  return {
    kind: 'rule',
    form: 'approval',
    id: declaration.id,
    name: declaration.name,
    on: on.declaration.id,
    role: declaration.by.name,
    when,
    before: before.id,
    ...(amount === undefined ? {} : { amount }),
  };
}

function accessContract(file: LinkedFile, declaration: DeclaredAccess, linker: Linker): RuleContract | undefined {
  const on = linker.entity(file, declaration.on);
  for (const role of declaration.roles) checkRole(file, role, linker);
  if (on === undefined) return undefined;
  const { id } = on.declaration;
  const truth = { kind: 'boolean', optional: false } as const;
  const rows = linker.formula(file, 'rows', declaration.rows, id, truth, 'caller');
  const write = declaration.write === undefined ? undefined : linker.formula(file, 'write', declaration.write, id, truth, 'caller');
  if (rows === undefined) return undefined;
  return {
    kind: 'rule',
    form: 'access',
    id: declaration.id,
    name: declaration.name,
    on: id,
    roles: declaration.roles.map((role) => role.name),
    rows,
    ...(write === undefined ? {} : { write }),
  };
}

function capabilitiesOf(file: LinkedFile, declaration: DeclaredBody, linker: Linker): readonly Capability[] {
  const capabilities: Capability[] = [];
  for (const { entity, access, sensitive } of declaration.capabilities) {
    const target = linker.entity(file, entity);
    if (target === undefined) continue;
    const ids = sensitive.flatMap((name) => {
      const shell = linker.shell(target.path);
      const [list = '', member] = name.name.split('.');
      const field = member === undefined ? shell?.byName.get(name.name) : shell?.lists.get(list)?.byName.get(member);
      if (field === undefined || !field.sensitive) file.report(name.start, `${entity.name} has no sensitive field ${name.name}`);
      return field === undefined ? [] : [field.id];
    });
    capabilities.push({ kind: 'data', entity: target.declaration.id, access, sensitive: ids });
  }
  for (const event of declaration.emits) capabilities.push({ kind: 'emit', event });
  for (const called of declaration.calls) {
    const path = pathOf('operation', called.name);
    file.needs.add(`operation:${path}`);
    const target = linker.file(path)?.declared.declaration;
    if (target?.kind === 'operation') capabilities.push({ kind: 'call', operation: target.id });
    else file.report(called.start, `there is no operation ${called.name}; it would stand in ${path}`);
  }
  for (const name of declaration.identities) {
    const target = linker.entity(file, name);
    if (target === undefined) continue;
    if (target.declaration.identity === undefined)
      file.report(name.start, `rows of ${name.name} do not sign in: ${name.name} has no identity`);
    else capabilities.push({ kind: 'identity', entity: target.declaration.id });
  }
  for (const { host, methods, read } of declaration.fetches) capabilities.push({ kind: 'fetch', host, methods, read });
  return capabilities;
}

function operationContract(file: LinkedFile, declaration: DeclaredOperation, linker: Linker): OperationContract | undefined {
  const on = declaration.on === undefined ? undefined : linker.entity(file, declaration.on);
  if (declaration.on !== undefined && on === undefined) return undefined;
  for (const role of declaration.roles) if (role.name !== anyone) checkRole(file, role, linker);
  const capabilities = capabilitiesOf(file, declaration, linker);
  const row = declaration.output !== null && 'row' in declaration.output ? linker.entity(file, declaration.output.row) : undefined;
  const output =
    declaration.output === null
      ? null
      : 'fields' in declaration.output
        ? {
            fields: fieldSet(file, declaration.output.fields, linker).fields,
            ...(declaration.output.whole === true ? { whole: true as const } : {}),
          }
        : row === undefined
          ? null
          : { row: row.declaration.id };
  const transition = on === undefined ? undefined : transitionOf(file, declaration, on.path, linker);
  return {
    kind: 'operation',
    id: declaration.id,
    name: declaration.name,
    ...(on === undefined ? {} : { on: on.declaration.id }),
    http: httpContract(file, declaration, on?.declaration),
    input: fieldSet(file, declaration.input, linker).fields,
    output,
    capabilities,
    roles: declaration.roles.map((role) => role.name),
    ...(transition === undefined ? {} : { transition }),
    caps: declaration.caps,
    ...(declaration.points.length === 0 ? {} : { points: declaration.points }),
  };
}

function reactionContract(file: LinkedFile, declaration: DeclaredReaction, linker: Linker): ReactionContract | undefined {
  const { id, name, on: heard, caps, retries, hourly } = declaration;
  const capabilities = capabilitiesOf(file, declaration, linker);
  const made = (on: ReactionContract['on']): ReactionContract => ({ kind: 'reaction', id, name, on, capabilities, caps, retries, hourly });
  if ('event' in heard) return made(heard);
  const entity = linker.entity(file, heard.entity);
  return entity === undefined ? undefined : made({ entity: entity.declaration.id, happens: heard.happens });
}

function transitionOf(file: LinkedFile, declaration: DeclaredOperation, path: string, linker: Linker): OperationContract['transition'] {
  const transition = declaration.transition;
  if (transition === undefined) return undefined;
  const field = linker.shell(path)?.byName.get(transition.field.name);
  if (field === undefined || field.type.kind !== 'choice') {
    file.report(transition.field.start, `field must be a choice field of ${declaration.on?.name ?? 'the entity'}: its state`);
    return undefined;
  }
  const choices = field.type.choices;
  const state = (name: Named): PermanentId | undefined => {
    const choice = choices.find((candidate) => candidate.name === name.name);
    if (choice === undefined)
      file.report(name.start, `${field.name} has no choice ${name.name}; it has ${choices.map((known) => known.name).join(', ')}`);
    return choice?.id;
  };
  const from = transition.from.map(state).filter((id) => id !== undefined);
  const to = state(transition.to);
  return to === undefined ? undefined : { field: field.id, from, to };
}

const one: Expression = { node: 'constant', type: { kind: 'number', scale: 0, money: false, optional: false }, value: 1 };

function viewContract(file: LinkedFile, declaration: DeclaredView, linker: Linker): ViewContract | undefined {
  const from = linker.entity(file, declaration.from);
  if (from === undefined) return undefined;
  const where =
    declaration.where === undefined
      ? undefined
      : linker.formula(file, 'where', declaration.where, from.declaration.id, { kind: 'boolean', optional: false });
  const columns: ViewColumn[] = declaration.columns.flatMap((column) => {
    const value = column.value === undefined ? one : linker.formula(file, `column ${column.name}`, column.value, from.declaration.id);
    if (value === undefined) return [];
    const { aggregate } = column;
    if ((aggregate === 'sum' || aggregate === 'average') && value.type.kind !== 'number')
      file.report(column.start, `${aggregate} needs a number or an amount of money`);
    if ((aggregate === 'smallest' || aggregate === 'largest') && !isOrdered(value.type))
      file.report(column.start, `${aggregate} needs a number, a date or a moment`);
    return [{ name: column.name, label: column.label, value, ...(aggregate === undefined ? {} : { aggregate }) }];
  });
  return {
    kind: 'view',
    id: declaration.id,
    name: declaration.name,
    title: declaration.title,
    from: from.declaration.id,
    ...(where === undefined ? {} : { where }),
    columns,
    order: declaration.order.map(({ name }) =>
      name.startsWith('-') ? { column: name.slice(1), direction: 'descending' } : { column: name, direction: 'ascending' },
    ),
    ...(declaration.limit === undefined ? {} : { limit: declaration.limit }),
    show: declaration.show,
  };
}
