/**
 * All questions of one workflow, in their order, as findings. Pure but for what `possible` asks a solver; every answer says what it
 * stands on and where it ended.
 */
import type { Expression, Finding, Json, PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { statesNamed } from '#model';
import { guardsOf, type Judged, judgeGuard } from './guard.ts';
import { isMade, neverDue, operationsMaking, rolesOfNobody } from './makers.ts';
import { machineOf } from './machine-of.ts';
import { connected, type Met, statesMet } from './met.ts';
import type { Possible } from './possible.ts';
import { allReached, neverHappens, noneStuck, viewOf } from './questions.ts';
import { defaultLimits, explore, type SearchLimits } from './search.ts';
import { standingBefore } from './standing.ts';
import { bodiesThat, type States, statesOf, type Surroundings } from './surroundings.ts';

export interface Before {
  readonly around: Surroundings;
}

export async function lookAt(
  workflow: WorkflowContract,
  around: Surroundings,
  possible: Possible,
  before?: Before,
  limits: SearchLimits = defaultLimits,
): Promise<readonly Finding[]> {
  const states = statesOf(workflow, around);
  if (states === undefined)
    return [{ statement: `${workflow.name}: the choice that it is about is not there`, verdict: 'fail', shownBy: 'checked' }];
  const group = connected(workflow, around);
  const standing = new Map(group.map((each) => [each.id, before === undefined ? undefined : standingBefore(each, before.around)]));
  const named = (each: WorkflowContract): ReadonlySet<PermanentId> => standing.get(each.id)?.states ?? new Set();
  const met = await statesMet(group, around, possible, new Map(group.map((each) => [each.id, named(each)])));
  const of = await machineOf(workflow, around, met, possible);
  if (of === undefined) return [];
  const view = viewOf({ workflow, states, of, explored: explore(of.machine, limits) });
  const reasons = (state: PermanentId): string => whyNot(workflow, states, met, around, state);
  const found: Finding[] = [...allReached(view, reasons), ...noneStuck(view), ...neverHappens(view)];
  const old = standing.get(workflow.id);
  if (old !== undefined) {
    found.push(...placesOf(workflow, states, old.states, before?.around));
    const rows =
      old.histories ?? [...old.states].map((state) => ({ state, seen: workflow.never.map((order) => ('without' in order ? 1 : 0)) }));
    const named = statesNamed(workflow);
    const here = rows.filter(({ state }) => named.has(state));
    if (here.length > 0) {
      const looked = viewOf({ workflow, states, of, explored: explore(of.standing(here), limits), before: 'a row that was there before' });
      const later = [...noneStuck(looked), ...(old.histories === undefined ? [] : neverHappens(looked))];
      found.push(
        ...later.filter(({ verdict, statement }) => verdict !== 'pass' || !found.some((finding) => finding.statement === statement)),
      );
      if (old.histories === undefined && workflow.never.length > 0)
        found.push({
          statement: `${workflow.name}: of rows that were there before it nobody knows what they have been; its orders speak of those that are created from now on`,
          verdict: 'pass',
          shownBy: 'checked',
        });
    }
  }
  found.push(...guardFindings(workflow, states, met), ...(await ambiguous(workflow, states, met, around, possible)));
  found.push(...makersFindings(workflow, states, around), ...endFindings(workflow, states));
  return found;
}

/** Why no row comes to a state: nothing leads there, or nothing of what leads there can be made. */
function whyNot(workflow: WorkflowContract, states: States, met: Met, around: Surroundings, state: PermanentId): string {
  const leading = workflow.transitions.filter(({ to }) => to === state);
  if (leading.length === 0) return 'no transition leads there';
  return leading
    .flatMap((transition) =>
      transition.from.map((from) => {
        const name = `${transition.name} from ${states.name(from)}`;
        if (!isMade(workflow, transition, from, around)) return `nobody makes ${name}`;
        if (met.may.get(workflow.id)?.has(from) !== true) return `${name} comes from where no row ever is`;
        return met.of(transition, from).strength === 'never'
          ? `the guard of ${name} never holds`
          : `no row that is created now comes to where ${name} could be made`;
      }),
    )
    .join('; ');
}

/** Every state in which rows may stand must be one of the workflow. */
function placesOf(
  workflow: WorkflowContract,
  states: States,
  old: ReadonlySet<PermanentId>,
  before: Surroundings | undefined,
): readonly Finding[] {
  const now = statesNamed(workflow);
  const then = before === undefined ? undefined : statesOf(workflow, before);
  const lost = [...old].filter((state) => !now.has(state));
  const name = (state: PermanentId): string => then?.name(state) ?? states.name(state);
  if (lost.length === 0)
    return [{ statement: `${workflow.name}: wherever a row was before, it has a place now`, verdict: 'pass', shownBy: 'exhausted' }];
  return lost.map((state) => ({
    statement: `${workflow.name}: rows may stand in ${name(state)} from before, and the workflow does not name it, so that they could never move`,
    verdict: 'fail',
    shownBy: 'exhausted',
    witness: name(state),
  }));
}

/** Guards that no row meets, from a state that rows come to. */
function guardFindings(workflow: WorkflowContract, states: States, met: Met): readonly Finding[] {
  const guarded = workflow.transitions.filter(({ when }) => when !== undefined);
  if (guarded.length === 0) return [];
  const found: Finding[] = [];
  for (const transition of guarded)
    for (const from of transition.from) {
      if (met.may.get(workflow.id)?.has(from) !== true) continue;
      const { strength, why } = met.of(transition, from);
      const name = `${transition.name} from ${states.name(from)}`;
      if (strength === 'never')
        found.push({ statement: `${workflow.name}: the guard of ${name} never holds`, verdict: 'fail', shownBy: 'proved' });
      else if (strength === 'may')
        found.push({
          statement: `${workflow.name}: whether the guard of ${name} ever holds is not known: ${why ?? ''}`,
          verdict: 'unknown',
          shownBy: 'not-shown',
        });
    }
  if (found.length > 0) return found;
  return [
    {
      statement: `${workflow.name}: each guard holds for some row`,
      verdict: 'pass',
      shownBy: 'tested',
      bound: 'a row each, by the running code; that somebody writes such a row was taken for granted',
      witness: rowsOf(workflow, states, met),
    },
  ];
}
function rowsOf(workflow: WorkflowContract, states: States, met: Met): Json {
  return Object.fromEntries(
    workflow.transitions.flatMap((transition) =>
      transition.from.flatMap((from) => {
        const { row } = met.of(transition, from);
        return row === undefined ? [] : [[`${transition.name} from ${states.name(from)}`, row]];
      }),
    ),
  );
}

/** Two transitions of one name, from one state, to different ones: which is it where both guards hold? */
async function ambiguous(
  workflow: WorkflowContract,
  states: States,
  met: Met,
  around: Surroundings,
  possible: Possible,
): Promise<readonly Finding[]> {
  const pairs = workflow.transitions.flatMap((one, at) =>
    workflow.transitions
      .slice(at + 1)
      .filter((other) => other.name === one.name && other.to !== one.to)
      .flatMap((other) => one.from.filter((from) => other.from.includes(from)).map((from) => ({ one, other, from }))),
  );
  const judged = await Promise.all(
    pairs.map(async ({ one, other, from }): Promise<{ readonly pair: string; readonly judged: Judged }> => {
      const guards: readonly Expression[] = guardsOf(one, other);
      const pair = `${one.name} from ${states.name(from)} leads to ${states.name(one.to)} and to ${states.name(other.to)}`;
      return { pair, judged: await judgeGuard({ workflow, from, guards, known: [] }, met, around, possible) };
    }),
  );
  const open = judged.flatMap(({ pair, judged: { strength, why, row } }): readonly Finding[] => {
    if (strength === 'never') return [];
    if (strength === 'may')
      return [
        {
          statement: `${workflow.name}: ${pair}; whether both can hold for one row is not known: ${why ?? ''}`,
          verdict: 'unknown',
          shownBy: 'not-shown',
        },
      ];
    return [
      {
        statement: `${workflow.name}: ${pair}, and for some row both hold`,
        verdict: 'fail',
        shownBy: 'tested',
        ...(row === undefined ? {} : { witness: row }),
      },
    ];
  });
  if (open.length > 0 || pairs.length === 0) return open;
  return [
    {
      statement: `${workflow.name}: where one name leads to several states, its guards never hold together`,
      verdict: 'pass',
      shownBy: 'proved',
    },
  ];
}

/** Who makes each transition, whether that is anybody, and whether the clock ever does. */
function makersFindings(workflow: WorkflowContract, states: States, around: Surroundings): readonly Finding[] {
  const found: Finding[] = [];
  const fail = (statement: string, witness?: string): void =>
    void found.push({
      statement: `${workflow.name}: ${statement}`,
      verdict: 'fail',
      shownBy: 'checked',
      ...(witness === undefined ? {} : { witness }),
    });
  for (const transition of workflow.transitions) {
    for (const role of rolesOfNobody(transition, around)) fail(`${transition.name} is made by ${role}, and nobody has that role`, role);
    if (
      transition.after === undefined &&
      transition.roles.length === 0 &&
      !transition.from.some((from) => isMade(workflow, transition, from, around))
    )
      fail(`nobody makes ${transition.name}: no role may write ${states.entity.name}, and no component does`);
  }
  for (const { transition, from, before, same } of neverDue(workflow))
    fail(
      same
        ? `${before.name} and ${transition.name} are made by the clock at the same instant from ${states.name(from)}: which is it?`
        : `the clock never makes ${transition.name} from ${states.name(from)}: ${before.name} comes first and asks for nothing`,
    );
  found.push(...strayOperations(workflow, states, around));
  if (found.length > 0) return found;
  const writers = bodiesThat('update', workflow.on, around.bodies)
    .filter((body) => body.kind !== 'operation' || body.transition?.field !== workflow.field)
    .map(({ name }) => name);
  const own = [
    ...new Set(
      workflow.transitions.flatMap((transition) =>
        transition.from.flatMap((from) => operationsMaking(workflow, transition, from, around).map(({ name }) => name)),
      ),
    ),
  ];
  return [
    {
      statement: `${workflow.name}: somebody makes each transition${own.length === 0 ? '' : `, ${own.join(', ')} among them`}`,
      verdict: 'pass',
      shownBy: 'checked',
      ...(writers.length === 0
        ? {}
        : {
            bound: `what ${writers.join(', ')} ${writers.length === 1 ? 'writes' : 'write'} to ${states.field.name} is not read from code: the store holds everybody to these transitions`,
          }),
    },
  ];
}
function strayOperations(workflow: WorkflowContract, states: States, around: Surroundings): readonly Finding[] {
  return around.bodies.flatMap((body): readonly Finding[] => {
    if (body.kind !== 'operation' || body.transition === undefined || body.transition.field !== workflow.field) return [];
    const { from, to } = body.transition;
    return from
      .filter((state) => !workflow.transitions.some((each) => each.after === undefined && each.to === to && each.from.includes(state)))
      .map((state) => ({
        statement: `${workflow.name}: ${body.name} moves a row from ${states.name(state)} to ${states.name(to)}, where no transition leads`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: body.name,
      }));
  });
}

/** In an end a row may stay for ever: the clock must not take it out, and whoever else may is named. */
function endFindings(workflow: WorkflowContract, states: States): readonly Finding[] {
  const leaving = workflow.ends
    .map((end) => ({ end, by: workflow.transitions.filter(({ from }) => from.includes(end)) }))
    .filter(({ by }) => by.length > 0);
  const driven = leaving.flatMap(({ end, by }) =>
    by.filter(({ after, when }) => after !== undefined && when === undefined).map((transition) => ({ end, transition })),
  );
  if (driven.length > 0)
    return driven.map(({ end, transition }) => ({
      statement: `${workflow.name}: ${states.name(end)} is an end, and the clock takes every row out of it (${said(transition, states)})`,
      verdict: 'fail',
      shownBy: 'checked',
    }));
  if (workflow.ends.length === 0) return [];
  const names = workflow.ends.map(states.name).join(', ');
  return [
    {
      statement:
        leaving.length === 0
          ? `${workflow.name}: nothing leads out of its ends (${names})`
          : `${workflow.name}: of its ends (${names}) some can be left, as stated: ${leaving.flatMap(({ by }) => by.map((transition) => said(transition, states))).join(', ')}`,
      verdict: 'pass',
      shownBy: 'checked',
    },
  ];
}
const said = ({ name, to }: WorkflowTransition, states: States): string => `${name} -> ${states.name(to)}`;
