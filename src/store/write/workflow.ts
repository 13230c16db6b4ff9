/**
 * Workflows, held to by every writer: a row begins where its workflow starts, and its state changes along a transition or not at all,
 * whoever writes it (a plain update, an operation, a reaction, a job, the clock). Promises: guards are asked of the row as it is before
 * the write, in the transaction of the write, so that of many who move one row at once one does. What is refused names the open ways.
 */
import {
  type Call,
  type Choice,
  type Expression,
  type Field,
  isRefusal,
  type Json,
  type PermanentId,
  type Refusal,
  refuse,
  systemCaller,
  type WorkflowContract,
  type WorkflowTransition,
} from '#kernel';
import type { SystemModel } from '#model';
import { noFaults } from '../invalid.ts';
import type { EntityPlan, WorkflowPlan } from '../prepare/entity-plan.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import type { Complete } from './complete.ts';
import type { Rows } from './rows.ts';

/** By which transition a row is to move: one of this name that is open, or the one that the clock makes of rows in this state. */
export type Way = { readonly name: string } | { readonly clock: PermanentId; readonly state: PermanentId };
/** A plain write says no more than where the row is to be. */
type Wanted = Way | { readonly to: PermanentId };

export interface Moving {
  readonly call: Call;
  readonly model: SystemModel;
  readonly rows: Pick<Rows, 'holds'>;
  readonly plan: EntityPlan;
  /** The operation, reaction or job that acts, where one does. */
  readonly by: PermanentId | undefined;
  /** Whether it may make moves that are open to whoever may write the entity. */
  readonly writes: boolean;
  /** Fields that the caller does not see: of their states it is told nothing. */
  readonly hidden: ReadonlySet<PermanentId>;
}

/** What was given for a new row, with the states in which rows begin where nothing was said of them. */
export function begun(plan: EntityPlan, values: PlainValues): PlainValues {
  const missing = plan.workflows.filter(({ field }) => (values[field.name] ?? null) === null);
  if (missing.length === 0) return values;
  const states = missing.map(({ field, contract }) => [field.name, stateName(field, contract.starts)]);
  return { ...values, ...(Object.fromEntries(states) as PlainValues) };
}

/** A row that would begin elsewhere. */
export function beginningFaults({ contract, workflows }: EntityPlan, made: Complete): { readonly [place: string]: string } {
  const faults = noFaults();
  for (const { field, contract: workflow } of workflows) {
    const starts = stateName(field, workflow.starts);
    if (made.values[field.name] !== starts) faults[field.name] = `must be ${starts}: every ${contract.name} begins there`;
  }
  return faults;
}

/** Why this update may not change the state of the row, or undefined. `taken`: the transition that is known to be open. */
export async function moveRefusal(
  moving: Moving,
  before: PlainRow,
  made: Complete,
  taken?: WorkflowTransition,
): Promise<Refusal | undefined> {
  for (const flow of moving.plan.workflows) {
    if (!made.changed.has(flow.field.name)) continue;
    const to = idOf(flow.field, made.values[flow.field.name]);
    if (to !== undefined && taken !== undefined && flow.contract.transitions.includes(taken)) continue;
    const { name } = moving.plan.contract;
    if (to === undefined)
      return refuse('conflict', `The ${flow.field.name} of this ${name} cannot be taken away.`, { field: flow.field.name });
    const chosen = await chosenWay(moving, flow, before, { to });
    if (isRefusal(chosen)) return chosen;
  }
  return undefined;
}

/** Why a caller may not move any row this way, wherever it stands; told before anything is told of a row. */
export function neverTheirs(moving: Moving, { contract }: WorkflowPlan, way: Way): Refusal | undefined {
  if ('clock' in way) return undefined;
  const named = contract.transitions.filter((each) => each.after === undefined && each.name === way.name);
  if (named.length === 0) return refuse('not-found', `The workflow ${contract.name} has no transition ${way.name}.`);
  if (named.some((each) => mayMake(moving, each))) return undefined;
  return onlyFor(moving, named, { workflow: contract.name });
}

/** The transition by which the row may go, or why it may not. A row that is in no state yet may begin. */
export async function chosenWay(moving: Moving, flow: WorkflowPlan, before: PlainRow, way: Wanted): Promise<WorkflowTransition | Refusal> {
  const { contract, field } = flow;
  const from = idOf(field, before[field.name]);
  if (from === undefined && !(await isInNoState(moving, field, before.id)))
    return refuse(
      'conflict',
      `This ${moving.plan.contract.name} is in a state that the generation that serves does not know; it stays there until one serves that does.`,
      { workflow: contract.name, field: field.name },
    );
  if (from === undefined && 'to' in way && way.to === contract.starts) return beginning(contract);
  const leaving = from === undefined ? [] : contract.transitions.filter((each) => each.from.includes(from));
  const wanted = leaving.filter((each) => isWanted(each, way, from));
  const mine = wanted.filter((each) => 'clock' in way || mayMake(moving, each));
  const open = await withGuardThatHolds(moving, before.id, mine);
  if (open[0] !== undefined) return open[0];
  const others = leaving.filter((each) => each.after === undefined && !mine.includes(each) && mayMake(moving, each));
  const ways = await withGuardThatHolds(moving, before.id, others);
  return refused(moving, flow, before, way, { wanted, mine, ways });
}

function isWanted({ id, name, to, after }: WorkflowTransition, way: Wanted, from: PermanentId | undefined): boolean {
  if ('clock' in way) return id === way.clock && from === way.state;
  return after === undefined && ('name' in way ? name === way.name : to === way.to);
}

