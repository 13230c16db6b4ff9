/**
 * A reaction or a job out of the syntax: what makes it run, how often it is tried again, what it may cost an hour, and its
 * body as code. Nobody waits for its answer, so it takes no input and answers nothing.
 */
import { isEventName } from '../event-name.ts';
import type { HourlyCaps, JobContract, Retries, RowEvent } from '#kernel';
import { scheduleFault } from '#schema/schedule';
import { unaskedDefaults } from '../unasked-defaults.ts';
import { bodyMembers, bodyOf } from './declare-body.ts';
import type { DeclaredJob, DeclaredReaction } from './declared.ts';
import { type Context, identity } from './definition.ts';
import { membersOf, numberIn, objectIn, textIn, type Members } from './literal.ts';
import type { ObjectExpression } from './syntax.ts';

const happenings: readonly RowEvent[] = ['created', 'updated', 'deleted', 'approved'];
const catchUps = ['none', 'last', 'all'] as const;
const common = ['id', 'name', 'retries', 'hourly', ...bodyMembers];

export function reactionOf(node: ObjectExpression, context: Context): DeclaredReaction | undefined {
  const { report } = context;
  const members = membersOf(node, report, [...common, 'on'], ['run']);
  const self = identity(members, 'n', 'a reaction', node, context);
  const on = eventOf(members, node, context);
  const body = bodyOf(node, members, context);
  const limits = limitsOf(members, context);
  return self === undefined || on === undefined ? undefined : { kind: 'reaction', ...self, on, ...body, ...limits };
}

export function jobOf(node: ObjectExpression, context: Context): DeclaredJob | undefined {
  const members = membersOf(node, context.report, [...common, 'schedule'], ['run']);
  const self = identity(members, 'j', 'a job', node, context);
  const schedule = scheduleOf(members, node, context);
  const body = bodyOf(node, members, context);
  const limits = limitsOf(members, context);
  return self === undefined || schedule === undefined ? undefined : { kind: 'job', ...self, schedule, ...body, ...limits };
}

/** `{ event: 'order.updated' }` is of the rows of an entity, `{ event: 'orderPaid' }` of what a body emits. */
function eventOf(members: Members, node: ObjectExpression, { report }: Context): DeclaredReaction['on'] | undefined {
  const on = objectIn(members, 'on', report);
  if (on === undefined) {
    if (!members.has('on')) report(node.start, "on is missing; add on: { event: 'order.updated' }");
    return undefined;
  }
  const parts = membersOf(on, report, ['event']);
  const event = textIn(parts, 'event', report, on);
  if (event === undefined) return undefined;
  const start = parts.get('event')?.value.start ?? on.start;
  if (isEventName(event)) return { event };
  const [entity, verb, ...more] = event.split('.');
  const happens = happenings.find((known) => known === verb);
  if (entity !== undefined && isEventName(entity) && happens !== undefined && more.length === 0)
    return { entity: { name: entity, start }, happens };
  report(start, `event is such as 'order.updated' (${happenings.join(', ')}), or the name that a component emits, such as 'orderPaid'`);
  return undefined;
}

function scheduleOf(members: Members, node: ObjectExpression, { report }: Context): JobContract['schedule'] | undefined {
  const schedule = objectIn(members, 'schedule', report);
  if (schedule === undefined) {
    if (!members.has('schedule')) report(node.start, "schedule is missing; add schedule: { cron: '0 6 * * *', catchUp: 'last' }");
    return undefined;
  }
  const parts = membersOf(schedule, report, ['cron', 'timeZone', 'catchUp']);
  const cron = textIn(parts, 'cron', report, schedule);
  const timeZone = textIn(parts, 'timeZone', report);
  const catchUpText = textIn(parts, 'catchUp', report, schedule);
  const catchUp = catchUps.find((known) => known === catchUpText);
  if (catchUpText !== undefined && catchUp === undefined)
    report(
      parts.get('catchUp')?.value.start ?? schedule.start,
      "catchUp says what becomes of instants that passed while the system was down: 'none', 'last' or 'all'",
    );
  const fault = cron === undefined ? undefined : scheduleFault(cron, timeZone);
  if (fault !== undefined) report(parts.get(fault.member)?.value.start ?? schedule.start, fault.why);
  if (cron === undefined || catchUp === undefined || fault !== undefined) return undefined;
  return { cron, ...(timeZone === undefined ? {} : { timeZone }), catchUp };
}

function limitsOf(members: Members, { report }: Context): { readonly retries: Retries; readonly hourly: HourlyCaps } {
  const parts = (name: 'retries' | 'hourly', allowed: readonly string[]): Members => {
    const found = objectIn(members, name, report);
    return found === undefined ? (new Map() as Members) : membersOf(found, report, allowed);
  };
  const retries = parts('retries', ['attempts', 'firstMs', 'mostMs']);
  const hourly = parts('hourly', ['runs', 'wallMs']);
  const known = unaskedDefaults;
  const firstMs = numberIn(retries, 'firstMs', report, 100, 3_600_000) ?? known.retries.firstMs;
  return {
    retries: {
      attempts: numberIn(retries, 'attempts', report, 1, 20) ?? known.retries.attempts,
      firstMs,
      mostMs: Math.max(firstMs, numberIn(retries, 'mostMs', report, 100, 86_400_000) ?? known.retries.mostMs),
    },
    hourly: {
      runs: numberIn(hourly, 'runs', report, 1, 100_000) ?? known.hourly.runs,
      wallMs: numberIn(hourly, 'wallMs', report, 1_000, 3_600_000) ?? known.hourly.wallMs,
    },
  };
}
