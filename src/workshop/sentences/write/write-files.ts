/**
 * The texts of a candidate: what differs between the system as it was read and as it will be, in house style. New
 * components are printed whole; in old ones only the members that changed are replaced.
 */
import {
  type AccessRule,
  type BodyContract,
  canonicalJson,
  type Contract,
  type Json,
  hasBody,
  type OperationContract,
  type ViewContract,
  type WorkflowContract,
} from '#kernel';
import {
  contractsOf,
  type Doc,
  type Head,
  editSource,
  laidOut,
  namesOf,
  type OperationBody,
  parameterName,
  pathOf,
  type PrintContext,
  printEntity,
  printOperation,
  printRule,
  printUnasked,
  printView,
  printWorkflow,
  workflowMembers,
  quoted,
  type ReadComponent,
  type SourceEdit,
  type SourceFiles,
  type SystemModel,
  type SystemReading,
  testPathOf,
} from '#model';
import { nodesOf } from '#rules';
import { scheduleWords } from '../grammar/schedules.ts';
import { CAUGHT } from '../echo/unasked.ts';
import { capitalised } from '../names.ts';
import { printFunction } from '#rules/print';
import type { Expression } from '#kernel';
import { entityEdits, governedTexts } from './entity-edits.ts';
import { changedHead, newHead, type Reason } from './heads.ts';

export interface Writing {
  readonly reading: Extract<SystemReading, { ok: true }>;
  readonly sources: SourceFiles;
  readonly model: SystemModel;
  readonly reason: Reason;
  /** Bodies of the operations that are new, by name. */
  readonly bodies: ReadonlyMap<string, OperationBody>;
  /** What a new component is, by kind and name. */
  readonly whats: ReadonlyMap<string, string>;
  /** Fields that got another name: operations name them in their text. */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly entity: string }[];
}
export type Files = { [path: string]: string | null };

export function writeFiles(writing: Writing): Files {
  const files: Files = {};
  const before = new Map(writing.reading.components.map((component) => [component.contract.id, component]));
  const after = new Map(contractsOf(writing.model).map((contract) => [contract.id, contract]));
  for (const [id, component] of before) {
    const contract = after.get(id);
    if (contract !== undefined) continue;
    files[component.path] = null;
    const tests = testPathOf(component.path);
    if (writing.sources[tests] !== undefined) files[tests] = null;
  }
  for (const [id, contract] of after) {
    const component = before.get(id);
    const text = component === undefined ? created(writing, contract) : changed(writing, component, contract);
    if (text !== undefined) files[component?.path ?? pathOf(contract.kind, contract.name)] = text;
  }
  return files;
}

function created(writing: Writing, contract: Contract): string | undefined {
  const context: PrintContext = {
    head: newHead(writing.whats.get(`${contract.kind}/${contract.name}`) ?? `${contract.name}.`, writing.reason),
    model: writing.model,
  };
  switch (contract.kind) {
    case 'entity':
      return printEntity(contract, { ...context, ...governedTexts(writing.model, contract) });
    case 'rule':
      return printRule(contract, context);
    case 'workflow':
      return printWorkflow(contract, context);
    case 'view':
      return printView(contract, context);
    case 'operation': {
      const body = writing.bodies.get(contract.name);
      return body === undefined ? undefined : printOperation(contract, body, context);
    }
    case 'reaction':
    case 'job': {
      const body = writing.bodies.get(contract.name);
      return body === undefined ? undefined : printUnasked(contract, body, context);
    }
  }
}

