/** One file to its declaration: head, shape, literal data, places. A function of path and text alone; never throws on any text. */
import type { DataAccess, PermanentId } from '#kernel';
import { componentKey, isTestPath, kindOfPath, pathOf } from '../paths.ts';
import { label } from '../names.ts';
import type { Outline } from '../reading.ts';
import type { Declaration, Declared, DeclaredColumn, DeclaredInvariant, IdPlace, Named } from './declared.ts';
import { declareTests } from './declare-tests.ts';
import { fieldsOf, idIn } from './fields-of.ts';
import { headOf } from './head-of.ts';
import { membersOf, numberIn, objectIn, textIn, textsIn, jsonOf, type Members } from './literal.ts';
import { checkName } from './name-rules.ts';
import { checkBody } from './operation-body.ts';
import { operationCode } from './operation-code.ts';
import { outlineOf } from './outline-of.ts';
import { collector, type Reporter } from './reporter.ts';
import { syntaxOf, type Expression, type ObjectExpression, type Syntax } from './syntax.ts';
import { withinCaps } from './text-caps.ts';

interface Context { readonly path: string; readonly text: string; readonly report: Reporter; readonly ids: IdPlace[]; readonly syntax: Syntax; readonly sdk: ReadonlyMap<string, string> }

const noHead = { what: '', why: '', change: '', generator: '', date: '' };
const nothing: Omit<Declared, 'path' | 'found'> = { head: noHead, outline: {}, ids: [], sdk: new Map(), imports: new Map() };

export function declare(path: string, text: string): Declared {
  const { report, found } = collector();
  const kind = kindOfPath(path);
  if (kind === undefined || !/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(path)) {
    report(0, 'a system holds theseus.json and components: entities/<name>.ts, rules/<name>.ts, operations/<name>.ts, views/<name>.ts, and tests beside them (<name>.test.ts), in kebab-case');
    return { path, found, ...nothing };
  }
  if (!withinCaps(text, report)) return { path, found, ...nothing };
  try {
    return isTestPath(path) ? testFile(path, text, report, found) : componentFile(path, text, report, found);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(0, 'the file is nested too deeply to be read; give the inner parts names of their own');
    return { path, found, ...nothing };
  }
}

function testFile(path: string, text: string, report: Reporter, found: Declared['found']): Declared {
  const syntax = syntaxOf(path, text, ['examples'], false, report);
  if (syntax === undefined) return { path, found, ...nothing };
  return { path, found, ...nothing, sdk: syntax.sdk, imports: syntax.imports, declaration: declareTests(syntax, report) };
}

function componentFile(path: string, text: string, report: Reporter, found: Declared['found']): Declared {
  const kind = kindOfPath(path);
  const kinds = kind === 'rule' ? ['rule', 'approval'] : [kind ?? 'entity'];
  const syntax = syntaxOf(path, text, kinds, kind === 'operation', report);
  if (syntax === undefined) return { path, found, ...nothing };
  const head = headOf(syntax.comment, report);
  const ids: IdPlace[] = [];
  const definition = syntax.call.arguments[0];
  let declaration: Declaration | undefined;
  let outline: Outline = {};
  if (definition === undefined || definition.type !== 'ObjectExpression' || syntax.call.arguments.length !== 1) report(syntax.callStart, `${syntax.kind} takes one object literal: ${syntax.kind}({ ... })`);
  else {
    outline = outlineOf(syntax, definition);
    const context: Context = { path, text, report, ids, syntax, sdk: syntax.sdk };
    if (syntax.kind === 'entity') declaration = entityOf(definition, context);
    else if (syntax.kind === 'rule') declaration = decisionOf(definition, context);
    else if (syntax.kind === 'approval') declaration = approvalOf(definition, context);
    else if (syntax.kind === 'operation') declaration = operationOf(definition, context);
    else declaration = viewOf(definition, context);
  }
  if (declaration !== undefined && declaration.kind !== 'tests' && pathOf(declaration.kind, declaration.name) !== path) {
    report(syntax.callStart, `${componentKey(declaration.kind, declaration.name)} must stand in ${pathOf(declaration.kind, declaration.name)}, so that its name tells where it is`);
  }
  return { path, head, outline, ids, sdk: syntax.sdk, imports: syntax.imports, found, ...(declaration === undefined ? {} : { declaration }) };
}

