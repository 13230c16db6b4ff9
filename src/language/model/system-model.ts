/**
 * The system's model: all contracts of one generation, linked. What flows in: contracts (read from sources by
 * `#model/read` in a disposable process, or stored). What flows out: lookups. Names are those of this generation.
 */
import type {
  AccessRule,
  ApprovalRule,
  Contract,
  DecisionRule,
  EntityContract,
  Field,
  JobContract,
  OperationContract,
  PermanentId,
  ReactionContract,
  RuleContract,
  Settings,
  ViewContract,
  WorkflowContract,
} from '#kernel';
import { contractsInUse } from './strategies.ts';

export interface SystemModel {
  readonly settings: Settings;
  readonly entities: readonly EntityContract[];
  readonly rules: readonly RuleContract[];
  readonly workflows: readonly WorkflowContract[];
  readonly operations: readonly OperationContract[];
  readonly views: readonly ViewContract[];
  readonly reactions: readonly ReactionContract[];
  readonly jobs: readonly JobContract[];
}

export function linkModel(settings: Settings, stated: readonly Contract[]): SystemModel {
  return { settings, ...byKind(contractsInUse(settings, stated)) };
}

type Kinds = {
  readonly [List in Exclude<keyof SystemModel, 'settings'>]: SystemModel[List][number][];
};
function byKind(contracts: Iterable<Contract>): Kinds {
  const kinds: Kinds = { entities: [], rules: [], workflows: [], operations: [], views: [], reactions: [], jobs: [] };
  for (const contract of contracts) {
    if (contract.kind === 'entity') kinds.entities.push(contract);
    else if (contract.kind === 'rule') kinds.rules.push(contract);
    else if (contract.kind === 'workflow') kinds.workflows.push(contract);
    else if (contract.kind === 'operation') kinds.operations.push(contract);
    else if (contract.kind === 'view') kinds.views.push(contract);
    else if (contract.kind === 'reaction') kinds.reactions.push(contract);
    else kinds.jobs.push(contract);
  }
  return kinds;
}

/** All contracts of the system, kind by kind. */
export const contractsOf = (model: SystemModel): readonly Contract[] => [
  ...model.entities,
  ...model.rules,
  ...model.workflows,
  ...model.operations,
  ...model.views,
  ...model.reactions,
  ...model.jobs,
];

export const entityById = (model: SystemModel, id: PermanentId): EntityContract | undefined =>
  model.entities.find((entity) => entity.id === id);
export const entityNamed = (model: SystemModel, name: string): EntityContract | undefined =>
  model.entities.find((entity) => entity.name === name);
export const entityByPlural = (model: SystemModel, plural: string): EntityContract | undefined =>
  model.entities.find((entity) => entity.plural === plural);
export const operationNamed = (model: SystemModel, name: string): OperationContract | undefined =>
  model.operations.find((operation) => operation.name === name);
export const viewNamed = (model: SystemModel, name: string): ViewContract | undefined => model.views.find((view) => view.name === name);
export const fieldNamed = (fields: readonly Field[], name: string): Field | undefined => fields.find((field) => field.name === name);
/** The states that a workflow names: rows in another one have no way on. */
export const statesNamed = ({ starts, ends, transitions }: WorkflowContract): ReadonlySet<PermanentId> =>
  new Set([starts, ...ends, ...transitions.flatMap(({ from, to }) => [...from, to])]);
export const decisionsOn = (model: SystemModel, entity: PermanentId): readonly DecisionRule[] =>
  model.rules.filter((rule) => rule.form === 'decision' && rule.on === entity) as readonly DecisionRule[];
export const approvalsOn = (model: SystemModel, entity: PermanentId): readonly ApprovalRule[] =>
  model.rules.filter((rule) => rule.form === 'approval' && rule.on === entity) as readonly ApprovalRule[];
export const accessOn = (model: SystemModel, entity: PermanentId): readonly AccessRule[] =>
  model.rules.filter((rule) => rule.form === 'access' && rule.on === entity) as readonly AccessRule[];
/** Operations that alone may make a state change of this entity. */
export const transitionsOf = (model: SystemModel, entity: PermanentId): readonly OperationContract[] =>
  model.operations.filter((operation) => operation.on === entity && operation.transition !== undefined);

export const reactionNamed = (model: SystemModel, name: string): ReactionContract | undefined =>
  model.reactions.find((reaction) => reaction.name === name);
export const jobNamed = (model: SystemModel, name: string): JobContract | undefined => model.jobs.find((job) => job.name === name);

/** The workflow that a choice of this entity goes by. */
export const workflowOf = (model: SystemModel, entity: PermanentId, field: PermanentId): WorkflowContract | undefined =>
  model.workflows.find((workflow) => workflow.on === entity && workflow.field === field);
/** Whether a choice goes by a workflow: rows begin in one state of it, whatever is given. */
export const isGoverned = (model: SystemModel, field: Field): boolean => model.workflows.some((workflow) => workflow.field === field.id);
export const workflowsOn = (model: SystemModel, entity: PermanentId): readonly WorkflowContract[] =>
  model.workflows.filter((workflow) => workflow.on === entity);

/** The rows that a permanent id names: an entity, or the items of a list field (`e_oline`). */
export interface RowShape {
  readonly id: PermanentId;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly parent?: { readonly entity: EntityContract; readonly field: Field };
}
export function rowShape(model: SystemModel, id: PermanentId): RowShape | undefined {
  for (const entity of model.entities) {
    if (entity.id === id) return { id, name: entity.name, fields: entity.fields };
    for (const field of entity.fields) {
      if (field.type.kind === 'list' && field.type.itemId === id)
        return { id, name: field.type.item, fields: field.type.fields, parent: { entity, field } };
    }
  }
  return undefined;
}
