/**
 * A workflow as a machine: the state of a row, what its guards ask of other workflows (of the row itself, or of a row that it refers to),
 * facts that nobody may alter once the row is there, and what its histories must remember. What whoever writes may set at any time adds no
 * state: a guard over that can be met or not, and `possible` says which.
 */
import type { EntityContract, Expression, Field, PermanentId, WorkflowContract } from '#kernel';
import { nodesOf } from '#rules';
import { guardsOf, judgeGuard, ownStateOf } from './guard.ts';
import { created, type Machine, type Monitor, type Move, strengthNo, type Strength, type Variable } from './machine.ts';
import { isMade } from './makers.ts';
import type { Met } from './met.ts';
import type { Possible } from './possible.ts';
import { type Known, placeOf } from './residue.ts';
import { isAlterable, statesOf, type Surroundings, workflowGoverning } from './surroundings.ts';

/** Cases of one guard that are looked at one by one; above, what it reads is not tracked. */
const mostCases = 2_048;

/** A value beside the state of the row that its guards read. */
interface Tracked {
  readonly at: Expression;
  readonly place: Pick<Known, 'by' | 'field'>;
  readonly name: string;
  readonly values: readonly Known['value'][];
  readonly named: readonly string[];
  /** The workflow that moves it; absent: nobody does. */
  readonly moved?: WorkflowContract;
  readonly starts: readonly number[];
}
export interface MachineOf {
  readonly machine: Machine;
  /** By the place of a forbidden order in the contract: its variable. */
  readonly orders: readonly number[];
  /** The same, of rows that stand there already: with these values beside them, in any of these states. */
  standing(rows: Iterable<{ readonly state: PermanentId; readonly seen: readonly number[] }>): Machine;
  /** Rows of other workflows that stand beside a row. */
  readonly beside: readonly string[];
  /** Why a move is not known to be possible, by its name. */
  readonly doubts: readonly string[];
}

export async function machineOf(
  workflow: WorkflowContract,
  around: Surroundings,
  met: Met,
  possible: Possible,
): Promise<MachineOf | undefined> {
  const states = statesOf(workflow, around);
  if (states === undefined) return undefined;
  const tracked = trackedBy(workflow, states.entity, around);
  const nameOf = (state: PermanentId | undefined): string => (state === undefined ? '' : states.name(state));
  const variables: readonly Variable[] = [
    { name: states.field.name, values: states.ids.map(nameOf) },
    ...tracked.map(({ name, named }) => ({ name, values: named })),
    ...workflow.never.map(({ statement }) => ({ name: statement, values: ['unseen', 'seen', 'broken'] })),
  ];
  const no = (state: PermanentId): number => states.ids.indexOf(state);
  const doubts: string[] = [];
  const moves: Move[] = [];
  for (const transition of workflow.transitions) {
    const makers = transition.from.filter((from) => isMade(workflow, transition, from, around));
    const reads = readsOf(guardsOf(transition), tracked);
    const table = await tableBy(variables, [0, ...reads.map((at) => at + 1)], async ([from, ...values]) => {
      const state = states.ids[from ?? -1];
      if (state === undefined || !makers.includes(state)) return 'never';
      const known = reads.map((at, place) => knownOf(tracked[at], values[place]));
      const judged =
        reads.length === 0
          ? met.of(transition, state)
          : await judgeGuard(
              { workflow, from: state, guards: guardsOf(transition), known: known.flatMap((one) => one ?? []) },
              met,
              around,
              possible,
            );
      if (judged.why !== undefined) doubts.push(`${transition.name}: ${judged.why}`);
      return judged.strength;
    });
    moves.push({ name: transition.name, ...table, sets: [[0, no(transition.to)]] });
  }
  for (const [at, each] of tracked.entries())
    moves.push(...(await movesOf(each, at + 1, variables, tracked, around, met, possible, workflow)));
  const first = 1 + tracked.length;
  const monitors = workflow.never.map((order, at): Monitor => ({
    variable: first + at,
    watches: 0,
    sees: no('without' in order ? order.without : order.after),
    reaches: no(order.reach),
    brokenBy: 'without' in order ? 'unseen' : 'seen',
  }));
  const starts = {
    [Symbol.iterator]: function* () {
      const unknown = monitors.map(() => 0);
      for (const beside of startsOf(tracked)) yield created(monitors, [no(workflow.starts), ...beside, ...unknown]);
    },
  };
  const machine: Machine = { variables, moves, monitors, starts };
  return {
    machine,
    orders: monitors.map(({ variable }) => variable),
    standing: (rows) => ({
      ...machine,
      starts: {
        [Symbol.iterator]: function* () {
          for (const { state, seen } of rows)
            for (const beside of startsOf(tracked.map((each) => ({ ...each, starts: anywhere(each, met) }))))
              yield [no(state), ...beside, ...seen];
        },
      },
    }),
    beside: tracked.flatMap(({ moved, name }) => (moved === undefined ? [] : [name])),
    doubts: [...new Set(doubts)],
  };
}

