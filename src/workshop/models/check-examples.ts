/**
 * Whether acceptance examples speak of what is there, or of what the change brings: entities, fields, operations, views, roles and rows
 * named before. A model invents names; an example with one would be a promise that nothing can keep.
 */
import { anyone, type Field, type Json, type JsonObject, refusalCodes } from '#kernel';
import { entityNamed, lengthOf, operationNamed, reactionNamed, type SystemModel, viewNamed, jobNamed } from '#model';
import type { AnsweredExample } from './answers.ts';
import type { StatedScope } from './check-scope.ts';

const kinds: { readonly [kind: string]: readonly string[] } = {
  create: ['as', 'by', 'with', 'then', 'http', 'headers'],
  update: ['by', 'with', 'then', 'http', 'headers'],
  delete: ['by', 'with', 'then', 'http', 'headers'],
  call: ['on', 'as', 'by', 'with', 'then', 'http', 'headers'],
  react: ['on', 'was', 'with', 'then'],
  run: ['at', 'after', 'then'],
  approve: ['by', 'then'],
  read: ['by', 'then', 'http', 'headers'],
  find: ['with', 'as', 'by', 'then'],
  show: ['by', 'then'],
  emitted: ['then'],
  sent: ['then'],
  outside: ['answers', 'status'],
  after: [],
  today: [],
};
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export function exampleProblems(examples: readonly AnsweredExample[], scope: StatedScope, model: SystemModel): readonly string[] {
  const names = new Set<string>();
  return examples.flatMap((example) => {
    const name = `${example.component} ${example.name}`;
    const twice = names.has(name) ? ['has the name of another'] : [];
    names.add(name);
    const strange = scope.components.some((key) => key === example.component)
      ? []
      : [`stands beside ${example.component}, which components does not name`];
    return [...twice, ...strange, ...stepProblems(example.steps, scope, model)].map((problem) => `example "${example.name}": ${problem}.`);
  });
}

function stepProblems(steps: readonly JsonObject[], scope: StatedScope, model: SystemModel): readonly string[] {
  /** Rows named so far, and the entity of each; '' where it is not known. */
  const rows = new Map<string, string>();
  return steps.flatMap((step, at) => {
    const found = problemsOf(step, rows, scope, model);
    return found.map((problem) => `step ${at + 1} ${problem}`);
  });
}

function problemsOf(step: JsonObject, rows: Map<string, string>, scope: StatedScope, model: SystemModel): readonly string[] {
  const found = Object.keys(kinds).filter((kind) => step[kind] !== undefined && !(kind === 'after' && step['run'] !== undefined));
  const [kind] = found;
  if (kind === undefined || found.length > 1) return [`has to have exactly one of ${Object.keys(kinds).join(', ')}`];
  const strange = Object.keys(step).find((name) => name !== kind && !(kinds[kind] ?? []).includes(name));
  if (strange !== undefined) return [`with ${kind} has no ${strange}`];
  const target = text(step[kind]);
  if (target === '') return [`has no name after ${kind}`];
  const wrong: string[] = shapeProblems(kind, step);
  const by = text(step['by']);
  if (by !== '' && !rows.has(by) && !mayBeRole(by, scope, model))
    wrong.push(`names ${by} as who does it, which is no role, and no row that a step before made with as`);
  const then = step['then'];
  const refused = isObject(then) ? then['refused'] : undefined;
  if (refused !== undefined && !Object.hasOwn(refusalCodes, text(refused)))
    wrong.push(`expects a refusal ${JSON.stringify(refused)}, which is none of ${Object.keys(refusalCodes).join(', ')}`);
  const born = (component: string): boolean => scope.components.some((key) => key === component);
  const row = (name: string): string => {
    if (!rows.has(name)) wrong.push(`names a row ${JSON.stringify(name)} that no step before made with as`);
    return rows.get(name) ?? '';
  };
  let entity = '';
  if (kind === 'create' || kind === 'find') {
    entity = target;
    if (entityNamed(model, target) === undefined && !born(`entity/${target}`))
      wrong.push(`${kind === 'find' ? 'looks for' : 'makes'} a ${target}, and there is no such entity`);
  } else if (kind === 'call') {
    const operation = operationNamed(model, target);
    if (operation === undefined && !born(`operation/${target}`)) wrong.push(`calls ${target}, and there is no such operation`);
    if (step['on'] !== undefined) row(text(step['on']));
    if (operation !== undefined && operation.output !== null && 'row' in operation.output) {
      const { row: id } = operation.output;
      entity = model.entities.find((each) => each.id === id)?.name ?? '';
    }
  } else if (kind === 'show') {
    if (viewNamed(model, target) === undefined && !born(`view/${target}`)) wrong.push(`shows ${target}, and there is no such view`);
  } else if (kind === 'react') {
    if (reactionNamed(model, target) === undefined && !born(`reaction/${target}`))
      wrong.push(`runs a reaction ${target} that is not there`);
    if (step['on'] !== undefined) row(text(step['on']));
  } else if (kind === 'run') {
    if (jobNamed(model, target) === undefined && !born(`job/${target}`)) wrong.push(`runs a job ${target} that is not there`);
  } else if (!['today', 'outside', 'after', 'emitted', 'sent'].includes(kind)) entity = row(target);
  for (const [, name = ''] of text(step['http']).matchAll(/\{([^{}]*)\}/g)) row(name);
  if (refused === undefined && entity !== '' && step['http'] === undefined) {
    if (kind !== 'call') wrong.push(...fieldProblems(entity, step['with'], scope, model));
    wrong.push(...fieldProblems(entity, then, scope, model));
  }
  if (text(step['as']) !== '') rows.set(text(step['as']), entity);
  return wrong;
}