function changed(writing: Writing, component: ReadComponent, contract: Contract): string | undefined {
  const text = writing.sources[component.path];
  if (text === undefined) return undefined;
  const context: PrintContext = { head: component.head, model: writing.model };
  const edits = editsOf(writing, component, contract, context);
  const renamed = hasBody(contract) ? withNewNames(writing, text, contract) : text;
  if (edits.length === 0) return renamed === text ? undefined : renamed;
  const head: SourceEdit = { kind: 'head', head: changedHead(withTimes(component.head, contract), writing.reason) };
  const made = editSource(text, component.outline, [...edits, head]);
  return hasBody(contract) ? withNewNames(writing, made, contract) : made;
}
/** The head of a job that a sentence wrote says when it runs. */
function withTimes(head: Head, contract: Contract): Head {
  const when = contract.kind === 'job' ? scheduleWords(contract.schedule.cron) : undefined;
  if (contract.kind !== 'job' || when === undefined) return head;
  const { timeZone, catchUp } = contract.schedule;
  return {
    ...head,
    what: head.what
      .replace(/^[^,]+ in the time zone "[^"]+"(?=, for each of )/, `${capitalised(when)} in the time zone "${timeZone ?? ''}"`)
      .replace(/; [^;]+ made up for\.$/, `; ${CAUGHT[catchUp]}.`),
  };
}
function editsOf(writing: Writing, component: ReadComponent, contract: Contract, context: PrintContext): readonly SourceEdit[] {
  const old = component.contract;
  const base = writing.reading.model;
  if (contract.kind === 'entity' && old.kind === 'entity')
    return entityEdits(base, old, writing.model, contract, context, component.outline);
  if (contract.kind === 'workflow' && old.kind === 'workflow') return workflowEdits(writing, old, contract, context);
  const renames = renamedMembers(writing, contract);
  if (old === contract || canonicalJson(old) === canonicalJson(contract)) return renames;
  if (contract.kind === 'rule' && old.kind === 'rule') {
    const edits: SourceEdit[] = [];
    const set = (member: string, expression: Expression, typed: boolean): number =>
      edits.push({ kind: 'set', member, value: functionDoc(writing.model, contract.on, expression, typed) });
    if (contract.form === 'decision' && old.form === 'decision' && canonicalJson(contract.decide) !== canonicalJson(old.decide))
      set('decide', contract.decide, true);
    if (contract.form === 'approval' && old.form === 'approval') {
      if (canonicalJson(contract.when) !== canonicalJson(old.when)) set('when', contract.when, false);
      if (contract.amount !== undefined && canonicalJson(contract.amount) !== canonicalJson(old.amount))
        set('amount', contract.amount, false);
    }
    if (contract.form === 'access' && old.form === 'access') edits.push(...accessEdits(writing.model, old, contract));
    return [...edits, ...renames];
  }
  if (contract.kind === 'operation' && old.kind === 'operation') {
    const edits: SourceEdit[] = [];
    const list = (names: readonly string[]): Doc => ({ list: names.map(quoted) });
    if (canonicalJson(contract.roles) !== canonicalJson(old.roles))
      edits.push({ kind: 'set', member: 'roles', value: list(contract.roles) });
    if (canonicalJson(contract.transition ?? null) !== canonicalJson(old.transition ?? null) && contract.transition !== undefined)
      edits.push({ kind: 'set', member: 'transition', value: transitionDoc(writing.model, contract) });
    else edits.push(...renames);
    return edits;
  }
  if (contract.kind === 'job' && old.kind === 'job') {
    const { cron, timeZone, catchUp } = contract.schedule;
    const members = [
      ['cron', quoted(cron)],
      ...(timeZone === undefined ? [] : [['timeZone', quoted(timeZone)] as const]),
      ['catchUp', quoted(catchUp)],
    ];
    return [{ kind: 'set', member: 'schedule', value: { object: members as (readonly [string, Doc])[] } }];
  }
  return contract.kind === 'view' && old.kind === 'view' ? viewEdits(writing.model, old, contract) : [];
}
/** The members that are written otherwise now. */
function workflowEdits(writing: Writing, old: WorkflowContract, now: WorkflowContract, context: PrintContext): readonly SourceEdit[] {
  const before = new Map(workflowMembers(old, { ...context, model: writing.reading.model }));
  const after = new Map(workflowMembers(now, context));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...[...after].flatMap(([member, value]): readonly SourceEdit[] => {
      const was = before.get(member);
      return was !== undefined && laidOut(was) === laidOut(value) ? [] : [{ kind: 'set', member, value }];
    }),
    ...gone.map((member): SourceEdit => ({ kind: 'remove', member })),
  ];
}
function accessEdits(model: SystemModel, old: AccessRule, rule: AccessRule): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const differs = (a: unknown, b: unknown): boolean => canonicalJson((a ?? null) as Json) !== canonicalJson((b ?? null) as Json);
  if (differs(old.roles, rule.roles)) edits.push({ kind: 'set', member: 'roles', value: { list: rule.roles.map(quoted) } });
  if (differs(old.rows, rule.rows)) edits.push({ kind: 'set', member: 'rows', value: functionDoc(model, rule.on, rule.rows, false) });
  if (rule.write === undefined && old.write !== undefined) edits.push({ kind: 'remove', member: 'write' });
  if (rule.write !== undefined && differs(old.write, rule.write))
    edits.push({ kind: 'set', member: 'write', value: functionDoc(model, rule.on, rule.write, false) });
  return edits;
}
function transitionDoc(model: SystemModel, operation: OperationContract): Doc {
  const { transition } = operation;
  const field = model.entities.find((entity) => entity.id === operation.on)?.fields.find((each) => each.id === transition?.field);
  const name = (id: string): string =>
    field?.type.kind === 'choice' ? (field.type.choices.find((choice) => choice.id === id)?.name ?? id) : id;
  return {
    object: [
      ['field', quoted(field?.name ?? '')],
      ['from', { list: (transition?.from ?? []).map((id) => quoted(name(id))) }],
      ['to', quoted(name(transition?.to ?? ''))],
    ],
  };
}
/** Members that name a field, where the field got another name: contracts hold its id and are as before. */
function renamedMembers(writing: Writing, contract: Contract): readonly SourceEdit[] {
  const nameIn = (model: SystemModel, entity: string | undefined, id: string): string | undefined =>
    model.entities.find((each) => each.id === entity)?.fields.find((field) => field.id === id)?.name;
  const changed = (entity: string | undefined, id: string): string | undefined => {
    const now = nameIn(writing.model, entity, id);
    return now === nameIn(writing.reading.model, entity, id) ? undefined : now;
  };
  if (contract.kind === 'operation' && contract.transition !== undefined && changed(contract.on, contract.transition.field) !== undefined)
    return [{ kind: 'set', member: 'transition', value: transitionDoc(writing.model, contract) }];
  if (contract.kind !== 'rule' || contract.form === 'access') return [];
  const now = changed(contract.on, contract.form === 'approval' ? contract.before : contract.governs);
  return now === undefined ? [] : [{ kind: 'set', member: contract.form === 'approval' ? 'before' : 'governs', value: quoted(now) }];
}
function viewEdits(model: SystemModel, old: ViewContract, view: ViewContract): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  if (view.where !== undefined && canonicalJson(view.where) !== canonicalJson(old.where ?? null))
    edits.push({ kind: 'set', member: 'where', value: functionDoc(model, view.from, view.where, false) });
  for (const column of view.columns) {
    const before = old.columns.find((each) => each.name === column.name);
    if (before === undefined || canonicalJson(before.value) === canonicalJson(column.value)) continue;
    edits.push({ kind: 'set', member: `columns/${column.name}/value`, value: functionDoc(model, view.from, column.value, false) });
  }
  return edits;
}
const reads = (expression: Expression, input: string): boolean =>
  [...nodesOf(expression)].some((node) => node.node === 'input' && node.name === input);
