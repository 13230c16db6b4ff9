/**
 * The states that rows of several workflows come to, where the guards of some ask for the states of others: the least set that holds where
 * each starts and wherever a move of one leads while the others are in theirs. Any number of rows is looked at so, since whoever may write
 * may point one row at any other; two that wait for one another come to nothing.
 */
import type { PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { guardsOf, type Judged, judgeGuard, readsBeside, type StatesMet } from './guard.ts';
import type { Possible } from './possible.ts';
import { statesOf, type Surroundings } from './surroundings.ts';
import { isMade } from './makers.ts';

export interface Met extends StatesMet {
  /** How sure a transition is from a state, whatever rows beside it are in. */
  of(transition: WorkflowTransition, from: PermanentId): Judged;
}

/** The workflow, and those whose states its guards ask for, and theirs. */
export function connected(workflow: WorkflowContract, around: Surroundings): readonly WorkflowContract[] {
  const group = new Set([workflow]);
  for (const each of group) for (const other of around.workflows) if (!group.has(other) && asksFor(each, other, around)) group.add(other);
  return [...group];
}
const asksFor = (one: WorkflowContract, other: WorkflowContract, around: Surroundings): boolean =>
  one.transitions.some(({ when }) => when !== undefined && readsBeside(when, { ...around, workflows: [other] }).length > 0);

/** `standing`: by workflow, the states that rows may stand in from before. */
export async function statesMet(
  group: readonly WorkflowContract[],
  around: Surroundings,
  possible: Possible,
  standing: ReadonlyMap<PermanentId, ReadonlySet<PermanentId>> = new Map(),
): Promise<Met> {
  const may = new Map(group.map((workflow) => [workflow.id, new Set([workflow.starts, ...(standing.get(workflow.id) ?? [])])]));
  const can = new Map(group.map((workflow) => [workflow.id, new Set([workflow.starts])]));
  const judged = new Map<string, Judged>();
  const keyOf = (transition: WorkflowTransition, from: PermanentId): string => `${transition.id} ${from}`;
  const pairs = group.flatMap((workflow) =>
    workflow.transitions.flatMap((transition) =>
      transition.from
        .filter((from) => statesOf(workflow, around) !== undefined && isMade(workflow, transition, from, around))
        .map((from) => ({ workflow, transition, from, beside: asksBeside(transition, around) })),
    ),
  );
  for (let grown = true; grown;) {
    grown = false;
    const round = await Promise.all(
      pairs
        .filter(
          ({ workflow, transition, from, beside }) =>
            may.get(workflow.id)?.has(from) === true && (beside || !judged.has(keyOf(transition, from))),
        )
        .map(async ({ workflow, transition, from }) => ({
          transition,
          from,
          judged: await judgeGuard({ workflow, from, guards: guardsOf(transition), known: [] }, { may, can }, around, possible),
        })),
    );
    for (const each of round) judged.set(keyOf(each.transition, each.from), each.judged);
    for (const { workflow, transition, from } of pairs) {
      const strength = judged.get(keyOf(transition, from))?.strength ?? 'never';
      for (const [sets, reached] of [
        [may, strength !== 'never'],
        [can, strength === 'can'],
      ] as const) {
        const set = sets.get(workflow.id);
        if (!reached || set === undefined || !set.has(from) || set.has(transition.to)) continue;
        set.add(transition.to);
        grown = true;
      }
    }
  }
  return { may, can, of: (transition, from) => judged.get(keyOf(transition, from)) ?? { strength: 'never' } };
}
const asksBeside = ({ when }: WorkflowTransition, around: Surroundings): boolean =>
  when !== undefined && readsBeside(when, around).length > 0;
