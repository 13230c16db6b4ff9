/** The workflows by which the rows of an entity go, as examples need them: with the choice that holds the state, and whether a step is open to a row that is known in part. */
import type { EntityContract, Field, WorkflowContract, WorkflowTransition } from '#kernel';
import { entityNamed, type SystemModel, workflowsOn } from '#model';
import type { Draft } from '../expect.ts';
import { EXAMPLE_DAY } from './drafts.ts';
import { played } from './played.ts';

export interface Flow {
  readonly model: SystemModel;
  readonly entity: EntityContract;
  readonly field: Field;
  readonly workflow: WorkflowContract;
}
export function flowsOf(model: SystemModel, name: string): readonly Flow[] {
  const entity = entityNamed(model, name);
  return entity === undefined
    ? []
    : workflowsOn(model, entity.id).flatMap((workflow) => {
        const field = entity.fields.find(({ id }) => id === workflow.field);
        return field === undefined ? [] : [{ model, entity, field, workflow }];
      });
}
/** Whether its guard holds of the row, as far as the row is known. */
export const lets = ({ model }: Flow, { when }: WorkflowTransition, draft: Draft): boolean =>
  when === undefined || played(model, draft, when, EXAMPLE_DAY) === true;
/** The state of a row that an example names. */
export const keyOf = (row: string, { field }: Flow): string => `${row} ${field.id}`;
