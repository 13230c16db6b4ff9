/** A workflow to its contract: states and roles looked up, guards compiled. */
import {
  type Choice,
  type Expression,
  type ForbiddenOrder,
  type PermanentId,
  type WorkflowContract,
  type WorkflowTransition,
} from '#kernel';
import { nodesOf } from '#rules';
import { orderInWords } from '../workflow-words.ts';
import { checkRole } from './check-role.ts';
import type { DeclaredOrder, DeclaredTransition, DeclaredWorkflow, Named } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Linker } from './linker.ts';

/** The state of this name; reported where there is none. */
type StateOf = (name: Named) => PermanentId | undefined;

export function workflowContract(file: LinkedFile, declaration: DeclaredWorkflow, linker: Linker): WorkflowContract | undefined {
  const on = linker.entity(file, declaration.on);
  if (on === undefined) return undefined;
  const field = linker.shell(on.path)?.byName.get(declaration.field.name);
  const declared = on.declaration.fields.find(({ name }) => name === declaration.field.name);
  if (field === undefined || field.type.kind !== 'choice' || declared?.live !== undefined || declared?.fixed !== undefined) {
    file.report(declaration.field.start, `field must be a choice of ${declaration.on.name} that is stored: the state of its rows`);
    return undefined;
  }
  const { choices } = field.type;
  const stateOf: StateOf = (name) => {
    const choice = choices.find((each) => each.name === name.name);
    if (choice === undefined)
      file.report(name.start, `${field.name} has no choice ${name.name}; it has ${choices.map((known) => known.name).join(', ')}`);
    return choice?.id;
  };
  const starts = stateOf(declaration.starts);
  const ends = statesOf(declaration.ends, stateOf, file);
  const transitions = declaration.transitions.flatMap((each, at) => transitionOf(each, at, on.declaration.id, stateOf, file, linker) ?? []);
  const never = declaration.never.flatMap((each) => orderOf(each, stateOf, choices, declaration.on.name) ?? []);
  if (starts === undefined || transitions.length < declaration.transitions.length) return undefined;
  const { id, name } = declaration;
  return { kind: 'workflow', id, name, on: on.declaration.id, field: field.id, starts, ends, transitions, never };
}

function statesOf(names: readonly Named[], stateOf: StateOf, file: LinkedFile): readonly PermanentId[] {
  const states: PermanentId[] = [];
  for (const name of names) {
    const state = stateOf(name);
    if (state === undefined) continue;
    if (states.includes(state)) file.report(name.start, `${name.name} stands here twice; remove one`);
    else states.push(state);
  }
  return states;
}

function transitionOf(
  declared: DeclaredTransition,
  at: number,
  row: PermanentId,
  stateOf: StateOf,
  file: LinkedFile,
  linker: Linker,
): WorkflowTransition | undefined {
  const from = statesOf(declared.from, stateOf, file);
  const to = stateOf(declared.to);
  for (const role of declared.roles) checkRole(file, role, linker);
  if (to !== undefined && from.includes(to))
    file.report(declared.to.start, `${declared.name} leads from ${declared.to.name} to itself: a transition changes the state`);
  const when =
    declared.when === undefined
      ? undefined
      : linker.formula(file, `transition ${at}`, declared.when, row, { kind: 'boolean', optional: false }, 'caller');
  if (declared.after !== undefined && when !== undefined && readsCaller(when))
    file.report(declared.when?.start ?? declared.start, 'the clock makes this transition: there is no caller that its guard could ask for');
  if (to === undefined || from.length === 0 || (declared.when !== undefined && when === undefined)) return undefined;
  return {
    id: declared.id,
    name: declared.name,
    from,
    to,
    ...(when === undefined ? {} : { when }),
    ...(declared.message === undefined ? {} : { message: declared.message }),
    roles: declared.roles.map(({ name }) => name),
    ...(declared.after === undefined ? {} : { after: declared.after }),
  };
}

function readsCaller(expression: Expression): boolean {
  for (const node of nodesOf(expression)) if (node.node === 'input' && node.name === 'caller') return true;
  return false;
}

function orderOf(declared: DeclaredOrder, stateOf: StateOf, choices: readonly Choice[], entity: string): ForbiddenOrder | undefined {
  const reach = stateOf(declared.reach);
  const without = declared.without === undefined ? undefined : stateOf(declared.without);
  const after = declared.after === undefined ? undefined : stateOf(declared.after);
  if (reach === undefined) return undefined;
  const labelOf = (id: PermanentId): string => choices.find((choice) => choice.id === id)?.name ?? id;
  const order = without !== undefined ? { reach, without } : after !== undefined ? { reach, after } : undefined;
  return order === undefined ? undefined : { statement: declared.statement ?? orderInWords(order, entity, labelOf), ...order };
}