function functionDoc(model: SystemModel, on: string, expression: Expression, typed: boolean): Doc {
  const entity = model.entities.find((each) => each.id === on);
  const name = parameterName(entity?.name ?? 'row');
  return (indent, column) =>
    printFunction(expression, namesOf(model), {
      inputs: { row: name, ...(reads(expression, 'caller') ? { caller: 'caller' } : {}) },
      indent,
      column,
      parameters: (inputs) => {
        const asks = inputs.has('caller') ? [inputs.get('caller')] : [];
        const row = `${inputs.get('row') ?? name}${typed ? `: Row<'${entity?.name ?? ''}'>` : ''}`;
        return `(${reads(expression, 'row') ? [row, ...asks].join(', ') : asks.length > 0 ? ['_row', ...asks].join(', ') : ''})`;
      },
    });
}
/** Members that got another name, in the text of an operation that may touch their entity. */
function withNewNames(writing: Writing, text: string, contract: BodyContract): string {
  const on = contract.kind === 'operation' ? contract.on : undefined;
  return writing.renamed.reduce((made, { from, to, entity }) => {
    const touched = on === entity || contract.capabilities.some((capability) => capability.kind === 'data' && capability.entity === entity);
    if (!touched) return made;
    const start = made.indexOf('async run');
    const body = made
      .slice(start)
      // Not what the operation itself is given: its own input keeps its names.
      .replaceAll(new RegExp(`(?<=(?<!\\binput)[.])${from}\\b|(?<=[{,(]\\s*)${from}(?=:)`, 'g'), to)
      .replaceAll(/(?<!\b(?:const|let)\s*)\{[^{}]*\}(?!\s*(?:=|of\b))/g, (object) =>
        object.replace(new RegExp(`(?<=[{,]\\s*)${from}(?=\\s*[,}])`), `${to}: ${from}`),
      );
    return made.slice(0, start) + body.replaceAll(`{ field: '${from}', op: `, `{ field: '${to}', op: `);
  }, text);
}