/** What the guards read that is finite and that not everybody may set as he likes. */
function trackedBy(workflow: WorkflowContract, entity: EntityContract, around: Surroundings): readonly Tracked[] {
  const found = new Map<string, Tracked>();
  for (const guard of guardsOf(...workflow.transitions))
    for (const at of nodesOf(guard)) {
      const place = placeOf(at);
      if (place === undefined || (place.by === undefined && place.field === workflow.field)) continue;
      const key = `${place.by ?? ''} ${place.field}`;
      const made = found.has(key) ? undefined : trackedAt(at, place, entity, around);
      if (made !== undefined) found.set(key, made);
    }
  return [...found.values()];
}
function trackedAt(at: Expression, place: Tracked['place'], entity: EntityContract, around: Surroundings): Tracked | undefined {
  const moved = workflowGoverning(around, place.field);
  const reference = entity.fields.find(({ id }) => id === place.by);
  if (moved !== undefined) {
    const states = statesOf(moved, around);
    if (states === undefined) return undefined;
    const absent = reference?.required === false;
    const name = reference === undefined ? states.field.name : `${reference.name} ${states.field.name}`;
    const start = states.ids.indexOf(moved.starts);
    return {
      at,
      place,
      name,
      moved,
      values: [...states.ids, ...(absent ? [null] : [])],
      named: [...states.ids.map(states.name), ...(absent ? ['none'] : [])],
      starts: absent ? [start, states.ids.length] : [start],
    };
  }
  if (place.by !== undefined || isAlterable(around, entity.id)) return undefined;
  const field = entity.fields.find(({ id }) => id === place.field);
  return field === undefined || field.derived !== undefined ? undefined : factOf(field, at, place);
}
function factOf({ name, type, required }: Field, at: Expression, place: Tracked['place']): Tracked | undefined {
  const values = type.kind === 'boolean' ? [false, true] : type.kind === 'choice' ? type.choices.map(({ id }) => id) : [];
  if (values.length === 0) return undefined;
  const named = type.kind === 'choice' ? type.choices.map((choice) => choice.name) : ['no', 'yes'];
  const all = [...values, ...(required ? [] : [null])];
  return { at, place, name, values: all, named: [...named, ...(required ? [] : ['none'])], starts: all.map((_, value) => value) };
}
const readsOf = (guards: readonly Expression[], tracked: readonly Tracked[]): readonly number[] => {
  const places = guards.flatMap((guard) => [...nodesOf(guard)].flatMap((at) => placeOf(at) ?? []));
  const reads = tracked.flatMap(({ place }, at) => (places.some(({ by, field }) => by === place.by && field === place.field) ? [at] : []));
  let cases = 1;
  return reads.filter((at) => (cases *= tracked[at]?.values.length ?? 1) <= mostCases);
};
const knownOf = (tracked: Tracked | undefined, value: number | undefined): (Known & { readonly at: Expression }) | undefined =>
  tracked === undefined || value === undefined ? undefined : { ...tracked.place, value: tracked.values[value] ?? null, at: tracked.at };

