/**
 * What is asked of a workflow once its states are known, and what may be answered. More may have been looked at than may happen, where a
 * guard could not be decided: then "never" holds all the same, and "is reached" or "is not stuck" is unknown.
 */
import type { Finding, PermanentId, WorkflowContract } from '#kernel';
import { statesNamed } from '#model';
import { inWords } from './in-words.ts';
import { broken } from './machine.ts';
import type { MachineOf } from './machine-of.ts';
import { comesTo, reachedBy, type Reached } from './paths.ts';
import type { Explored } from './search.ts';
import type { States } from './surroundings.ts';

export interface Looked {
  readonly workflow: WorkflowContract;
  readonly states: States;
  readonly of: MachineOf;
  readonly explored: Explored;
  /** Of rows that were there before, and not of those that are created now. */
  readonly before?: string;
}
interface View extends Looked {
  readonly can: Reached;
  readonly may: Reached;
  readonly bound: string;
}
export function viewOf(looked: Looked): View {
  const { explored } = looked;
  return { ...looked, can: reachedBy(explored, 'can'), may: reachedBy(explored, 'may'), bound: boundOf(looked) };
}
function boundOf({ explored, of }: Looked): string {
  const { states, depth, endedBy } = explored;
  const said = [
    endedBy === undefined
      ? `all ${states.toLocaleString('en')} ${states === 1 ? 'state' : 'states'}, ${explored.to.length.toLocaleString('en')} moves, depth ${depth}`
      : `bounded: it ended at ${endedBy}, ${states.toLocaleString('en')} states seen, depth ${depth}`,
    ...(of.beside.length === 0 ? [] : [`with one row each of ${of.beside.join(', ')} beside it`]),
    ...(of.doubts.length === 0 ? [] : [`more was looked at than may happen, for ${of.doubts.slice(0, 3).join('; ')}`]),
  ];
  return said.join('; ');
}
/** The first state, in order of its distance from a start, of which this holds. */
function firstWhere({ explored }: Looked, reached: Reached, holds: (values: Int32Array, state: number) => boolean): number | undefined {
  for (let state = 0; state < explored.states; state += 1)
    if (reached.by[state] !== -2 && holds(explored.valuesOf(state), state)) return state;
  return undefined;
}
const way = (view: View, reached: Reached, state: number): string =>
  `${view.before === undefined ? '' : `${view.before}: `}${inWords(view.explored, reached, state)}`;
const found = (view: View, statement: string, verdict: Finding['verdict'], shownBy: Finding['shownBy'], witness?: string): Finding => ({
  statement: `${view.workflow.name}: ${statement}`,
  verdict,
  shownBy,
  bound: view.bound,
  ...(witness === undefined ? {} : { witness }),
});

/** Whether every state that it names is come to. */
export function allReached(view: View, reasons: (state: PermanentId) => string): readonly Finding[] {
  const { workflow, states, explored } = view;
  const open: Finding[] = [];
  for (const state of statesNamed(workflow)) {
    const no = states.ids.indexOf(state);
    if (firstWhere(view, view.can, ([value]) => value === no) !== undefined) continue;
    const doubtful = firstWhere(view, view.may, ([value]) => value === no);
    if (doubtful !== undefined)
      open.push(
        found(
          view,
          `whether a row ever comes to ${states.name(state)} is not known`,
          'unknown',
          'not-shown',
          way(view, view.may, doubtful),
        ),
      );
    else if (explored.endedBy !== undefined)
      open.push(found(view, `no row was seen to come to ${states.name(state)}`, 'unknown', 'not-shown'));
    else open.push(found(view, `no row ever comes to ${states.name(state)}: ${reasons(state)}`, 'fail', 'exhausted'));
  }
  if (open.length > 0) return open;
  return [found(view, `each of its states is come to from ${states.name(workflow.starts)}`, 'pass', 'exhausted')];
}

/** Whether an end can be come to from wherever a row is; where none is named, whether it can always go on. */
export function noneStuck(view: View): readonly Finding[] {
  const { workflow, states, explored } = view;
  const ends = new Set(workflow.ends.map((state) => states.ids.indexOf(state)));
  const goesOn = (least: number): ((values: Int32Array) => boolean) => {
    const leaves = new Set<number>();
    for (let edge = 0; edge < explored.to.length; edge += 1)
      if ((explored.strength[edge] ?? 0) >= least && explored.machine.moves[explored.by[edge] ?? 0]?.of === undefined)
        leaves.add(sourceState(explored, edge));
    return ([value]) => leaves.has(value ?? -1);
  };
  const isEnd = (least: number): ((values: Int32Array) => boolean) => (ends.size > 0 ? ([value]) => ends.has(value ?? -1) : goesOn(least));
  const may = comesTo(explored, isEnd(1), 'may');
  const can = comesTo(explored, isEnd(2), 'can');
  const told = new Set<number>();
  const open: Finding[] = [];
  const what = ends.size > 0 ? 'comes to an end' : 'goes on';
  const who = view.before === undefined ? 'a row' : 'a row from before';
  const each = (reached: Reached, comes: Uint8Array, verdict: 'fail' | 'unknown'): void => {
    for (let state = 0; state < explored.states; state += 1) {
      if (reached.by[state] === -2 || comes[state] === 1) continue;
      const value = explored.valuesOf(state)[0] ?? 0;
      if (told.has(value)) continue;
      told.add(value);
      const name = states.name(states.ids[value] ?? workflow.starts);
      const statement =
        verdict === 'fail' ? `${who} that is ${name} never ${what}` : `whether ${who} that is ${name} always ${what} is not known`;
      open.push(found(view, statement, verdict, verdict === 'fail' ? 'exhausted' : 'not-shown', way(view, reached, state)));
    }
  };
  if (explored.endedBy === undefined) {
    each(view.can, may, 'fail');
    each(view.may, can, 'unknown');
  } else if (can.some((comes) => comes === 0))
    open.push(found(view, `whether ${who} always ${what} was not seen to the end`, 'unknown', 'not-shown'));
  else open.push(found(view, `of what was seen, every row ${what}; the rest was not seen`, 'unknown', 'not-shown'));
  if (open.length > 0) return open;
  return [
    found(
      view,
      ends.size > 0 ? `from wherever ${who} is, an end can be come to` : `wherever ${who} is, it can go on; no end is named`,
      'pass',
      'exhausted',
    ),
  ];
}
function sourceState({ first, states, valuesOf }: Explored, edge: number): number {
  let [low, high] = [0, states];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((first[middle] ?? 0) <= edge) low = middle;
    else high = middle - 1;
  }
  return valuesOf(low)[0] ?? -1;
}

/** Whether the orders that must never be are never. */
export const neverHappens = (view: View): readonly Finding[] =>
  view.workflow.never.map(({ statement }, at) => {
    const variable = view.of.orders[at] ?? -1;
    const isBroken = (values: Int32Array): boolean => values[variable] === broken;
    const shown = firstWhere(view, view.can, isBroken);
    if (shown !== undefined) return found(view, `${statement}: but it can be`, 'fail', 'exhausted', way(view, view.can, shown));
    const doubtful = firstWhere(view, view.may, isBroken);
    if (doubtful !== undefined) return found(view, `${statement}: not known`, 'unknown', 'not-shown', way(view, view.may, doubtful));
    return view.explored.endedBy === undefined
      ? found(view, `${statement}${view.before === undefined ? '' : ', of rows that are there as well'}`, 'pass', 'exhausted')
      : found(view, `${statement}: nothing that was seen speaks against it, and not all was seen`, 'unknown', 'not-shown');
  });
