/**
 * Rows that stand in a state which a workflow of another generation does not name, so that nothing would lead on from there: counted among
 * the rows that are there, since what gates know of rows is what a workflow allows. A change that would strand rows is refused with the
 * states named; a way back is never barred, and says so. Only workflows that differ from those that serve are looked at.
 */
import { canonicalJson, type Json, type WorkflowContract } from '#kernel';
import { entityById, statesNamed, type SystemModel } from '#model';
import type { Running, UnaskedCalls } from './running.ts';

export interface Stranded {
  readonly workflow: string;
  readonly state: string;
  readonly rows: number;
  /** For a person: "3 orders stand in lost, which the workflow order does not name". */
  readonly why: string;
}

/** `now` serves, and its rows are counted; `next` is to serve. */
export async function strandedIn(calls: Pick<UnaskedCalls, 'standing'>, now: Running, next: SystemModel): Promise<readonly Stranded[]> {
  const found: Stranded[] = [];
  for (const workflow of next.workflows) {
    const served = now.model.workflows.find(({ id }) => id === workflow.id);
    if (served !== undefined && textOf(served) === textOf(workflow)) continue;
    const entity = entityById(now.model, workflow.on);
    const type = entity?.fields.find(({ id }) => id === workflow.field)?.type;
    if (entity === undefined || type?.kind !== 'choice') continue;
    const named = statesNamed(workflow);
    for (const { id, name } of type.choices) {
      if (named.has(id)) continue;
      const { rows, next: more } = await calls.standing(now, workflow, [id], undefined);
      if (rows.length === 0) continue;
      const count = `${more === null ? '' : 'more than '}${rows.length} ${rows.length === 1 ? `${entity.name} stands` : `${entity.plural} stand`}`;
      found.push({
        workflow: workflow.name,
        state: name,
        rows: rows.length,
        why: `${count} in ${name}, which the workflow ${workflow.name} does not name`,
      });
    }
  }
  return found;
}

const textOf = (workflow: WorkflowContract): string => canonicalJson(workflow as unknown as Json);
