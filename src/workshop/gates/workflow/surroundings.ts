/** What a workflow stands among: the rows, the other workflows, who may write, and what bodies write; as a model and its index give it. */
import type { BodyContract, EntityContract, Field, PermanentId, Role, WorkflowContract } from '#kernel';

export interface Surroundings {
  readonly currencyDigits: number;
  readonly entities: readonly EntityContract[];
  readonly workflows: readonly WorkflowContract[];
  readonly roles: readonly Role[];
  /** Operations, reactions and jobs that may write these rows. */
  readonly bodies: readonly BodyContract[];
}

export const entityOf = ({ entities }: Pick<Surroundings, 'entities'>, id: PermanentId): EntityContract | undefined =>
  entities.find((entity) => entity.id === id);
export const workflowGoverning = ({ workflows }: Pick<Surroundings, 'workflows'>, field: PermanentId): WorkflowContract | undefined =>
  workflows.find((workflow) => workflow.field === field);

export interface States {
  readonly entity: EntityContract;
  readonly field: Field;
  readonly ids: readonly PermanentId[];
  readonly name: (state: PermanentId) => string;
}
/** The values of the choice that a workflow is about. */
export function statesOf(workflow: WorkflowContract, around: Pick<Surroundings, 'entities'>): States | undefined {
  const entity = entityOf(around, workflow.on);
  const field = entity?.fields.find(({ id }) => id === workflow.field);
  if (entity === undefined || field === undefined || field.type.kind !== 'choice') return undefined;
  const { choices } = field.type;
  return { entity, field, ids: choices.map(({ id }) => id), name: (state) => choices.find(({ id }) => id === state)?.name ?? state };
}

/** Whether somebody may alter a row of the entity once it is there: then what it holds today it need not hold tomorrow. */
export const isAlterable = ({ roles, bodies }: Surroundings, entity: PermanentId): boolean =>
  roles.some(({ write }) => write) || bodiesThat('update', entity, bodies).length > 0;
export const bodiesThat = (deed: 'create' | 'update', entity: PermanentId, bodies: readonly BodyContract[]): readonly BodyContract[] =>
  bodies.filter(({ capabilities }) =>
    capabilities.some((held) => held.kind === 'data' && held.entity === entity && held.access.includes(deed)),
  );
