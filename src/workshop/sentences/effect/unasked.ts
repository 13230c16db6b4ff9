/** What reactions and jobs that a sentence asks for make of the system. Pure; their bodies follow from the request. */
import type { JobContract, ReactionContract } from '#kernel';
import { entityNamed, type SystemModel, unaskedDefaults } from '#model';
import { scheduleWords } from '../grammar/schedules.ts';
import { baseOf } from '../inflection.ts';
import { camelOf, labelOf } from '../names.ts';
import type { Condition, Deed, RequestOf } from '../request.ts';
import { DEFAULT_CAPS } from './actions.ts';
import type { Applied, Effects } from './applied.ts';
import { minter } from './identity.ts';
import { jobBody, reactionBody } from './unasked-body.ts';

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');
/** What a job may cost: it goes through all rows that meet its conditions. */
const JOB_CAPS = { ...DEFAULT_CAPS, wallMs: 30_000, capabilityCalls: 2_000 } as const;

export function react(model: SystemModel, request: RequestOf<'react'>, effects: Effects): Applied {
  const entity = entityNamed(model, request.entity);
  const body = reactionBody(model, request);
  if (entity === undefined) return { why: 'There is no such thing.' };
  if ('why' in body) return body;
  const on = { entity: entity.id, happens: request.trigger.is === 'created' ? 'created' : 'updated' } as const;
  const wanted = wantedName(model, request);
  for (const other of model.reactions) {
    if (!('entity' in other.on) || other.on.entity !== on.entity || other.on.happens !== on.happens) continue;
    const text = effects.bodies[`reaction/${other.name}`];
    if (text === undefined ? other.name === wanted : squeezed(text).includes(squeezed(body.statements))) return { model, same: true };
  }
  const name = freeName(wanted, model);
  const reaction: ReactionContract = {
    kind: 'reaction',
    id: minter(model, effects.change)('n', name),
    name,
    on,
    capabilities: body.capabilities,
    caps: DEFAULT_CAPS,
    ...unaskedDefaults,
  };
  return { model: { ...model, reactions: [...model.reactions, reaction] }, same: false };
}
export function schedule(model: SystemModel, request: RequestOf<'schedule'>, effects: Effects): Applied {
  const entity = entityNamed(model, request.entity);
  const body = jobBody(model, request);
  if (entity === undefined) return { why: 'There is no such thing.' };
  if ('why' in body) return body;
  const { cron, timeZone, catchUp } = request;
  const wanted = wantedName(model, request);
  for (const other of model.jobs) {
    const text = effects.bodies[`job/${other.name}`];
    if (text === undefined ? other.name !== wanted : !squeezed(text).includes(squeezed(body.statements))) continue;
    if (
      other.schedule.cron === cron &&
      other.schedule.catchUp === catchUp &&
      (other.schedule.timeZone ?? model.settings.timeZone) === timeZone
    )
      return { model, same: true };
    return {
      why: `The job ${labelOf(other.name)} does this already, at other times. Say "Run the job ${labelOf(other.name)} ${scheduleWords(cron) ?? ''}" to change when.`,
    };
  }
  const name = freeName(wanted, model);
  const job: JobContract = {
    kind: 'job',
    id: minter(model, effects.change)('j', name),
    name,
    schedule: { cron, timeZone, catchUp },
    capabilities: body.capabilities,
    caps: JOB_CAPS,
    ...unaskedDefaults,
  };
  return { model: { ...model, jobs: [...model.jobs, job] }, same: false };
}
export function reschedule(model: SystemModel, { name, cron, timeZone, catchUp }: RequestOf<'reschedule'>): Applied {
  const job = model.jobs.find((each) => each.name === name);
  if (job === undefined) return { why: 'There is no such job.' };
  const now = job.schedule;
  if (now.cron === cron && now.catchUp === catchUp && (now.timeZone ?? model.settings.timeZone) === timeZone) return { model, same: true };
  const schedule_ = { cron, timeZone, catchUp };
  return { model: { ...model, jobs: model.jobs.map((each) => (each === job ? { ...job, schedule: schedule_ } : each)) }, same: false };
}
export const stopUnasked = (model: SystemModel, request: RequestOf<'stopUnasked'>): Applied => ({
  model: {
    ...model,
    reactions: model.reactions.filter((each) => request.kind !== 'reaction' || each.name !== request.name),
    jobs: model.jobs.filter((each) => request.kind !== 'job' || each.name !== request.name),
  },
  same: false,
});

