/**
 * A step by its address: sent through the door that answers callers over HTTP, so that what a published contract promises on the wire is shown as it is: the status, the
 * headers, the body. Who sends it is `by`, or whose token stands in a header.
 */
import { anyone, type Caller, type Field, isRefusal, type Json, type JsonObject, type Refusal, refuse } from '#kernel';
import { entityNamed, type ExampleStep, kebab, operationNamed, type OverHttp, type SystemModel, wireNameOf } from '#model';
import type { DoorAnswer } from '#ports';
import { type NamedRow, type NamedRows, shapeMismatch } from './example-values.ts';
import { entityOf, plainJson, type Row, type Wrong } from './judged.ts';
import { noteSigning, signsPeople } from './signed-out.ts';
import type { Stage } from './stage.ts';
import { withIds } from './what-left.ts';
import { callerOf } from './who-acts.ts';

export type HttpStep = Extract<ExampleStep, OverHttp> & { readonly http: string };
export const isOverHttp = (step: ExampleStep): step is HttpStep => 'http' in step && step.http !== undefined;

export async function askDoor(stage: Stage, step: HttpStep, named: Map<string, NamedRow>): Promise<DoorAnswer | Refusal> {
  const { calls, running, clock, door } = stage;
  if (door === undefined) return refuse('impossible', 'No door answers here.');
  const [method = '', address = ''] = step.http.split(' ');
  const url = withIds(address, named);
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name.toLowerCase()] = withIds(value, named);
  const given = 'with' in step ? (step.with as Json | undefined) : undefined;
  const body = given === undefined ? undefined : sentBody(given, fieldsOf(running.model, step, named), named);
  const type = headers['content-type'];
  const isText = typeof body === 'string' && type !== undefined && !type.includes('json');
  if (body !== undefined && type === undefined) headers['content-type'] = 'application/json';
  const noting: Stage['calls'] = {
    ...calls,
    operate: (on, operation, row, input, options) =>
      calls.operate(on, operation, row, input, {
        ...options,
        ...(signsPeople(operation.capabilities)
          ? { record: (made: Parameters<typeof noteSigning>[0]) => noteSigning(made, named, clock.passed) }
          : {}),
      }),
  };
  const answer = await (
    await door(noting, running)
  )({
    method,
    url,
    headers,
    body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
    caller: senderOf(stage, step, named),
  });
  return elsewhere(running.model, step, entityOf(running.model, step, named), answer.operation) ?? answer;
}

/** What a body may hold, by the names that callers call it. */
function fieldsOf(model: SystemModel, step: HttpStep, named: NamedRows): ReadonlyMap<string, Field> {
  const operation = 'call' in step ? operationNamed(model, step.call) : undefined;
  return operation === undefined
    ? new Map(entityNamed(model, entityOf(model, step, named))?.fields.map((field) => [field.name, field]))
    : new Map(operation.input.map((field) => [wireNameOf(operation.http, field.name, 'query'), field]));
}

/** As it is written, with ids for `{blue}`, and for the name of a row where a reference stands: a text that says the same as such a name is a text. */
function sentBody(given: Json, fields: ReadonlyMap<string, Field>, named: NamedRows): Json {
  if (typeof given === 'string') return withIds(given, named);
  if (Array.isArray(given)) return given.map((each: Json) => sentBody(each, fields, named));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const type = fields.get(name)?.type;
      if (type?.kind === 'reference' && typeof value === 'string') return [name, named.get(value)?.id ?? withIds(value, named)];
      const inner = type?.kind === 'list' ? type.fields : [];
      return [name, sentBody(value, new Map(inner.map((field) => [field.name, field])), named)];
    }),
  );
}

/** Null where a token stands in a header that is nobody's, or nobody's any more. */
function senderOf(stage: Stage, step: HttpStep, named: NamedRows): Caller | null {
  const own = stage.running.model.entities.flatMap(({ identity }) => identity?.header?.toLowerCase() ?? []);
  const token = Object.entries(step.headers ?? {}).find(([name]) => ['authorization', ...own].includes(name.toLowerCase()))?.[1];
  if (token === undefined) return callerOf(stage, step.by, named);
  const whose = /^(?:(?:Bearer|Token|Basic) )?\{([^{}]+)\}$/i.exec(token)?.[1];
  const sender = whose === undefined || !named.has(whose) ? undefined : callerOf(stage, whose, named);
  return sender === undefined || sender.id === anyone ? null : sender;
}

/** An address of something else than the step names: what it leans on would not be known. */
function elsewhere(model: SystemModel, step: HttpStep, entity: string, operation: string | null): Refusal | undefined {
  const wanted = 'call' in step ? operationNamed(model, step.call) : undefined;
  if (wanted !== undefined)
    return operation === wanted.name
      ? undefined
      : refuse('impossible', `${step.http} is not the address of ${wanted.name}, which is ${wanted.http.method} ${wanted.http.path}.`);
  if (operation !== null) return refuse('impossible', `${step.http} is the address of ${operation}: write { call: '${operation}', ... }.`);
  const rows = `/api/${kebab(entityNamed(model, entity)?.plural ?? '')}`;
  const path = (step.http.split(' ')[1] ?? '').replace(/\?.*$/s, '');
  return path === rows || path.startsWith(`${rows}/`)
    ? undefined
    : refuse('impossible', `${step.http} is no address of ${entity}: these begin with ${rows}.`);
}

/** What came back, held against what the example states of it. */
export function answeredOtherwise(step: HttpStep, answer: DoorAnswer, named: NamedRows): Wrong {
  const then = step.then as JsonObject | undefined;
  const { operation: _operation, ...told } = answer;
  const wrong = (why: string): Wrong => ({ why, expected: then ?? null, actual: plainJson(told) });
  const said = `${JSON.stringify(answer.body)}`.slice(0, 300);
  const status = then?.['status'];
  if (status === undefined ? answer.status >= 400 : answer.status !== status)
    return wrong(`it was answered ${answer.status}${status === undefined ? '' : `, not ${JSON.stringify(status)}`}: ${said}`);
  for (const [name, value] of Object.entries((then?.['headers'] ?? {}) as { readonly [name: string]: Json })) {
    const came = answer.headers[name.toLowerCase()] ?? null;
    const wanted = typeof value === 'string' ? withIds(value, named) : value;
    if (came !== wanted) return wrong(`the header ${name} is ${JSON.stringify(came)}, not ${JSON.stringify(wanted)}`);
  }
  const body = then?.['body'];
  const found = body === undefined ? undefined : shapeMismatch(body, answer.body, named, 'body');
  return found === undefined
    ? undefined
    : wrong(`${found.member} is ${JSON.stringify(found.actual)}, not ${JSON.stringify(found.expected)}`);
}

/** Of a step whose answer is left open: a row, nothing, or what kept it from being done. */
export function asAnswer(answer: DoorAnswer | Refusal): Row | null | Refusal {
  if (isRefusal(answer)) return answer;
  const { status, body } = answer;
  if (status >= 400) return refuse(status >= 500 ? 'component-failed' : 'conflict', `It was answered ${status}.`);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Row) : null;
}
