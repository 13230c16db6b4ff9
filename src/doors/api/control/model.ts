/** /_theseus/model: the generation that serves as a page needs it, with what this caller may do. The part without rights is made once a generation. */
import type { ApprovalRule, Choice, EntityContract, Field, FieldType, OperationContract, PermanentId, ViewContract } from '#kernel';
import { refuse } from '#kernel';
import type { Running } from '#machine';
import { approvalsOn, entityById, kebab, label, type Move, movesOn, type SystemModel, transitionsOf } from '#model';
import type { EntityJson, FieldJson, ModelJson, OperationJson, ViewJson, Widget } from '../model-json.ts';
import type { Rights } from '../resources.ts';
import { pathOfEntity } from '../system/system-request.ts';
import { columnFields } from '../system/view-columns.ts';
import { pathOfView } from '../system/view-routes.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';
import { eventOf } from './unasked.ts';

export const modelRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'model',
    need: 'caller',
    run: async ({ identity, rights }) => {
      const running = machine.current();
      if (running === null) return refuse('unavailable', 'The system has no generation yet.');
      return ok(modelJson(running, identity.caller.roles, rights), 200, { 'theseus-generation': running.generation });
    },
  },
];

export function modelJson({ generation, activation, model }: Running, roles: readonly string[], may: Rights): ModelJson {
  const { settings } = model;
  return {
    generation,
    activation,
    name: settings.name,
    currency: settings.currency,
    timeZone: settings.timeZone,
    locale: settings.locale,
    roles: settings.roles.map(({ name, read, write, sensitive }) => ({ name, read, write, sensitive })),
    may,
    entities: model.entities.map((entity) => entityJson(model, entity, roles, may)),
    operations: model.operations.map((operation) => operationJson(model, operation, roles, may)),
    views: model.views.map((view) => viewJson(model, view)),
    reactions: model.reactions.map((reaction) => ({
      id: reaction.id,
      name: reaction.name,
      label: label(reaction.name),
      event: eventOf(reaction, model),
    })),
    jobs: model.jobs.map(({ id, name, schedule }) => ({
      id,
      name,
      label: label(name),
      cron: schedule.cron,
      timeZone: schedule.timeZone ?? settings.timeZone,
    })),
  };
}

function entityJson(model: SystemModel, entity: EntityContract, roles: readonly string[], may: Rights): EntityJson {
  const alone = transitionsOf(model, entity.id);
  return {
    id: entity.id,
    name: entity.name,
    plural: entity.plural,
    label: label(entity.name),
    pluralLabel: label(entity.plural),
    path: pathOfEntity(entity),
    title: entity.title,
    fields: entity.fields.map((field) => fieldJson(model, field, alone)),
    operations: model.operations.filter((operation) => operation.on === entity.id).map((operation) => operation.name),
    approvals: approvalsOn(model, entity.id).map((rule) => approvalJson(entity, rule, roles)),
    moves: movesOn(model, entity.id).map((move) => moveJson(entity, move, roles, may)),
  };
}
const approvalJson = (entity: EntityContract, rule: ApprovalRule, roles: readonly string[]): EntityJson['approvals'][number] => ({
  name: rule.name,
  label: label(rule.name),
  role: rule.role,
  before: entity.fields.find((field) => field.id === rule.before)?.name ?? '',
  may: roles.includes(rule.role),
});

function moveJson(entity: EntityContract, move: Move, roles: readonly string[], may: Rights): OperationJson {
  const { workflow, name, segment, transitions } = move;
  const field = entity.fields.find(({ id }) => id === workflow.field);
  const targets = [...new Set(transitions.map(({ to }) => to))];
  const [only] = targets;
  return {
    id: `${workflow.id} ${name}`,
    name,
    label: label(name),
    on: entity.name,
    method: 'POST',
    path: `${pathOfEntity(entity)}/{id}/${segment}`,
    status: 200,
    input: [],
    output: { row: entity.name },
    roles: move.roles ?? [],
    may: transitions.some((each) => (each.roles.length === 0 ? may.write : each.roles.some((role) => roles.includes(role)))),
    transition: {
      field: field?.name ?? '',
      from: [...new Set(transitions.flatMap(({ from }) => from.map((state) => choiceName(field, state))))],
      to: targets.length === 1 && only !== undefined ? choiceName(field, only) : null,
    },
  };
}
const choiceName = (field: Field | undefined, id: PermanentId): string =>
  (field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.id === id)?.name : undefined) ?? '';