/** A role of the settings, one that people sign in with, or one that a new entity, or an entity whose people are others now, may bring. */
const mayBeRole = (name: string, scope: StatedScope, model: SystemModel): boolean =>
  name === anyone ||
  model.settings.roles.some((role) => role.name === name) ||
  model.entities.some((entity) => entity.identity?.roles.includes(name)) ||
  scope.members.some((member) => member.startsWith('entity/') && member.endsWith('#identity')) ||
  scope.components.some(
    (component) => component.startsWith('entity/') && entityNamed(model, component.slice('entity/'.length)) === undefined,
  );

function shapeProblems(kind: string, step: JsonObject): string[] {
  const wrong: string[] = [];
  const then = step['then'];
  if (step['http'] !== undefined && !/^(?:GET|POST|PUT|PATCH|DELETE) \/\S*$/.test(text(step['http'])))
    wrong.push("needs a method and an address after `http`, such as 'PATCH /rooms/{blue}'");
  if (step['http'] !== undefined && isObject(then) && Object.keys(then).some((name) => !['status', 'headers', 'body'].includes(name)))
    wrong.push('says what comes back over HTTP: then has status, headers and body alone');
  if (step['http'] !== undefined) return wrong;
  if ((kind === 'create' || kind === 'update' || kind === 'find') && !isObject(step['with'])) wrong.push(`needs with: an object of values`);
  if (kind === 'approve' && text(step['by']) === '') wrong.push('needs by: the role of who approves');
  if (kind === 'show' && !(Array.isArray(then) && then.every(isObject))) wrong.push('needs then: a list of rows');
  if ((kind === 'emitted' || kind === 'sent') && !Array.isArray(then)) wrong.push('needs then: the list of all that left so far');
  if (kind === 'read' && !isObject(then)) wrong.push('needs then: what is read');
  if (!['show', 'emitted', 'sent'].includes(kind) && then !== undefined && !isObject(then)) wrong.push('has a then that is no object');
  if (step['after'] !== undefined && lengthOf(text(step['after'])) === undefined)
    wrong.push("needs a time after `after`, in minutes, hours or days, such as '30 days'");
  if (kind === 'run' && step['after'] === undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z$/.test(text(step['at'])))
    wrong.push("needs at: an instant such as '2026-02-01T06:00:00Z', or after: a time such as '2 days'");
  if (kind === 'today' && !/^\d{4}-\d\d-\d\d$/.test(text(step['today']))) wrong.push('needs a date such as 2026-02-01');
  return wrong;
}

/** Fields of a row that are neither there nor brought by the change. */
function fieldProblems(entity: string, values: Json | undefined, scope: StatedScope, model: SystemModel): readonly string[] {
  const contract = entityNamed(model, entity);
  if (contract === undefined || !isObject(values)) return [];
  const prefix = `entity/${entity}#field/`;
  const brought = (path: string): boolean =>
    scope.members.some((member) => member === `entity/${entity}` || member === prefix + path || (prefix + path).startsWith(`${member}/`));
  const look = (fields: readonly Field[], object: JsonObject, path: string): readonly string[] =>
    Object.entries(object).flatMap(([name, value]) => {
      const field = fields.find((each) => each.name === name);
      if (field === undefined)
        return brought(path + name) || (path === '' && (name === 'id' || name === 'version'))
          ? []
          : [
              `names ${entity}.${path}${name}, and there is no such field; one that the change brings stands in members as ${prefix}${path}${name}`,
            ];
      if (field.type.kind !== 'list' || !Array.isArray(value)) return [];
      const inner = field.type.fields;
      return value.flatMap((item) => (isObject(item) ? look(inner, item, `${path}${name}/`) : []));
    });
  return look(contract.fields, values, '');
}