/** How the state of another workflow moves beside the row, and, of a row that it refers to, that it may become another row. */
async function movesOf(
  { moved, place, values, name }: Tracked,
  variable: number,
  variables: readonly Variable[],
  tracked: readonly Tracked[],
  around: Surroundings,
  met: Met,
  possible: Possible,
  about: WorkflowContract,
): Promise<readonly Move[]> {
  if (moved === undefined) return [];
  const own = place.by === undefined;
  const moves: Move[] = [];
  const no = (state: PermanentId): number => values.indexOf(state);
  for (const transition of moved.transitions) {
    const guards = guardsOf(transition);
    // Of the row itself all that is tracked is known; of another row its own state alone.
    const reads = own ? readsOf(guards, tracked) : [];
    const asksState = own && guards.some((guard) => [...nodesOf(guard)].some((at) => placeOf(at)?.field === about.field));
    const table = await tableBy(variables, [variable, ...(asksState ? [0] : []), ...reads.map((at) => at + 1)], async (at) => {
      const [from, ...rest] = at;
      const state = values[from ?? -1];
      if (typeof state !== 'string') return 'never';
      const id = transition.from.find((each) => each === state);
      if (id === undefined || !isMade(moved, transition, id, around)) return 'never';
      if (!asksState && reads.length === 0) return met.of(transition, id).strength;
      const status = asksState ? statesOf(about, around)?.ids[rest[0] ?? -1] : undefined;
      const known = [
        ...(status === undefined ? [] : [{ field: about.field, value: status, at: ownStateOf(about, around) }]),
        ...reads.flatMap((read, place2) => knownOf(tracked[read], rest[place2 + (asksState ? 1 : 0)]) ?? []),
      ];
      return (await judgeGuard({ workflow: moved, from: id, guards, known }, met, around, possible)).strength;
    });
    moves.push({ name: transition.name, of: name, ...table, sets: [[variable, no(transition.to)]] });
  }
  if (own) return moves;
  const alterable = isAlterable(around, about.on);
  const start = no(moved.starts);
  for (const [at, value] of values.entries()) {
    if (!alterable) break;
    const stands = value === null || (typeof value === 'string' && [...(met.may.get(moved.id) ?? [])].some((state) => state === value));
    if (!stands) continue;
    const table = await tableBy(variables, [variable], async ([from]) =>
      from === at ? 'never' : values[from ?? -1] === null && at === start ? 'can' : 'may',
    );
    moves.push({ name: 'it becomes another one', of: name, ...table, sets: [[variable, at]] });
  }
  return moves;
}

/** Where the value beside a row may be whenever one looks. */
const anywhere = ({ moved, values }: Tracked, met: Met): readonly number[] =>
  values.flatMap((value, at) =>
    moved === undefined || value === null || [...(met.may.get(moved.id) ?? [])].some((state) => state === value) ? [at] : [],
  );

async function tableBy(
  variables: readonly Variable[],
  reads: readonly number[],
  strength: (values: readonly number[]) => Promise<Strength>,
): Promise<Pick<Move, 'reads' | 'table'>> {
  const radices = reads.map((at) => variables[at]?.values.length ?? 1);
  const table = new Uint8Array(radices.reduce((size, radix) => size * radix, 1));
  await Promise.all(
    Array.from(table, async (_, at) => {
      const values: number[] = [];
      let rest = at;
      for (const radix of [...radices].reverse()) {
        values.unshift(rest % radix);
        rest = Math.floor(rest / radix);
      }
      table[at] = strengthNo[await strength(values)];
    }),
  );
  return { reads, table };
}

function* startsOf(tracked: readonly Tracked[]): Generator<readonly number[]> {
  const [each, ...others] = tracked;
  if (each === undefined) yield [];
  else for (const value of each.starts) for (const rest of startsOf(others)) yield [value, ...rest];
}
