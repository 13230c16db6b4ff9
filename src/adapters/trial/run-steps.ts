/** The steps of one example, against the calls that a generation answers: the same calls that its doors make. */
import { randomUUID } from 'node:crypto';
import { type Caller, isRefusal, type ReactionContract, type Refusal, refuse } from '#kernel';
import {
  approvalsOn,
  entityById,
  entityNamed,
  type Example,
  type ExampleStep,
  jobNamed,
  lengthMs,
  lengthOf,
  nowhere,
  operationNamed,
  reactionNamed,
  type SystemModel,
  viewNamed,
} from '#model';
import { isFieldError, limits, valuesFromJson } from '#schema';
import type { Answer } from '#machine';
import { type Happened, type Held, jobGiven, reactionGiven } from '#machine/calls';
import { apiJson, columnMismatch, type NamedRow, type NamedRows, withRows } from './example-values.ts';
import { entityOf, judged, outputOf, plainJson, type Row, type Wrong, wrongly } from './judged.ts';
import { ledElsewhere } from './led-to.ts';
import { leftOtherwise, emittedLast } from './what-left.ts';
import { answeredOtherwise, asAnswer, askDoor, isOverHttp } from './over-http.ts';
import { passTime, ranAt } from './pass-time.ts';
import { noteSigning, signsPeople } from './signed-out.ts';
import type { Stage, StepFault } from './stage.ts';
import { callerOf } from './who-acts.ts';

/** The first step that does not answer as expected, or undefined. */
export async function runSteps(stage: Stage, example: Example): Promise<StepFault | undefined> {
  const named = new Map<string, NamedRow>();
  for (const [step, one] of example.steps.entries()) {
    const fault = await runStep(stage, one, named, example.open === true);
    if (fault !== undefined) return { step, ...fault };
  }
  return undefined;
}

async function runStep(stage: Stage, step: ExampleStep, named: Map<string, NamedRow>, open: boolean): Promise<Wrong> {
  const { model } = stage.running;
  if ('show' in step) return show(stage, step, named);
  if ('emitted' in step || 'sent' in step) return leftOtherwise(stage, step, named);
  if (isOverHttp(step)) {
    const answer = await askDoor(stage, step, named);
    if (isRefusal(answer)) return wrongly(answer, undefined);
    return open && answer.status < 500 ? undefined : answeredOtherwise(step, answer, named);
  }
  const answer = await takeStep(stage, step, named);
  if ('today' in step || 'outside' in step) return undefined;
  const then = 'then' in step ? step.then : undefined;
  if (open) return isRefusal(answer) && isBroken(answer) ? wrongly(answer, undefined) : undefined;
  const wrong =
    'run' in step && 'after' in step && !isRefusal(answer)
      ? ranAt(then, answer)
      : judged(model, then, answer, entityOf(model, step, named), named);
  if (wrong !== undefined) return { ...wrong, why: `${wrong.why}${isRefusal(answer) ? unreadName(model, step, named) : ''}` };
  return isRefusal(answer) ? undefined : led(stage, step, named);
}
/** A name of a row stands for its id in a reference alone: what a text was given instead is said, since the step cannot be written otherwise. */
function unreadName(model: SystemModel, step: ExampleStep, named: NamedRows): string {
  if (!('call' in step)) return '';
  const inputs = operationNamed(model, step.call)?.input ?? [];
  for (const { name, type } of inputs) {
    const given = step.with?.[name];
    const row = type.kind === 'text' && typeof given === 'string' ? named.get(given) : undefined;
    if (row !== undefined)
      return ` ${name} is a text, and got the name "${given}" itself; for the id of that row to be given, ${name} of ${step.call} is reference({ to: '${row.entity}', required: true }), in a path as well.`;
  }
  return '';
}
/** Who sees every row looks at it. */
const led = async (stage: Stage, step: ExampleStep, named: NamedRows): Promise<Wrong> =>
  'call' in step && step.on !== undefined
    ? ledElsewhere({ ...stage, caller: callerOf(stage, undefined, named) }, step.call, named.get(step.on)?.id ?? step.on)
    : undefined;
/** Something failed, and did not refuse. */
const isBroken = ({ code }: Refusal): boolean => code === 'component-failed' || code === 'deadline';

