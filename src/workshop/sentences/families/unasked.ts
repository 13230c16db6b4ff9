/** Reactions and jobs, and taking them away again by their names. */
import { jobNamed, type SystemModel } from '#model';
import { catchUp, type RawSchedule, schedule } from '../grammar/schedules.ts';
import { labelOf } from '../names.ts';
import type { Request } from '../request.ts';
import { either, look, named, optional, phrase, type Rule } from '../rule.ts';
import { jobs } from './jobs.ts';
import { reactions } from './reactions.ts';

interface Named {
  readonly kind: 'reaction' | 'job';
  readonly name: string;
}
const unaskedName: Rule<Named> = look('name of a reaction or job', ({ lookup, tokens }, at) => {
  const { model } = lookup;
  return [...model.reactions, ...model.jobs].flatMap(({ kind, name }) => {
    const words = labelOf(name).split(' ');
    if (tokens[at]?.kind === 'quoted')
      return tokens[at].text.toLowerCase() === labelOf(name) ? [{ end: at + 1, value: { kind, name } }] : [];
    return words.every((word, index) => tokens[at + index]?.kind === 'word' && tokens[at + index]?.text === word)
      ? [{ end: at + words.length, value: { kind, name } }]
      : [];
  });
});
const stop: Rule<Request> = named('stop what runs by itself', () =>
  either(
    phrase('(stop|remove|delete|drop|end) [the] (reaction|job) {named}', { named: unaskedName }, ({ named: { kind, name } }): Request => ({
      act: 'stopUnasked',
      kind,
      name,
    })),
    phrase('(remove|delete|drop) [the] {named} (reaction|job)', { named: unaskedName }, ({ named: { kind, name } }): Request => ({
      act: 'stopUnasked',
      kind,
      name,
    })),
  ),
);
/** Another time for a job that there is. What is not said of it stays as it was. */
const again: Rule<Request> = named('when a job runs', () =>
  either(
    phrase(
      '(run|start) [the job] {named} {schedule} [instead] [{missed}]',
      { named: unaskedName, schedule, missed: optional(catchUp) },
      ({ named: { kind, name }, schedule: when, missed }, { lookup }) => rescheduled(lookup.model, kind, name, when, missed),
    ),
    phrase(
      '[the] [job] {named} (runs|should run|shall run|must run) {schedule} [instead] [{missed}]',
      { named: unaskedName, schedule, missed: optional(catchUp) },
      ({ named: { kind, name }, schedule: when, missed }, { lookup }) => rescheduled(lookup.model, kind, name, when, missed),
    ),
  ),
);
function rescheduled(
  model: SystemModel,
  kind: Named['kind'],
  name: string,
  when: RawSchedule,
  missed: 'none' | 'last' | 'all' | undefined,
): Request | undefined {
  const job = kind === 'job' ? jobNamed(model, name) : undefined;
  if (job === undefined) return undefined;
  const { timeZone, catchUp: before } = job.schedule;
  return {
    act: 'reschedule',
    name,
    cron: when.cron,
    timeZone: when.timeZone ?? timeZone ?? model.settings.timeZone,
    catchUp: missed ?? before,
  };
}
export const unasked: Rule<Request> = either(reactions, jobs, stop, again);
