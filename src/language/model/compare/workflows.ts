/**
 * Two versions of a workflow, transition by transition: callers may go every way that they went before, at the same address, or it is
 * told which one is closed. A guard that says something else may close a way; whether it does is for the gates to say.
 */
import { canonicalJson, type Json, type WorkflowContract, type WorkflowTransition } from '#kernel';
import type { ContractDifference } from './contract-difference.ts';

export function compareWorkflows(key: string, was: WorkflowContract, now: WorkflowContract): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  const tell = (member: string, change: string, compatible: boolean): void =>
    void differences.push({ member: member === '' ? key : `${key}#${member}`, change, compatible });
  if (was.name !== now.name) tell('', `was called ${was.name}`, true);
  if (was.on !== now.on || was.field !== now.field) tell('field', 'is of another field', false);
  if (was.starts !== now.starts) tell('starts', 'rows begin in another state', false);
  if (differ(was.ends, now.ends)) tell('ends', 'rows may stay in other states', true);
  if (differ(was.never, now.never)) tell('never', 'other orders of states never happen', true);
  const before = new Map(was.transitions.map((transition) => [transition.id, transition]));
  const after = new Map(now.transitions.map((transition) => [transition.id, transition]));
  for (const { id, name, after: due } of was.transitions) if (!after.has(id)) tell(`transition/${name}`, 'is gone', due !== undefined);
  for (const transition of now.transitions) {
    const old = before.get(transition.id);
    const member = `transition/${transition.name}`;
    if (old === undefined) tell(member, 'is new', true);
    else if (differ(old, transition)) for (const [change, compatible] of between(old, transition)) tell(member, change, compatible);
  }
  const order = (contract: WorkflowContract): readonly string[] =>
    contract.transitions.map(({ id }) => id).filter((id) => before.has(id) && after.has(id));
  if (differ(order(was), order(now))) tell('transition', 'are tried in another order', true);
  return differences;
}

function between(was: WorkflowTransition, now: WorkflowTransition): readonly (readonly [string, boolean])[] {
  const made: (readonly [string, boolean])[] = [];
  // Nobody calls what the clock makes.
  const called = was.after === undefined;
  if (was.name !== now.name) made.push([`was called ${was.name}`, !called]);
  if (differ([...was.from].sort(), [...now.from].sort()))
    made.push(['leads away from other states', !called || was.from.every((state) => now.from.includes(state))]);
  if (was.to !== now.to) made.push(['leads to another state', !called]);
  if (differ(was.when ?? null, now.when ?? null))
    made.push([now.when === undefined ? 'has no guard any more' : was.when === undefined ? 'has a guard' : 'has another guard', true]);
  if ((was.message ?? '') !== (now.message ?? '')) made.push(['says something else where its guard does not hold', true]);
  if (differ(was.roles, now.roles)) {
    const excluded = now.roles.length > 0 && (was.roles.length === 0 || was.roles.some((role) => !now.roles.includes(role)));
    made.push([`may be made by ${now.roles.join(', ') || 'whoever may write'}`, !excluded]);
  }
  if (differ(was.after ?? null, now.after ?? null))
    made.push([
      now.after === undefined ? 'is made by callers, not by the clock' : `is made by the clock after ${now.after.count} ${now.after.unit}`,
      !called || now.after === undefined,
    ]);
  return made.length > 0 ? made : [['is written otherwise', true]];
}

const differ = (was: unknown, now: unknown): boolean => canonicalJson(was as Json) !== canonicalJson(now as Json);