function workflowJson(model: SystemModel, field: Field): FieldJson['workflow'] {
  const workflow = model.workflows.find((known) => known.field === field.id);
  if (workflow === undefined) return null;
  const named = (state: PermanentId): string => choiceName(field, state);
  const open = workflow.transitions.filter(({ after }) => after === undefined);
  return {
    starts: named(workflow.starts),
    ways: open.flatMap(({ from, to }) => from.map((state) => ({ from: named(state), to: named(to) }))),
  };
}

export function fieldJson(model: SystemModel, field: Field, alone: readonly OperationContract[] = []): FieldJson {
  const { type } = field;
  const bounds = boundsOf(type);
  const to = type.kind === 'reference' ? entityById(model, type.to) : undefined;
  return {
    id: field.id,
    name: field.name,
    label: label(field.name),
    widget: widgetOf(type),
    required: field.required,
    unique: field.unique,
    sensitive: field.sensitive,
    derived: field.derived?.mode ?? null,
    default: field.default !== undefined && 'literal' in field.default ? field.default.literal : null,
    defaultComputed: field.default !== undefined && 'formula' in field.default,
    min: bounds.min ?? null,
    max: bounds.max ?? null,
    scale: type.kind === 'decimal' || type.kind === 'quantity' ? type.scale : type.kind === 'money' ? model.settings.currency.digits : null,
    unit: type.kind === 'quantity' ? type.unit : null,
    choices: type.kind === 'choice' ? type.choices.map((choice) => choiceJson(choice, field, alone)) : null,
    workflow: workflowJson(model, field),
    to: to === undefined ? null : { entity: to.name, path: pathOfEntity(to), title: to.title },
    item:
      type.kind === 'list'
        ? { name: type.item, label: label(type.item), fields: type.fields.map((inner) => fieldJson(model, inner)) }
        : null,
  };
}
const choiceJson = (
  choice: Choice,
  field: Field,
  alone: readonly OperationContract[],
): { readonly name: string; readonly label: string; readonly by: string | null } => ({
  name: choice.name,
  label: label(choice.name),
  by: alone.find(({ transition }) => transition?.field === field.id && transition.to === choice.id)?.name ?? null,
});

const boundsOf = (type: FieldType): { readonly min?: number | string; readonly max?: number | string } =>
  'min' in type || 'max' in type ? type : {};

const widgets: { readonly [Kind in FieldType['kind']]: Widget } = {
  text: 'text',
  integer: 'integer',
  decimal: 'decimal',
  money: 'money',
  quantity: 'decimal',
  boolean: 'checkbox',
  date: 'date',
  instant: 'instant',
  duration: 'duration',
  email: 'email',
  url: 'url',
  choice: 'select',
  reference: 'reference',
  list: 'list',
  json: 'json',
};
export const widgetOf = (type: FieldType): Widget => (type.kind === 'text' && type.multiline === true ? 'textarea' : widgets[type.kind]);

function operationJson(model: SystemModel, operation: OperationContract, roles: readonly string[], may: Rights): OperationJson {
  const on = operation.on === undefined ? undefined : entityById(model, operation.on);
  const { transition, output } = operation;
  const field = on?.fields.find((candidate) => candidate.id === transition?.field);
  return {
    id: operation.id,
    name: operation.name,
    label: label(operation.name),
    on: on?.name ?? null,
    method: operation.http.method,
    path: operation.http.path,
    status: operation.http.status,
    input: operation.input.map((input) => fieldJson(model, input)),
    output:
      output === null
        ? null
        : 'row' in output
          ? { row: entityById(model, output.row)?.name ?? '' }
          : { fields: output.fields.map((inner) => fieldJson(model, inner)) },
    roles: operation.roles,
    may:
      operation.roles.length === 0
        ? operation.http.method === 'GET'
          ? may.read
          : may.write
        : operation.roles.some((role) => roles.includes(role)),
    transition:
      transition === undefined || field === undefined
        ? null
        : { field: field.name, from: transition.from.map((state) => choiceName(field, state)), to: choiceName(field, transition.to) },
  };
}

function viewJson(model: SystemModel, view: ViewContract): ViewJson {
  const fields = columnFields(model, view);
  return {
    id: view.id,
    name: kebab(view.name),
    title: view.title,
    path: pathOfView(view),
    from: entityById(model, view.from)?.name ?? '',
    columns: view.columns.map((column, index) => {
      const field = fields[index];
      const type = field?.type ?? { kind: 'text' as const };
      return {
        name: column.name,
        label: column.label,
        widget: widgetOf(type),
        aggregate: column.aggregate ?? null,
        scale: field === undefined ? null : fieldJson(model, field).scale,
        to: type.kind === 'reference' ? (entityById(model, type.to)?.name ?? null) : null,
      };
    }),
    order: view.order,
    limit: view.limit ?? null,
    show: view.show,
  };
}
