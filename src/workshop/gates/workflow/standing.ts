/**
 * Where rows may stand from before a change, and what they may have been through: wherever the transitions of the workflow before lead,
 * guards left aside; where there was none, in any value of the choice, with a history that nobody knows.
 */
import type { PermanentId, WorkflowContract } from '#kernel';
import { broken, created, type Machine, type Monitor, seen as wasSeen, unseen } from './machine.ts';
import { explore } from './search.ts';
import { statesOf, type Surroundings, workflowGoverning } from './surroundings.ts';

export interface Standing {
  /** States that rows may be in. */
  readonly states: ReadonlySet<PermanentId>;
  /** What each may have been through: the values of the monitors by state; absent where nobody knows. */
  readonly histories?: readonly { readonly state: PermanentId; readonly seen: readonly number[] }[];
}

/** `orders`: what is asked of histories now. Undefined where no row was there before. */
export function standingBefore(workflow: WorkflowContract, before: Surroundings): Standing | undefined {
  const was = workflowGoverning(before, workflow.field);
  const states = statesOf(was ?? workflow, before);
  if (states === undefined) return undefined;
  if (was === undefined) return { states: new Set(states.ids) };
  const no = (state: PermanentId): number => states.ids.indexOf(state);
  const count = workflow.never.length;
  const monitors = workflow.never.map((order, at): Monitor => ({
    variable: at + 1,
    watches: 0,
    sees: no('without' in order ? order.without : order.after),
    reaches: no(order.reach),
    brokenBy: 'without' in order ? 'unseen' : 'seen',
  }));
  const machine: Machine = {
    variables: [{ name: 'state', values: states.ids }, ...monitors.map(() => ({ name: 'order', values: ['unseen', 'seen', 'broken'] }))],
    monitors,
    starts: [created(monitors, [no(was.starts), ...Array.from({ length: count }, () => unseen)])],
    moves: was.transitions.map(({ name, from, to }) => ({
      name,
      reads: [0],
      table: Uint8Array.from(states.ids, (state) => (from.includes(state) ? 2 : 0)),
      sets: [[0, no(to)]],
    })),
  };
  const explored = explore(machine, { states: 20_000, moves: 400_000, milliseconds: 1_000, now: () => performance.now() });
  const histories: { readonly state: PermanentId; readonly seen: readonly number[] }[] = [];
  for (let at = 0; at < explored.states; at += 1) {
    const [state, ...seen] = explored.valuesOf(at);
    const id = states.ids[state ?? 0];
    // An order that was broken before is no fault of what is done now: it counts as what it was before that.
    if (id !== undefined)
      histories.push({
        state: id,
        seen: seen.map((value, order) => (value !== broken ? value : monitors[order]?.brokenBy === 'unseen' ? unseen : wasSeen)),
      });
  }
  const reached = new Set(histories.map(({ state }) => state));
  return explored.endedBy === undefined ? { states: reached, histories } : { states: new Set(states.ids) };
}