/** A step that only looks, at what is shown or what left. */
export type Look = Extract<ExampleStep, { show: string } | { emitted: string } | { sent: string }>;
/** Does what a step says and answers what came of it; a row that it makes is known by its name from then on. */
export async function takeStep(
  stage: Stage,
  step: Exclude<ExampleStep, Look>,
  named: Map<string, NamedRow>,
): Promise<Row | null | Refusal> {
  const { model } = stage.running;
  if (isOverHttp(step)) return asAnswer(await askDoor(stage, step, named));
  if ('after' in step) {
    const length = lengthOf(step.after);
    const job = 'run' in step ? jobNamed(model, step.run) : undefined;
    if (length === undefined) return refuse('malformed', `${step.after} is no time that passes: write one such as '30 days'.`);
    if ('run' in step && job === undefined) return refuse('not-found', `There is no job ${step.run}.`);
    return passTime(stage, lengthMs(length), job);
  }
  if ('run' in step) stage.clock.now = Math.max(stage.clock.now, Date.parse(step.at));
  if ('today' in step) {
    stage.clock.now = Date.parse(`${step.today}T10:00:00Z`);
    return null;
  }
  if ('outside' in step) {
    stage.outside.state(step.outside, step.answers, step.status ?? 200);
    return null;
  }
  const caller = callerOf(stage, 'by' in step ? step.by : undefined, named);
  const answer = await act(stage, step, caller, named);
  if ('create' in step || 'find' in step || 'call' in step) {
    const entity = 'create' in step ? step.create : 'find' in step ? step.find : outputOf(model, step.call);
    if (step.as !== undefined && !isRefusal(answer) && answer !== null && typeof answer['id'] === 'string')
      named.set(step.as, { entity, id: answer['id'], since: stage.clock.passed });
  }
  return answer;
}

async function act(
  stage: Stage,
  step: Exclude<ExampleStep, { today: string } | { outside: string } | { after: string } | Look>,
  caller: Caller,
  named: Map<string, NamedRow>,
): Promise<Row | null | Refusal> {
  const { calls, running, clock } = stage;
  const { model } = running;
  const { settings } = model;
  const options = { caller };
  if ('create' in step) {
    const entity = entityNamed(model, step.create);
    if (entity === undefined) return refuse('not-found', `There is no ${step.create}.`);
    const values = valuesFromJson(entity.fields, apiJson(entity.fields, step.with, named, settings), settings, 'create');
    return isFieldError(values)
      ? refuse('invalid', 'Some values are not allowed.', { fields: { ...values.messages } })
      : value(await calls.create(running, entity, values, options));
  }
  if ('find' in step) {
    const entity = entityNamed(model, step.find);
    if (entity === undefined) return refuse('not-found', `There is no ${step.find}.`);
    const values = valuesFromJson(entity.fields, apiJson(entity.fields, step.with, named, settings), settings, 'update');
    if (isFieldError(values)) return refuse('invalid', 'Some values are not allowed.', { fields: { ...values.messages } });
    const filters = Object.entries(values).map(([field, is]) => ({ field, op: 'eq' as const, value: is }));
    const found = value(await calls.list(running, entity, { filters, limit: 2 }, options));
    if (isRefusal(found)) return found;
    const [first, second] = found.items;
    if (first === undefined) return refuse('not-found', `No ${step.find} holds these values.`);
    return second === undefined ? (first as Row) : refuse('conflict', `Several ${entity.plural} hold these values.`);
  }
  if ('call' in step) {
    const operation = operationNamed(model, step.call);
    if (operation === undefined) return refuse('not-found', `There is no operation ${step.call}.`);
    const row = step.on === undefined ? null : (named.get(step.on)?.id ?? step.on);
    const given = apiJson(operation.input, step.with ?? {}, named, settings);
    const values = valuesFromJson(operation.input, given, settings, 'create', limits.spokenCharacters);
    if (isFieldError(values))
      return nowhere(operation, values.messages) ?? refuse('invalid', 'Some values are not allowed.', { fields: { ...values.messages } });
    const noted = signsPeople(operation.capabilities)
      ? { record: (made: Parameters<typeof noteSigning>[0]) => noteSigning(made, named, clock.passed) }
      : {};
    return value(await calls.operate(running, operation, row, values, { ...options, ...noted }));
  }
  if ('react' in step) {
    const reaction = reactionNamed(model, step.react);
    if (reaction === undefined) return refuse('not-found', `There is no reaction ${step.react}.`);
    const call = randomUUID();
    const heard = step.with === undefined ? emittedLast(stage, reaction) : withRows(step.with, named);
    const about = step.on === undefined ? { data: heard } : await aboutRow(stage, reaction, step, named);
    if (isRefusal(about)) return about;
    const given = reactionGiven(reaction, model, { id: call, at: clock.now, ...about });
    return value(await calls.runUnasked(running, reaction, given, { call, key: call }));
  }
  if ('run' in step) {
    const job = jobNamed(model, step.run);
    if (job === undefined) return refuse('not-found', `There is no job ${step.run}.`);
    const call = randomUUID();
    return value(await calls.runUnasked(running, job, jobGiven(job, model, Date.parse(step.at)), { call, key: call }));
  }
  const name = 'update' in step ? step.update : 'delete' in step ? step.delete : 'approve' in step ? step.approve : step.read;
  const row = named.get(name);
  const entity = row === undefined ? undefined : entityNamed(model, row.entity);
  if (row === undefined || entity === undefined) return refuse('not-found', `No earlier step made ${name}.`);
  if ('update' in step) {
    const values = valuesFromJson(entity.fields, apiJson(entity.fields, step.with, named, settings), settings, 'update');
    return isFieldError(values)
      ? refuse('invalid', 'Some values are not allowed.', { fields: { ...values.messages } })
      : value(await calls.update(running, entity, row.id, values, options));
  }
  if ('delete' in step) return value(await calls.remove(running, entity, row.id, options));
  if ('read' in step) return value(await calls.get(running, entity, row.id, options));
  const rules = approvalsOn(model, entity.id);
  const own = rules.filter((rule) => rule.role === step.by);
  let last: Row | Refusal = refuse('not-found', `Nothing of ${entity.plural} needs an approval.`);
  for (const rule of own.length > 0 ? own : rules.slice(0, 1)) last = value(await calls.approve(running, rule, row.id, options)) ?? last;
  return last;
}

