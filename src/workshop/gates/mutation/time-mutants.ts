/**
 * Mutants of times: after how long a workflow's clock moves a row, when a job runs, how long somebody stays signed in. Why: a slip of the pen here (hours for days, three
 * hundred for thirty) shows in no other step than one in which time passes. Of a timeout that it comes at all, and neither much sooner nor much later, an example must show;
 * what is only a little off, and the rest, is told where no example shows it.
 */
import type { Contract, EntityContract, JobContract, WorkflowContract, WorkflowTransition } from '#kernel';
import { canonicalJson, type Json } from '#kernel';
import { entityById, type Length, lengthIn, lengthMs, lengthText, type SystemModel } from '#model';
import { nextInstant } from '#schema/schedule';
import type { DeclaredMutant } from './declared-mutant.ts';

const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000];
const otherUnits: { readonly [Unit in Length['unit']]: readonly Length['unit'][] } = {
  minutes: ['hours'],
  hours: ['minutes', 'days'],
  days: ['hours'],
};

export function timeoutMutants(contract: WorkflowContract, old: Contract | undefined, model: SystemModel): readonly DeclaredMutant[] {
  const before = old?.kind === 'workflow' ? old.transitions : [];
  return contract.transitions.flatMap((transition) => {
    const was = before.find(({ id }) => id === transition.id);
    return transition.after === undefined || (was !== undefined && same(timesOf(was), timesOf(transition)))
      ? []
      : mutantsOf(contract, transition, transition.after, model);
  });
}
const timesOf = ({ from, to, after }: WorkflowTransition): Json => ({ from, to, after: after === undefined ? null : { ...after } }) as Json;

function mutantsOf(
  contract: WorkflowContract,
  transition: WorkflowTransition,
  after: Length,
  model: SystemModel,
): readonly DeclaredMutant[] {
  const at = contract.transitions.indexOf(transition);
  const { type } = entityById(model, contract.on)?.fields.find(({ id }) => id === contract.field) ?? {};
  const field = entityById(model, contract.on)?.fields.find(({ id }) => id === contract.field)?.name ?? 'state';
  const nameOf = (state: string): string =>
    type?.kind === 'choice' ? (type.choices.find(({ id }) => id === state)?.name ?? state) : state;
  const [from, to] = [nameOf(transition.from[0] ?? ''), nameOf(transition.to)];
  const milliseconds = lengthMs(after);
  const just = justBefore(milliseconds);
  const stays = `{ after: '${lengthText(lengthIn(milliseconds - just))}' }, { read: '...', then: { ${field}: '${from}' } }`;
  const goes = (rest: number): string => `{ after: '${lengthText(lengthIn(rest))}' }, { read: '...', then: { ${field}: '${to}' } }`;
  const asked = (other: Length): DeclaredMutant => {
    const sooner = lengthMs(other) < milliseconds;
    return {
      member: `transition/${transition.name}`,
      contract: withAfter(contract, at, other),
      shownBy: 'time',
      what: `after ${lengthText(other)}`,
      missing: sooner
        ? `that what is ${from} is so still shortly before ${lengthText(after)} have passed, such as ${stays}`
        : `that it is ${to} once ${lengthText(after)} have passed, such as ${goes(milliseconds)}`,
      // A guard may keep it away until then, whenever it would be due.
      ...(sooner && transition.when !== undefined ? { asked: 'of-most', apart: true } : {}),
    };
  };
  const others = [
    ...otherUnits[after.unit].map((unit) => ({ count: after.count, unit })),
    ...(after.count > 1 ? [lengthIn(MINUTE_MS * Math.floor(milliseconds / MINUTE_MS / 2))] : []),
    { count: after.count * 2, unit: after.unit },
  ];
  const near = [lengthIn(milliseconds - just), lengthIn(milliseconds + just)].filter((length) => length.count > 0);
  return [
    {
      member: `transition/${transition.name}`,
      contract: { ...contract, transitions: contract.transitions.filter((one) => one !== transition) },
      shownBy: 'time',
      what: 'never by itself',
      missing: `that what is ${from} becomes ${to} by itself after ${lengthText(after)}, such as ${milliseconds > just ? `${stays}, ${goes(just)}` : goes(milliseconds)}`,
    },
    ...others.map(asked),
    ...near.map((length): DeclaredMutant => ({
      ...asked(length),
      asked: 'of-most',
      apart: true,
    })),
  ];
}
const withAfter = (contract: WorkflowContract, at: number, after: Length): WorkflowContract => ({
  ...contract,
  transitions: contract.transitions.map((one, index) => (index === at ? { ...one, after } : one)),
});
/** What is left when it has nearly come. */
const justBefore = (milliseconds: number): number => (milliseconds > DAY_MS ? DAY_MS : milliseconds > HOUR_MS ? HOUR_MS : MINUTE_MS);

/** An hour later, and by the clock of another place: what an example of a job that runs while time passes tells apart. */
export function scheduleMutants(contract: JobContract, old: Contract | undefined, model: SystemModel): readonly DeclaredMutant[] {
  const { schedule } = contract;
  if (old?.kind === 'job' && same({ ...old.schedule }, { ...schedule })) return [];
  const zone = schedule.timeZone ?? model.settings.timeZone;
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = schedule.cron.split(' ');
  const later = (text: string, most: number): string => (/^\d+$/.test(text) ? String((Number(text) + 1) % most) : text);
  const crons = [
    [later(minute, 60), hour, day, month, weekday],
    [minute, later(hour, 24), day, month, weekday],
    [minute, hour, '*', month, '*'],
  ].map((fields) => fields.join(' '));
  const first = nextInstant(schedule.cron, zone, Date.UTC(2026, 0, 15, 10));
  const shown = first === null ? '2026-01-16T06:00:00Z' : new Date(first).toISOString().replace('.000', '');
  const missing = `when it runs, such as { run: '${contract.name}', after: '1 day', then: { at: ['${shown}'] } }`;
  return [...new Set(crons)]
    .filter((cron) => cron !== schedule.cron)
    .map((cron) => ({
      member: 'schedule',
      contract: { ...contract, schedule: { ...schedule, cron } },
      what: cron,
      missing,
      asked: 'of-most',
      apart: true,
      shownBy: 'time',
    }));
}

/** Twice as long, and half. */
export function signedInMutants(contract: EntityContract, old: EntityContract | undefined): readonly DeclaredMutant[] {
  const { identity } = contract;
  if (identity === undefined || old?.identity?.days === identity.days) return [];
  const { days } = identity;
  const missing = `how long somebody stays signed in, such as { after: '${lengthText({ count: days, unit: 'days' })}' } and a call by: '...' that is refused: 'unauthenticated'`;
  return [days * 2, Math.floor(days / 2)]
    .filter((other) => other > 0)
    .map((other) => ({
      member: 'identity',
      contract: { ...contract, identity: { ...identity, days: other } },
      what: `${other} days`,
      missing,
      asked: 'of-most',
      apart: true,
      shownBy: 'time',
    }));
}

const same = (one: unknown, other: unknown): boolean => canonicalJson(one as Json) === canonicalJson(other as Json);
