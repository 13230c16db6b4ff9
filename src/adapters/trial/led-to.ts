/**
 * Whether an operation left its row in the state that its transition names. Callers, workflows and refusals of plain updates go by what is
 * stated, so that a body that sets another state makes all of them say what is not so. A row that is gone, or hidden, is in no state.
 */
import { type Caller, isRefusal, type Json } from '#kernel';
import { entityById, operationNamed } from '#model';
import type { Calls, Running } from '#machine';

export interface LedElsewhere {
  readonly why: string;
  readonly expected: Json;
  readonly actual: Json;
}

export async function ledElsewhere(
  { calls, running, caller }: { readonly calls: Calls; readonly running: Running; readonly caller: Caller },
  name: string,
  row: string,
): Promise<LedElsewhere | undefined> {
  const operation = operationNamed(running.model, name);
  const { transition } = operation ?? {};
  const entity = operation?.on === undefined ? undefined : entityById(running.model, operation.on);
  const field = entity?.fields.find(({ id }) => id === transition?.field);
  if (transition === undefined || entity === undefined || field?.type.kind !== 'choice') return undefined;
  const stated = field.type.choices.find(({ id }) => id === transition.to)?.name;
  const { value: found } = await calls.get(running, entity, row, { caller });
  if (stated === undefined || isRefusal(found)) return undefined;
  const state = found[field.name] ?? null;
  if (state === stated) return undefined;
  return {
    why: `${name} leads to ${stated}, as its transition says, and left ${field.name} ${state === null ? 'without a value' : String(state)}: let the two say the same`,
    expected: { [field.name]: stated },
    actual: { [field.name]: state as Json },
  };
}