/** A state of a generation that was taken back shows as none, and is kept all the same. */
async function isInNoState({ rows, plan }: Moving, { id, name, type }: Field, row: string): Promise<boolean> {
  const of: Expression = { node: 'input', name: 'row', type: { kind: 'row', of: plan.contract.id, optional: false } };
  const state: Expression = { node: 'field', of, field: name, id, type: { kind: 'choice', field: id, optional: true } };
  const asked: Expression = { node: 'absent', of: state, type: { kind: 'boolean', optional: false } };
  return type.kind !== 'choice' || (await rows.holds(plan, row, [asked]))[0] === true;
}

const beginning = ({ starts }: WorkflowContract): WorkflowTransition => ({ id: starts, name: 'begin', from: [], to: starts, roles: [] });

/** Those without a guard, and those whose guard holds of the row now: all in one question. */
async function withGuardThatHolds(
  { rows, plan }: Moving,
  id: string,
  transitions: readonly WorkflowTransition[],
): Promise<readonly WorkflowTransition[]> {
  const guards = transitions.flatMap(({ when }) => (when === undefined ? [] : [when]));
  const answers = guards.length === 0 ? [] : await rows.holds(plan, id, guards);
  return transitions.filter(({ when }) => when === undefined || answers[guards.indexOf(when)] === true);
}

/**
 * Roles are those of the caller. An operation whose contract says who may call it is right enough, and so is the contract of what
 * runs unasked: nobody calls that.
 */
function mayMake({ call, model, by, writes }: Moving, { roles }: WorkflowTransition): boolean {
  if (call.caller.id === systemCaller) return true;
  if (roles.length === 0) return writes;
  const operation = by === undefined ? undefined : model.operations.find(({ id }) => id === by);
  return (operation !== undefined && operation.roles.length > 0) || roles.some((role) => call.caller.roles.includes(role));
}

interface Found {
  readonly wanted: readonly WorkflowTransition[];
  readonly mine: readonly WorkflowTransition[];
  readonly ways: readonly WorkflowTransition[];
}
function onlyFor({ plan }: Moving, wanted: readonly WorkflowTransition[], evidence: { readonly [name: string]: Json }): Refusal {
  const roles = [...new Set(wanted.flatMap((each) => each.roles))];
  const who = roles.length === 0 ? 'a role that writes' : roles.join(' or ');
  return refuse('forbidden', `Only ${who} may ${spoken(wanted[0]?.name ?? 'move')} a row of ${plan.contract.plural}.`, {
    ...evidence,
    roles,
  });
}
function refused(moving: Moving, { contract, field }: WorkflowPlan, row: PlainRow, way: Wanted, { wanted, mine, ways }: Found): Refusal {
  const { plan, hidden } = moving;
  const { name } = plan.contract;
  const shown = !hidden.has(field.id);
  const is = row[field.name];
  const state = typeof is === 'string' ? is : null;
  const open = ways.map((each) => ({ name: each.name, to: stateName(field, each.to) }));
  const evidence = (more: { readonly [name: string]: Json } = {}): { readonly [name: string]: Json } => ({
    workflow: contract.name,
    field: field.name,
    ...(shown ? { is: state, open } : {}),
    ...more,
  });
  if (wanted.length > 0 && mine.length === 0) return onlyFor(moving, wanted, evidence());
  const guarded = mine[0];
  if (guarded !== undefined) {
    const message = mine.find((each) => each.message !== undefined)?.message;
    return refuse('conflict', message ?? `This ${name} may not ${spoken(guarded.name)} now.`, evidence({ transition: guarded.name }));
  }
  const goal = 'to' in way ? `become ${stateName(field, way.to)}` : 'name' in way ? spoken(way.name) : 'move by itself';
  const froms = 'name' in way ? contract.transitions.filter((each) => each.name === way.name).flatMap((each) => each.from) : [];
  const only =
    froms.length === 0 ? '' : ` That is possible only from ${[...new Set(froms)].map((each) => stateName(field, each)).join(' or ')}.`;
  if (!shown) return refuse('conflict', `This ${name} cannot ${goal} from the state that it is in.`, evidence());
  const ahead =
    state === null
      ? ` It begins as ${stateName(field, contract.starts)}.`
      : open.length === 0
        ? ' No way is open to you from there.'
        : ` From there you can ${open.map((each) => `${spoken(each.name)} (${each.to})`).join(', ')}.`;
  return refuse('conflict', `This ${name} is ${state ?? 'in no state'} and cannot ${goal}.${only}${ahead}`, evidence());
}
/** `putOnHold` as it is said: "put on hold". */
const spoken = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

/** What is due of the clock, since the row stands where it stands now: for the outbox, in the transaction that brought it there. */
export interface Due {
  readonly workflow: PermanentId;
  readonly transition: PermanentId;
  readonly state: PermanentId;
  /** The version of the row that entered the state, and when, in milliseconds since 1970. */
  readonly version: number;
  readonly since: number;
}
export function duesOf(plan: EntityPlan, made: Complete, after: PlainRow, since: number): readonly Due[] {
  return plan.workflows.flatMap(({ contract, field }) => {
    const state = made.changed.has(field.name) ? idOf(field, after[field.name]) : undefined;
    if (state === undefined) return [];
    return contract.transitions
      .filter((each) => each.after !== undefined && each.from.includes(state))
      .map((each) => ({ workflow: contract.id, transition: each.id, state, version: Number(after.version), since }));
  });
}

const choicesOf = ({ type }: Field): readonly Choice[] => (type.kind === 'choice' ? type.choices : []);
export const stateName = (field: Field, state: PermanentId): string => choicesOf(field).find(({ id }) => id === state)?.name ?? state;
const idOf = (field: Field, name: unknown): PermanentId | undefined => choicesOf(field).find((choice) => choice.name === name)?.id;