/** A text member with its place, for what is looked up later. */
function named(members: Members, name: string, context: Context, needed?: { readonly start: number }): Named | undefined {
  const text = textIn(members, name, context.report, needed);
  return text === undefined ? undefined : { name: text, start: members.get(name)?.value.start ?? 0 };
}
function namedList(members: Members, name: string, context: Context): readonly Named[] {
  const start = members.get(name)?.value.start ?? 0;
  return textsIn(members, name, context.report).map((text) => ({ name: text, start }));
}
function identity(members: Members, prefix: string, what: string, definition: ObjectExpression, context: Context): { readonly id: PermanentId; readonly name: string } | undefined {
  const id = idIn(members, 'id', [prefix], definition.start, context);
  const name = textIn(members, 'name', context.report, definition);
  if (name !== undefined) checkName(name, what, members.get('name')?.value.start ?? 0, context.report);
  return id === undefined || name === undefined ? undefined : { id, name };
}
function invariantsOf(members: Members, name: string, context: Context): readonly DeclaredInvariant[] {
  const node = objectIn(members, name, context.report);
  if (node === undefined) return [];
  const made: DeclaredInvariant[] = [];
  for (const member of membersOf(node, context.report).values()) {
    checkName(member.name, 'an invariant', member.start, context.report);
    if (member.value.type !== 'ObjectExpression') {
      context.report(member.value.start, "an invariant is { holds: (row) => ..., message: '...' }");
      continue;
    }
    const parts = membersOf(member.value, context.report, ['holds', 'message']);
    const holds = parts.get('holds')?.value;
    const message = textIn(parts, 'message', context.report, member.value);
    if (holds === undefined) context.report(member.value.start, 'holds is missing; add holds: (row) => ...');
    else if (message !== undefined) made.push({ name: member.name, holds, message, start: member.start });
  }
  return made;
}

function entityOf(node: ObjectExpression, context: Context): Declaration | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'plural', 'title', 'fields', 'retired', 'invariants']);
  const self = identity(members, 'e', 'an entity', node, context);
  if (self?.name === 'emit') report(members.get('name')?.value.start ?? 0, 'emit cannot be the name of an entity: it is what operations tell events with; take another word');
  const plural = textIn(members, 'plural', report, node);
  if (plural !== undefined) checkName(plural, 'many of an entity', members.get('plural')?.value.start ?? 0, report);
  if (plural === 'views' || plural === 'operations') report(members.get('plural')?.value.start ?? 0, `/api/${plural} is taken by the system; take another plural`);
  const fieldsNode = objectIn(members, 'fields', report);
  if (fieldsNode === undefined) report(node.start, 'fields is missing; add fields: { ... }');
  const fields = fieldsNode === undefined ? [] : fieldsOf(fieldsNode, { report, sdk: context.sdk, ids: context.ids, within: 'entity' });
  const title = named(members, 'title', context) ?? { name: fields[0]?.name ?? '', start: node.start };
  const retired = [];
  const retiredNode = objectIn(members, 'retired', report);
  if (retiredNode !== undefined) {
    for (const member of membersOf(retiredNode, report).values()) {
      if (member.value.type !== 'ObjectExpression') {
        report(member.value.start, "a retired field is { id: 'f_...', no: 1 }");
        continue;
      }
      const parts = membersOf(member.value, report, ['id', 'no']);
      const id = idIn(parts, 'id', ['f'], member.start, context);
      const no = numberIn(parts, 'no', report, 1, 536_870_911);
      if (no === undefined) report(member.start, 'a retired field keeps its number: no: ...');
      if (id === undefined || no === undefined) continue;
      retired.push({ id, no, name: member.name });
      const holder = fields.find((field) => field.no === no);
      if (holder !== undefined) report(holder.start, `${holder.name} has the number ${no} of the retired field ${member.name}; numbers are never given again: take the next free one`);
    }
  }
  const titleField = fields.find((field) => field.name === title.name);
  if (fields.length > 0 && (titleField === undefined || titleField.type.kind === 'list' || titleField.type.kind === 'json')) report(title.start, `title must be the name of a field that names a row to a person, not ${JSON.stringify(title.name)}`);
  const invariants = invariantsOf(members, 'invariants', context);
  if (self === undefined || plural === undefined || fieldsNode === undefined) return undefined;
  return { kind: 'entity', ...self, plural, title, fields, retired, invariants };
}

function decisionOf(node: ObjectExpression, context: Context): Declaration | undefined {
  const members = membersOf(node, context.report, ['id', 'name', 'on', 'governs', 'decide', 'ensures']);
  const self = identity(members, 'r', 'a rule', node, context);
  const on = named(members, 'on', context, node);
  const governs = named(members, 'governs', context, node);
  const decide = needed(members, 'decide', node, context);
  const ensures = invariantsOf(members, 'ensures', context);
  if (self === undefined || on === undefined || governs === undefined || decide === undefined) return undefined;
  return { kind: 'rule', form: 'decision', ...self, on, governs, decide, ensures };
}

