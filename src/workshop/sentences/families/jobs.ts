/** What runs on a schedule: "Every morning at 6, cancel open orders older than 30 days". */
import { entityNamed, type SystemModel } from '#model';
import { bindConditions } from '../bind.ts';
import { postModifiers, preModifiers, stateWord } from '../grammar/conditions.ts';
import { entry } from '../grammar/nouns.ts';
import type { RawCondition, StateWord } from '../grammar/raw.ts';
import { catchUp, type RawSchedule, schedule } from '../grammar/schedules.ts';
import { done, verb } from '../grammar/state-verbs.ts';
import { literal } from '../grammar/values.ts';
import type { Literal, Request } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { bindDeeds, deeds, type RawDeed } from './deeds.ts';
import { pathOf } from './reactions.ts';

interface Work {
  readonly entity: string;
  readonly where: readonly RawCondition[];
  readonly deeds: readonly RawDeed[];
}
interface Chosen {
  readonly entity: string;
  readonly where: readonly RawCondition[];
}
const rowsMeant: Rule<Chosen> = named('rows that a job works on', () =>
  phrase(
    '[all|all the|the|every|each|any|those|each of the] {before} {entity} {after}',
    { before: preModifiers, entity: entry('entity'), after: postModifiers },
    ({ before, entity, after }): Chosen => ({ entity: entity.entity, where: [...before, ...after] }),
  ),
);
const stateReached: Rule<StateWord> = either(
  stateWord,
  phrase('{done}', { done }, ({ done: word }): StateWord => ({ word })),
);
/** The first deed names the rows; those after it speak of "them". */
const first: Rule<Work> = named('work on rows', () =>
  either(
    phrase('{verb} {rows}', { verb, rows: rowsMeant }, ({ verb: to, rows }): Work => ({
      ...rows,
      deeds: [{ is: 'state', on: 'it', state: { word: to } }],
    })),
    phrase('(mark|set) {rows} (as|to) {state}', { rows: rowsMeant, state: stateReached }, ({ rows, state }): Work => ({
      ...rows,
      deeds: [{ is: 'state', on: 'it', state }],
    })),
    phrase(
      '(set|change) the {field} of {rows} to {value}',
      { field: entry('field'), rows: rowsMeant, value: literal },
      ({ field, rows, value }): Work => ({ ...rows, deeds: [{ is: 'set', on: 'it', field: field.name, value: given(value) }] }),
    ),
  ),
);
const given = (value: Literal): 'today' | { readonly literal: Literal } =>
  value.is === 'date' && value.value === 'today' ? 'today' : { literal: value };
const work: Rule<Work> = named('work', () =>
  either(
    first,
    phrase('{first} [,] and [then|also] {more}', { first, more: deeds }, ({ first: begun, more }): Work => ({
      ...begun,
      deeds: [...begun.deeds, ...more],
    })),
    phrase('for (each|each of|every|all|each one of) {rows} [,|:] {deeds}', { rows: rowsMeant, deeds }, ({ rows, deeds: done_ }): Work => ({
      ...rows,
      deeds: done_,
    })),
  ),
);
export const jobs: Rule<Request> = named('job', () =>
  either(
    phrase(
      '{schedule} [,] {work} [{missed}]',
      { schedule, work, missed: optional(catchUp) },
      ({ schedule: when, work: what, missed }, { lookup }) => job(lookup.model, when, what, missed),
    ),
    phrase(
      '{work} {schedule} [{missed}]',
      { work, schedule, missed: optional(catchUp) },
      ({ work: what, schedule: when, missed }, { lookup }) => job(lookup.model, when, what, missed),
    ),
  ),
);
function job(
  model: SystemModel,
  when: RawSchedule,
  what: Work,
  missed: 'none' | 'last' | 'all' | undefined,
): Request | Problem | undefined {
  const entity = entityNamed(model, what.entity);
  const row = rowOf(model, { entity: what.entity });
  if (entity === undefined || row === undefined) return undefined;
  const where = bindConditions(model, row, what.where);
  if (where instanceof Problem) return where;
  if (where.some((condition) => pathOf(condition).length > 2))
    return new Problem('A condition may look at the row itself and at what it refers to, and no further.');
  const done_ = bindDeeds(model, row, what.deeds);
  if (done_ instanceof Problem) return done_;
  return {
    act: 'schedule',
    cron: when.cron,
    timeZone: when.timeZone ?? model.settings.timeZone,
    catchUp: missed ?? 'last',
    entity: entity.name,
    where,
    deeds: done_,
  };
}