function wantedName(model: SystemModel, request: RequestOf<'react' | 'schedule'>): string {
  if (request.act === 'react') return nameOf(request.deeds, `when ${labelOf(request.entity)} ${happensWords(request)}`);
  const states = request.where.flatMap((condition) => (condition.is === 'compare' ? [] : stateWords(condition)));
  return nameOf(request.deeds, [...states, labelOf(entityNamed(model, request.entity)?.plural ?? request.entity)].join(' '));
}
/** The reactions or jobs that a request may have made, the last one last. */
export function unaskedNames(model: SystemModel, request: RequestOf<'react' | 'schedule'>): readonly string[] {
  const wanted = wantedName(model, request);
  return (request.act === 'react' ? model.reactions : model.jobs)
    .map((each) => each.name)
    .filter((name) => name.startsWith(wanted) && /^\d*$/.test(name.slice(wanted.length)));
}
const LONGEST = 40;
/** "mark paid order when invoice paid", as a name of fair length. */
function nameOf(deeds: readonly Deed[], rest: string): string {
  const [deed] = deeds;
  const verb = deed === undefined ? 'do' : deedName(deed);
  const words = `${verb} ${rest}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  while (camelOf(words.join(' ')).length > LONGEST - 2) words.pop();
  return camelOf(words.join(' '));
}
function deedName(deed: Deed): string {
  if (deed.is === 'create') return `create ${labelOf(deed.entity)}`;
  if (deed.is === 'call') return labelOf(deed.operation);
  const on = deed.on.map(labelOf).join(' ');
  const literal = typeof deed.value === 'object' && 'literal' in deed.value ? deed.value.literal : undefined;
  const verb = literal?.is === 'choice' ? baseOf(labelOf(literal.value)) : undefined;
  if (verb !== undefined) return `${verb} ${on}`;
  if (literal?.is === 'choice') return `mark ${on} ${labelOf(literal.value)}`;
  if (literal?.is === 'yes' || literal?.is === 'no') return `mark ${on} ${literal.is === 'yes' ? '' : 'not '}${labelOf(deed.field)}`;
  return `set ${on} ${labelOf(deed.field)}`;
}
function freeName(wanted: string, model: SystemModel): string {
  const taken = new Set([...model.reactions, ...model.jobs].map((each) => each.name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  return name;
}
const happensWords = (request: RequestOf<'react'>): string => {
  const { trigger } = request;
  if (trigger.is === 'created') return 'created';
  if (trigger.is === 'changes') return `${labelOf(trigger.field)} changes`;
  const words = stateWords(trigger.condition);
  return words.length > 0 ? words.join(' ') : `${labelOf(pathOf(trigger.condition)[0] ?? '')} changes`;
};
const pathOf = (condition: Condition): readonly string[] =>
  condition.is === 'compare' ? (condition.left.is === 'field' ? condition.left.path : []) : condition.path;
function stateWords(condition: Condition): readonly string[] {
  if (condition.is === 'choice') return [...(condition.not === true ? ['not'] : []), ...condition.among.map(labelOf)];
  if (condition.is === 'flag') return [...(condition.value ? [] : ['not']), labelOf(condition.path[0] ?? '')];
  return condition.is === 'compare' ? [labelOf(pathOf(condition).at(-1) ?? ''), labelOf(condition.by)] : [];
}
