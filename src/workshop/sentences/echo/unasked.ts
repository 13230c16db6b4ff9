/** What runs by itself, in canonical English: when, for which rows, what is done, and what is made up for. */
import type { SystemModel } from '#model';
import { scheduleWords } from '../grammar/schedules.ts';
import { articleFor, baseOf } from '../inflection.ts';
import { labelOf, listed } from '../names.ts';
import type { Deed, Given, RequestOf } from '../request.ts';
import { fieldAt, fieldOf, type Row, rowOf } from '../resolve.ts';
import { echoGroup, echoLiteral, flagWords } from './phrases.ts';
import { transitionTo } from './transition-to.ts';

export function reactionWords(model: SystemModel, request: RequestOf<'react'>): string | undefined {
  const row = rowOf(model, { entity: request.entity });
  if (row === undefined) return undefined;
  const group = echoGroup(model, row, request.where, labelOf(row.name));
  const one = `${articleFor(group)} ${group}`;
  const when = happeningWords(model, request.trigger, one);
  const done = deedsWords(model, row, request.deeds);
  return when === undefined || done === undefined ? undefined : `when ${when}, ${done}`;
}
function happeningWords(model: SystemModel, trigger: RequestOf<'react'>['trigger'], one: string): string | undefined {
  if (trigger.is === 'created') return `${one} is created`;
  if (trigger.is === 'changes') return `the ${labelOf(trigger.field)} of ${one} changes`;
  const { condition } = trigger;
  switch (condition.is) {
    case 'choice': {
      const states = listed(condition.among.map(labelOf), 'or');
      return condition.not === true ? `${one} becomes not ${states}` : `${one} becomes ${states}`;
    }
    case 'flag':
      return `${one} becomes ${flagWords(condition.path[0] ?? '', condition.value)}`;
    case 'equals':
      return condition.not === true ? undefined : `the ${labelOf(condition.path[0] ?? '')} of ${one} becomes "${condition.text}"`;
    case 'present':
      return undefined;
    case 'compare': {
      if (condition.left.is !== 'field' || condition.right.is !== 'literal') return undefined;
      const subject = `the ${labelOf(condition.left.path[0] ?? '')} of ${one}`;
      const value = echoLiteral(model, condition.right.literal);
      const words = {
        under: 'falls below',
        over: 'rises above',
        atLeast: 'becomes at least',
        atMost: 'becomes at most',
        equal: 'becomes',
        notEqual: undefined,
      }[condition.by];
      return words === undefined ? undefined : `${subject} ${words} ${value}`;
    }
  }
}
export const CAUGHT = {
  none: 'what was missed is not made up for',
  last: 'the last missed time is made up for',
  all: 'each missed time is made up for',
} as const;
export function jobWords(model: SystemModel, request: RequestOf<'schedule'>): string | undefined {
  const row = rowOf(model, { entity: request.entity });
  const when = scheduleWords(request.cron);
  const done = row === undefined ? undefined : deedsWords(model, row, request.deeds);
  if (row === undefined || when === undefined || done === undefined) return undefined;
  const rows = echoGroup(model, row, request.where, labelOf(row.entity.plural));
  return `${when} in the time zone "${request.timeZone}", for each of the ${rows}: ${done}; ${CAUGHT[request.catchUp]}`;
}
function deedsWords(model: SystemModel, row: Row, deeds: readonly Deed[]): string | undefined {
  const words = deeds.map((deed) => deedWords(model, row, deed));
  return words.some((each) => each === undefined) ? undefined : listed(words.filter((each) => each !== undefined));
}
function deedWords(model: SystemModel, row: Row, deed: Deed): string | undefined {
  if (deed.is === 'create') {
    const inside = rowOf(model, { entity: deed.entity });
    if (inside === undefined) return undefined;
    const label = labelOf(deed.entity);
    const values = deed.values.map(({ field, value }) => `${givenWords(model, value)} as ${labelOf(field)}`);
    return `create ${articleFor(label)} ${label}${deed.via === undefined ? '' : ' for it'}${values.length === 0 ? '' : ` with ${listed(values)}`}`;
  }
  const it = deed.on.length === 0 ? 'it' : `its ${deed.on.map(labelOf).join("'s ")}`;
  if (deed.is === 'call') {
    const to = transitionTo(model, deed.operation);
    const base = to === undefined ? undefined : baseOf(labelOf(to));
    return to === undefined ? undefined : base === undefined ? `mark ${it} as ${labelOf(to)}` : `${base} ${it}`;
  }
  const on = deed.on.length === 0 ? row : rowBehind(model, row, deed.on);
  const field = on === undefined ? undefined : fieldOf(model, on.owner, deed.field);
  if (on === undefined || field === undefined) return undefined;
  const value = typeof deed.value === 'object' && 'literal' in deed.value ? deed.value.literal : undefined;
  if (field.type.kind === 'boolean' && (value?.is === 'yes' || value?.is === 'no'))
    return `mark ${it} as ${flagWords(field.name, value.is === 'yes')}`;
  return deed.on.length === 0
    ? `set its ${labelOf(deed.field)} to ${givenWords(model, deed.value)}`
    : `set the ${labelOf(deed.field)} of ${it} to ${givenWords(model, deed.value)}`;
}
function rowBehind(model: SystemModel, row: Row, path: readonly string[]): Row | undefined {
  const field = fieldAt(model, row, path)?.field;
  const to = field?.type.kind === 'reference' ? field.type.to : undefined;
  const target = model.entities.find((entity) => entity.id === to);
  return target === undefined ? undefined : rowOf(model, { entity: target.name });
}
const givenWords = (model: SystemModel, value: Given): string =>
  value === 'today'
    ? 'today'
    : value === 'id'
      ? 'its id'
      : 'field' in value
        ? `its ${labelOf(value.field)}`
        : echoLiteral(model, value.literal);
export const stopWords = (request: RequestOf<'stopUnasked'>): string => `stop the ${request.kind} ${labelOf(request.name)}`;
export function rescheduleWords(request: RequestOf<'reschedule'>): string | undefined {
  const when = scheduleWords(request.cron);
  return when === undefined
    ? undefined
    : `run the job ${labelOf(request.name)} ${when} in the time zone "${request.timeZone}"; ${CAUGHT[request.catchUp]}`;
}
