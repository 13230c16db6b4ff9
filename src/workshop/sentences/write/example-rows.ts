/** The rows of an example that stands already: of which entity each is, and as drafts that rules can be asked about. */
import type { Json, JsonObject } from '#kernel';
import { entityNamed, type Example, type ExampleStep, type SystemModel } from '#model';
import type { Draft } from '../expect.ts';
import { type Drafting, fieldOfDraft } from './drafts.ts';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isRefused = (step: ExampleStep): boolean =>
  'then' in step && isObject(step.then as Json) && typeof (step.then as JsonObject)['refused'] === 'string';

/** The entity of each step's row: known from its create, by its name afterwards. */
export function entitiesOf(model: SystemModel, example: Example): ReadonlyMap<string, string> {
  return new Map(
    example.steps.flatMap((step) =>
      'create' in step && step.as !== undefined
        ? [[step.as, step.create] as const]
        : 'call' in step && step.as !== undefined
          ? [[step.as, answeredBy(model, step.call)] as const]
          : [],
    ),
  );
}
/** The entity whose row an operation answers with. */
function answeredBy(model: SystemModel, call: string): string {
  const output = model.operations.find((each) => each.name === call)?.output;
  return output !== null && output !== undefined && 'row' in output
    ? (model.entities.find((entity) => entity.id === output.row)?.name ?? '')
    : '';
}
export const entityOfStep = (model: SystemModel, step: ExampleStep, named: ReadonlyMap<string, string>): string | undefined =>
  'call' in step
    ? answeredBy(model, step.call)
    : 'create' in step
      ? step.create
      : 'find' in step
        ? step.find
        : 'react' in step
          ? named.get(step.on ?? '')
          : 'update' in step
            ? named.get(step.update)
            : 'read' in step
              ? named.get(step.read)
              : undefined;

/** The rows of an example as drafts, references resolved, items included. */
export function draftsOf(d: Drafting, example: Example): ReadonlyMap<string, Draft> {
  const made = new Map<string, Draft>();
  const filled = (draft: Draft, values: JsonObject): Draft => {
    for (const [key, value] of Object.entries(values)) {
      const field = fieldOfDraft(d, draft, key);
      const target = typeof value === 'string' ? made.get(value) : undefined;
      if (field?.type.kind === 'reference' && target !== undefined) draft.refs[key] = target;
      else if (field?.type.kind === 'list' && Array.isArray(value))
        draft.lists[key] = value.flatMap((item: Json) => (isObject(item) ? [filled(blank(`${draft.entity}.${key}`, ''), item)] : []));
      else if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        draft.values[key] = value;
    }
    return draft;
  };
  for (const step of example.steps)
    if ('create' in step && step.as !== undefined && entityNamed(d.model, step.create) !== undefined)
      made.set(step.as, filled(blank(step.create, step.as), step.with));
  for (const row of made.values())
    for (const [via, target] of Object.entries(row.refs)) target.related.push({ entity: row.entity, via, row });
  return made;
}
export const blank = (entity: string, name: string): Draft => ({ entity, name, values: {}, refs: {}, lists: {}, known: {}, related: [] });