function approvalOf(node: ObjectExpression, context: Context): Declaration | undefined {
  const members = membersOf(node, context.report, ['id', 'name', 'on', 'by', 'when', 'amount', 'before']);
  const self = identity(members, 'r', 'a rule', node, context);
  const on = named(members, 'on', context, node);
  const by = named(members, 'by', context, node);
  const before = named(members, 'before', context, node);
  const when = needed(members, 'when', node, context);
  const amount = members.get('amount')?.value;
  if (self === undefined || on === undefined || by === undefined || before === undefined || when === undefined) return undefined;
  return { kind: 'rule', form: 'approval', ...self, on, by, when, before, ...(amount === undefined ? {} : { amount }) };
}

function needed(members: Members, name: string, node: ObjectExpression, context: Context): Expression | undefined {
  const value = members.get(name)?.value;
  if (value === undefined) context.report(node.start, `${name} is missing; add ${name}: (row) => ...`);
  return value;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const accesses: readonly DataAccess[] = ['read', 'create', 'update', 'delete'];

function operationOf(node: ObjectExpression, context: Context): Declaration | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'on', 'http', 'input', 'output', 'capabilities', 'emits', 'calls', 'roles', 'transition', 'caps', 'run'], ['run']);
  const self = identity(members, 'o', 'an operation', node, context);
  const on = named(members, 'on', context);
  const run = members.get('run');
  if (run === undefined || !run.method || run.value.type !== 'FunctionExpression' || !run.value.async || run.value.generator) report(run?.start ?? node.start, 'the body is an async method: async run({ data, input }) { ... }');
  const http = objectIn(members, 'http', report);
  const parts = http === undefined ? new Map() as Members : membersOf(http, report, ['method', 'path', 'status']);
  const methodText = textIn(parts, 'method', report);
  const method = methods.find((candidate) => candidate === methodText);
  if (methodText !== undefined && method === undefined) report(parts.get('method')?.value.start ?? node.start, `method must be one of ${methods.join(', ')}`);
  const path = textIn(parts, 'path', report);
  const params = path?.match(/\{[^}]*\}/g) ?? [];
  if (path !== undefined && (!/^\/api(?:\/(?:[a-z0-9]+(?:-[a-z0-9]+)*|\{id\}))+$/.test(path) || params.length !== (on === undefined ? 0 : 1))) {
    report(parts.get('path')?.value.start ?? node.start, on === undefined ? "path must be such as '/api/orders/place': small letters, digits and -" : "path must be such as '/api/orders/{id}/cancel', with {id} once for the row that it acts on");
  }
  const status = numberIn(parts, 'status', report, 200, 299);
  const inputNode = objectIn(members, 'input', report);
  const fieldContext = { report, sdk: context.sdk, ids: context.ids, within: 'input' as const };
  const input = inputNode === undefined ? [] : fieldsOf(inputNode, fieldContext);
  const outputNode = objectIn(members, 'output', report);
  const outputs = outputNode === undefined ? undefined : membersOf(outputNode, report, ['row', 'fields']);
  const row = outputs === undefined ? undefined : named(outputs, 'row', context);
  const outputFields = outputs === undefined ? undefined : objectIn(outputs, 'fields', report);
  if (outputNode !== undefined && (row === undefined) === (outputFields === undefined)) report(outputNode.start, "output is { row: 'order' } or { fields: { ... } }");
  const capabilities = capabilitiesOf(members, context);
  const transition = transitionOf(members, context);
  if (transition !== undefined && on === undefined) report(members.get('transition')?.start ?? node.start, "a transition is of one row: say on: '...'");
  const capsNode = objectIn(members, 'caps', report);
  const caps = capsNode === undefined ? new Map() as Members : membersOf(capsNode, report, ['wallMs', 'capabilityCalls', 'rows', 'bytes']);
  const outline = operationCode(context.text, context.syntax, node, report);
  checkBody(context.syntax, report);
  for (const [name, target] of context.syntax.imports) report(target.start, `an operation calls what it needs through its capabilities; remove the import of ${name}`);
  if (self === undefined) return undefined;
  return {
    kind: 'operation', ...self,
    ...(on === undefined ? {} : { on }),
    http: { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }), ...(status === undefined ? {} : { status }), start: members.get('http')?.start ?? node.start },
    input,
    output: row !== undefined ? { row } : outputFields !== undefined ? { fields: fieldsOf(outputFields, fieldContext) } : null,
    capabilities,
    emits: textsIn(members, 'emits', report),
    calls: namedList(members, 'calls', context),
    roles: namedList(members, 'roles', context),
    ...(transition === undefined ? {} : { transition }),
    caps: {
      wallMs: numberIn(caps, 'wallMs', report, 1, 60_000) ?? 5_000,
      capabilityCalls: numberIn(caps, 'capabilityCalls', report, 1, 10_000) ?? 1_000,
      rows: numberIn(caps, 'rows', report, 1, 100_000) ?? 10_000,
      bytes: numberIn(caps, 'bytes', report, 1, 67_108_864) ?? 4_194_304,
    },
    code: outline,
  };
}