/** The row of an event; of a change, what it holds now and what the step says that it was. */
async function aboutRow(
  stage: Stage,
  { on }: ReactionContract,
  step: Extract<ExampleStep, { react: string }>,
  named: NamedRows,
): Promise<Omit<Happened, 'id' | 'at'> | Refusal> {
  const { calls, running } = stage;
  const { settings } = running.model;
  const row = named.get(step.on ?? '')?.id ?? step.on ?? '';
  const entity = 'entity' in on && on.happens === 'updated' ? entityById(running.model, on.entity) : undefined;
  if (entity === undefined) return { row };
  const found = value(await calls.get(running, entity, row, { caller: callerOf(stage, undefined, named) }));
  if (isRefusal(found)) return { row };
  const was = valuesFromJson(entity.fields, apiJson(entity.fields, step.was ?? {}, named, settings), settings, 'update');
  if (isFieldError(was)) return refuse('invalid', 'Some values are not allowed.', { fields: { ...was.messages } });
  const after = found as unknown as Held;
  return { row, before: { ...after, ...(was as Held) }, after };
}

const value = <Value>(answer: Answer<Value>): Value | Refusal => answer.value;

async function show(stage: Stage, step: Extract<ExampleStep, { show: string }>, named: NamedRows): Promise<Wrong> {
  const { calls, running } = stage;
  const view = viewNamed(running.model, step.show);
  if (view === undefined) return { why: `there is no view ${step.show}`, expected: step.then, actual: null };
  const page = value(await calls.show(running, view, {}, { caller: callerOf(stage, step.by, named) }));
  if (isRefusal(page)) return { why: `it was refused: ${page.why}`, expected: step.then, actual: { refused: page.code } };
  const items = page.items as unknown as readonly Row[];
  if (items.length !== step.then.length)
    return { why: `it shows ${items.length} rows, not ${step.then.length}`, expected: step.then, actual: plainJson(items) };
  const types = new Map(view.columns.map((column) => [column.name, column.value.type]));
  for (const [at, expected] of step.then.entries()) {
    const found = columnMismatch(types, expected, items[at] ?? {}, named);
    if (found !== undefined)
      return {
        why: `row ${at + 1}: ${found.member} is ${JSON.stringify(found.actual)}, not ${JSON.stringify(found.expected)}`,
        expected: found.expected,
        actual: found.actual,
      };
  }
  return undefined;
}
