/** Who uses a field, a choice or an entity: components by name, as a person would say them. */
import type { BodyContract, Expression, PermanentId } from '#kernel';
import { fieldNamed, type SystemModel } from '#model';
import { nodesOf } from '#rules';
import { labelOf } from '../names.ts';

/** Bodies as text: of operations by name, of reactions and jobs by `reaction/name` and `job/name`. */
export type Bodies = { readonly [operation: string]: string };

interface Told {
  readonly who: string;
  readonly expressions: readonly Expression[];
  readonly owns?: PermanentId;
  readonly ids: readonly PermanentId[];
}

function told(model: SystemModel): readonly Told[] {
  return [
    ...model.entities.flatMap((entity) => [
      ...entity.fields
        .flatMap((field) => [field, ...(field.type.kind === 'list' ? field.type.fields : [])])
        .map((field): Told => ({
          who: `the ${labelOf(field.name)} of ${labelOf(entity.plural)}`,
          owns: field.id,
          expressions: [
            ...(field.default !== undefined && 'formula' in field.default ? [field.default.formula] : []),
            ...(field.derived === undefined
              ? []
              : field.derived.mode === 'live'
                ? [field.derived.formula]
                : [field.derived.while, field.derived.formula, field.derived.otherwise]),
          ],
          ids: field.type.kind === 'reference' ? [field.type.to] : [],
        })),
      ...entity.invariants.map((invariant): Told => ({ who: `the limit "${invariant.message}"`, expressions: [invariant.holds], ids: [] })),
    ]),
    ...model.rules.map((rule): Told => ({
      who: `the rule ${labelOf(rule.name)}`,
      expressions:
        rule.form === 'decision'
          ? [rule.decide, ...rule.ensures.map((each) => each.holds)]
          : rule.form === 'access'
            ? [rule.rows, ...(rule.write === undefined ? [] : [rule.write])]
            : [rule.when, ...(rule.amount === undefined ? [] : [rule.amount])],
      ids: [rule.on, ...(rule.form === 'access' ? [] : [rule.form === 'decision' ? rule.governs : rule.before])],
    })),
    ...model.workflows.map((workflow): Told => ({
      who: `the workflow ${labelOf(workflow.name)}`,
      expressions: workflow.transitions.flatMap(({ when }) => (when === undefined ? [] : [when])),
      ids: [
        workflow.on,
        workflow.field,
        workflow.starts,
        ...workflow.ends,
        ...workflow.transitions.flatMap(({ from, to }) => [...from, to]),
        ...workflow.never.flatMap((order) => [order.reach, 'without' in order ? order.without : order.after]),
      ],
    })),
    ...model.operations.map((operation): Told => ({
      who: `the operation ${labelOf(operation.name)}`,
      expressions: [],
      ids: [
        ...(operation.on === undefined ? [] : [operation.on]),
        ...(operation.transition === undefined ? [] : [operation.transition.field, operation.transition.to, ...operation.transition.from]),
        ...operation.capabilities.flatMap((capability) => (capability.kind === 'data' ? [capability.entity] : [])),
        ...operation.input
          .flatMap((field) => [field, ...(field.type.kind === 'list' ? field.type.fields : [])])
          .flatMap((field) => (field.type.kind === 'reference' ? [field.type.to] : [])),
      ],
    })),
    ...[...model.reactions, ...model.jobs].map((unasked): Told => ({
      who: `the ${unasked.kind} ${labelOf(unasked.name)}`,
      expressions: [],
      ids: [
        ...(unasked.kind === 'reaction' && 'entity' in unasked.on ? [unasked.on.entity] : []),
        ...unasked.capabilities.flatMap((capability) => (capability.kind === 'data' ? [capability.entity] : [])),
      ],
    })),
    ...model.views.map((view): Told => ({
      who: `the view ${labelOf(view.name)}`,
      expressions: [...(view.where === undefined ? [] : [view.where]), ...view.columns.map((column) => column.value)],
      ids: [view.from],
    })),
  ];
}
const mentions = (expression: Expression, id: PermanentId): boolean => {
  for (const node of nodesOf(expression)) {
    if (node.node === 'field' && node.id === id) return true;
    if (node.node === 'related' && (node.via === id || node.entity === id)) return true;
    if (node.node === 'follow' && node.to === id) return true;
    if (node.node === 'constant' && node.value === id) return true;
  }
  return false;
};
/** Everything but the field itself that names `id`. */
export const usersOf = (model: SystemModel, id: PermanentId): readonly string[] => [
  ...new Set(
    told(model)
      .filter((each) => each.owns !== id && (each.ids.includes(id) || each.expressions.some((expression) => mentions(expression, id))))
      .map((each) => each.who),
  ),
];
/** Operations, reactions and jobs that may touch the entity and whose text has the word. */
export function operationsNaming(model: SystemModel, entity: PermanentId, name: string, bodies: Bodies): readonly string[] {
  const text = (body: BodyContract): string => bodies[body.kind === 'operation' ? body.name : `${body.kind}/${body.name}`] ?? '';
  return [...model.operations, ...model.reactions, ...model.jobs]
    .filter(
      (body) =>
        (body.kind === 'operation' && body.on === entity) ||
        body.capabilities.some((capability) => capability.kind === 'data' && capability.entity === entity),
    )
    .filter((body) => new RegExp(`\\b${name}\\b`).test(text(body)))
    .map((body) => `the ${body.kind} ${labelOf(body.name)}`);
}
export const fieldIdOf = (model: SystemModel, entity: string, field: string): PermanentId | undefined =>
  fieldNamed(model.entities.find((each) => each.name === entity)?.fields ?? [], field)?.id;