function capabilitiesOf(members: Members, context: Context): { entity: Named; access: DataAccess[]; sensitive: readonly Named[] }[] {
  const { report } = context;
  const node = objectIn(members, 'capabilities', report);
  if (node === undefined) return [];
  return [...membersOf(node, report).values()].map((member) => {
    const detailed = member.value.type === 'ObjectExpression' ? membersOf(member.value, report, ['access', 'sensitive']) : undefined;
    const list = detailed === undefined ? jsonOf(member.value, report) : textsIn(detailed, 'access', report);
    const access = accesses.filter((each) => Array.isArray(list) && list.includes(each));
    if (!Array.isArray(list) || list.length === 0 || list.some((each) => !accesses.some((known) => known === each))) report(member.value.start, `${member.name} needs a list of ${accesses.join(', ')}: ${member.name}: ['read']`);
    return { entity: { name: member.name, start: member.start }, access, sensitive: detailed === undefined ? [] : namedList(detailed, 'sensitive', context) };
  });
}

function transitionOf(members: Members, context: Context): { readonly field: Named; readonly from: readonly Named[]; readonly to: Named } | undefined {
  const node = objectIn(members, 'transition', context.report);
  if (node === undefined) return undefined;
  const parts = membersOf(node, context.report, ['field', 'from', 'to']);
  const field = named(parts, 'field', context, node);
  const to = named(parts, 'to', context, node);
  const from = namedList(parts, 'from', context);
  if (from.length === 0) context.report(node.start, "from names the states that it may start in: from: ['open']");
  return field === undefined || to === undefined ? undefined : { field, from, to };
}

const aggregates = ['sum', 'count', 'average', 'smallest', 'largest'] as const;

function viewOf(node: ObjectExpression, context: Context): Declaration | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'title', 'from', 'where', 'columns', 'order', 'limit', 'show']);
  const self = identity(members, 'v', 'a view', node, context);
  const from = named(members, 'from', context, node);
  const columnsNode = objectIn(members, 'columns', report);
  if (columnsNode === undefined) report(node.start, 'columns is missing; add columns: { name: { value: (row) => ... } }');
  const columns: DeclaredColumn[] = [];
  for (const member of columnsNode === undefined ? [] : membersOf(columnsNode, report).values()) {
    if (member.name !== 'id') checkName(member.name, 'a column', member.start, report);
    if (member.value.type !== 'ObjectExpression') {
      report(member.value.start, "a column is { label: '...', value: (row) => ... }");
      continue;
    }
    const parts = membersOf(member.value, report, ['label', 'value', 'aggregate']);
    const value = parts.get('value')?.value;
    const text = textIn(parts, 'aggregate', report);
    const aggregate = aggregates.find((candidate) => candidate === text);
    if (text !== undefined && aggregate === undefined) report(parts.get('aggregate')?.value.start ?? member.start, `aggregate must be one of ${aggregates.join(', ')}`);
    if (value === undefined && aggregate !== 'count') report(member.start, `${member.name} needs value: (row) => ...; only a count has none`);
    columns.push({ name: member.name, start: member.start, label: textIn(parts, 'label', report) ?? label(member.name), ...(value === undefined ? {} : { value }), ...(aggregate === undefined ? {} : { aggregate }) });
  }
  if (columnsNode !== undefined && columns.length === 0) report(columnsNode.start, 'a view shows at least one column');
  const order = namedList(members, 'order', context);
  for (const entry of order) if (!columns.some((column) => column.name === entry.name.replace(/^-/, ''))) report(entry.start, `order names the columns of the view, with - for largest first; ${JSON.stringify(entry.name)} is none`);
  const limit = numberIn(members, 'limit', report, 1, 10_000);
  const show = textIn(members, 'show', report) ?? 'table';
  if (show !== 'table' && show !== 'number') report(members.get('show')?.value.start ?? node.start, "show is 'table' or 'number'");
  const where = members.get('where')?.value;
  if (self === undefined || from === undefined || columnsNode === undefined) return undefined;
  return { kind: 'view', ...self, title: textIn(members, 'title', report) ?? label(self.name), from, columns, order, show: show === 'number' ? 'number' : 'table', ...(where === undefined ? {} : { where }), ...(limit === undefined ? {} : { limit }) };
}
