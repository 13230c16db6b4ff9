/** What a step was answered, held against what the example expects of it: a part of the row, of the body that callers get, or the refusal. Pure. */
import { type Field, isRefusal, type Json, type JsonObject, type OperationContract, type Refusal } from '#kernel';
import { entityById, entityNamed, type ExampleStep, type Expected, operationNamed, type SystemModel } from '#model';
import { mismatch, type NamedRows, shapeMismatch } from './example-values.ts';
import type { StepFault } from './stage.ts';

export type Row = { readonly [name: string]: unknown };
export type Wrong = Omit<StepFault, 'step'> | undefined;

export function judged(
  model: SystemModel,
  then: Expected | undefined,
  answer: Row | null | Refusal,
  entity: string,
  named: NamedRows,
): Wrong {
  if (then !== undefined && isExpectedRefusal(then)) {
    if (!isRefusal(answer))
      return { why: `it should be refused (${then.refused}) and was done`, expected: then, actual: plainJson(answer) };
    const untold = answer.code === then.refused ? untoldField(then, answer) : undefined;
    if (untold !== undefined) return untold;
    return answer.code === then.refused
      ? undefined
      : {
          why: `it was refused with ${answer.code}, not ${then.refused}: ${withFields(answer)}`,
          expected: then,
          actual: { refused: answer.code, why: answer.why },
        };
  }
  if (isRefusal(answer)) return wrongly(answer, then);
  if (then === undefined) return undefined;
  const fields = entityNamed(model, entity)?.fields ?? fieldsOfOutput(operationNamed(model, entity)) ?? [];
  const body = wholeBody(operationNamed(model, entity));
  const found =
    body === undefined
      ? mismatch(fields, then as JsonObject, answer ?? {}, named, model.settings)
      : besideBody(fields, then, answer?.[body])
        ? wholeMismatch(model, fields, then as JsonObject, answer ?? {}, named)
        : shapeMismatch(then as JsonObject, (answer?.[body] ?? null) as Json, named, '');
  return found === undefined
    ? undefined
    : {
        why: `${found.member} is ${JSON.stringify(found.actual)}, not ${JSON.stringify(found.expected)}`,
        expected: found.expected,
        actual: found.actual,
      };
}

/** The body in part, as it is without headers beside it; these and the status as they are. */
function wholeMismatch(
  model: SystemModel,
  fields: readonly Field[],
  { body, ...beside }: JsonObject,
  answer: Row,
  named: NamedRows,
): ReturnType<typeof mismatch> {
  return (
    (body === undefined ? undefined : shapeMismatch(body, (answer['body'] ?? null) as Json, named, 'body')) ??
    mismatch(fields, beside, answer, named, model.settings)
  );
}
/** The body as such, headers and the status are stated by their names; a member of the body that is called `body` comes first. */
const besideBody = (fields: readonly Field[], then: Expected, body: unknown): boolean =>
  Object.keys(then).length > 0 &&
  Object.keys(then).every((name) => fields.some((field) => field.name === name)) &&
  !(typeof body === 'object' && body !== null && Object.hasOwn(body, 'body'));

/** What a refusal says of a field, where the example states it: callers of a published interface are told by field. */
function untoldField(then: Expected, { evidence }: Refusal): Wrong {
  const expected = 'fields' in then ? then['fields'] : undefined;
  if (typeof expected !== 'object' || expected === null) return undefined;
  const told = typeof evidence === 'object' && evidence !== null && 'fields' in evidence ? evidence['fields'] : null;
  const said: { readonly [field: string]: unknown } = typeof told === 'object' && told !== null ? { ...told } : {};
  for (const [field, message] of Object.entries(expected))
    if (said[field] !== message)
      return {
        why: `of ${field} the refusal says ${JSON.stringify(said[field] ?? null)}, not ${JSON.stringify(message)}`,
        expected: then,
        actual: plainJson(said),
      };
  return undefined;
}

export const wrongly = (refusal: Refusal, then: Expected | undefined): Wrong => ({
  why: `it was refused: ${withFields(refusal)}`,
  expected: then ?? null,
  actual: { refused: refusal.code, why: refusal.why, evidence: refusal.evidence ?? null },
});
/** Whoever wrote the step has to know which of its values it was. */
function withFields({ why, evidence }: Refusal): string {
  const fields = typeof evidence === 'object' && evidence !== null && 'fields' in evidence ? evidence['fields'] : undefined;
  if (typeof fields !== 'object' || fields === null) return why;
  const said = Object.entries(fields).slice(0, 5);
  return said.length === 0 ? why : `${why.replace(/\.$/, '')} (${said.map(([name, message]) => `${name} ${String(message)}`).join('; ')}).`;
}

export function entityOf(model: SystemModel, step: ExampleStep, named: NamedRows): string {
  if ('create' in step) return step.create;
  if ('find' in step) return step.find;
  if ('call' in step) return outputOf(model, step.call);
  const name =
    'update' in step ? step.update : 'delete' in step ? step.delete : 'approve' in step ? step.approve : 'read' in step ? step.read : '';
  return named.get(name)?.entity ?? '';
}
/** The entity that an operation answers with a row of, or its own name where it answers with own fields. */
export function outputOf(model: SystemModel, name: string): string {
  const operation = operationNamed(model, name);
  return operation?.output !== null && operation?.output !== undefined && 'row' in operation.output
    ? (entityById(model, operation.output.row)?.name ?? '')
    : name;
}
const fieldsOfOutput = (operation: OperationContract | undefined): OperationContract['input'] | undefined =>
  operation?.output !== null && operation?.output !== undefined && 'fields' in operation.output ? operation.output.fields : undefined;

/** The one field whose value is all that callers are sent: an example states what they see. */
const wholeBody = (operation: OperationContract | undefined): string | undefined =>
  operation?.output !== null && operation?.output !== undefined && 'fields' in operation.output && operation.output.whole === true
    ? 'body'
    : undefined;

const isExpectedRefusal = (expected: Expected): expected is { readonly refused: string } => typeof expected['refused'] === 'string';
export const plainJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
