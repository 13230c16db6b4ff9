/**
 * Where permanent ids and numbers stand in the text of a component, or would stand: one slot a thing that has an identity.
 * Why apart from the reading: what is handed in may lack them, and the reading refuses that. Loads oxc-parser: disposable process only.
 */
import { parseSync } from 'oxc-parser';
import type { IdPrefix } from '../identity.ts';
import { collector } from '../read/reporter.ts';
import { withinCaps } from '../read/text-caps.ts';
import { fieldKinds } from '../sdk-names.ts';
import { isNode, nodeIn, nodesIn, type SyntaxNode, textIn } from './syntax-walk.ts';

export interface Literal<Value> {
  readonly value: Value;
  readonly start: number;
}
/** An object literal that members can be put into; `empty` has none yet. A call without one gets it: `text()`. */
export interface Room {
  readonly at: number;
  readonly first: number | null;
  readonly bare: boolean;
}
export interface IdSlot {
  /** `''` the component, `fields/dueDate`, `fields/lines/item`, `fields/status/choices/open`, `retired/notes`. */
  readonly member: string;
  readonly prefix: IdPrefix;
  /** The member that holds the id: `id` or `itemId`; of a choice its own name. */
  readonly key: string;
  readonly id?: Literal<string>;
  readonly no?: Literal<number>;
  /** Numbers are given once among those of one group: `fields`, `input`, `fields/lines/fields`. */
  readonly group?: string;
  /** Where missing ids are written; of a choice the span of its value. */
  readonly room?: Room;
  readonly span?: { readonly start: number; readonly end: number };
  /** Of one that stands in a list of names: the list is written anew. */
  readonly listed?: string;
}
export interface IdSlots {
  readonly kind: string;
  readonly slots: readonly IdSlot[];
  readonly comment?: { readonly start: number; readonly end: number };
  /** Where `retired` is, or can be put in. */
  readonly retired?: Room;
  readonly definition: Room;
}

const prefixes: { readonly [kind: string]: IdPrefix } = {
  entity: 'e',
  rule: 'r',
  approval: 'r',
  access: 'r',
  operation: 'o',
  view: 'v',
  reaction: 'n',
  job: 'j',
  workflow: 'w',
};

/** Undefined where the text is no component that can be parsed: the reading says why. */
export function idSlots(path: string, text: string): IdSlots | undefined {
  const { report } = collector();
  if (!withinCaps(text, report)) return undefined;
  const result = parseSync(path, text, { lang: 'ts', sourceType: 'module', astType: 'ts', preserveParens: false });
  const program: unknown = result.program;
  if (result.errors.length > 0 || !isNode(program)) return undefined;
  const exported = nodesIn(program, 'body').find((statement) => statement.type === 'ExportDefaultDeclaration');
  const call = exported === undefined ? undefined : nodeIn(exported, 'declaration');
  const kind = call === undefined ? '' : calleeOf(call);
  const prefix = prefixes[kind];
  const definition = call === undefined ? undefined : nodesIn(call, 'arguments')[0];
  if (prefix === undefined || definition?.type !== 'ObjectExpression') return undefined;
  const slots: IdSlot[] = [{ member: '', prefix, ...idOf(definition, 'id'), room: roomIn(definition, text) }];
  const members = membersOf(definition);
  if (kind === 'entity') fieldSlots(members.get('fields'), 'fields', text, slots);
  if (kind === 'operation') {
    fieldSlots(members.get('input'), 'input', text, slots);
    const output = members.get('output');
    if (output !== undefined) fieldSlots(membersOf(output).get('fields'), 'output', text, slots);
    // `{ body: json({ ... }) }`: the one field that is the whole answer.
    fieldSlots(output, 'output', text, slots);
  }
  if (kind === 'workflow') transitionSlots(members.get('transitions'), text, slots);
  const retired = members.get('retired');
  if (kind === 'entity' && retired !== undefined)
    for (const [name, node] of membersOf(retired))
      slots.push({ member: `retired/${name}`, prefix: 'f', ...idOf(node, 'id'), ...numberOf(node), group: 'fields' });
  const comment = result.comments[0];
  return {
    kind,
    slots,
    definition: roomIn(definition, text),
    ...(retired?.type === 'ObjectExpression' ? { retired: roomIn(retired, text) } : {}),
    ...(comment === undefined || comment.type !== 'Block' || text.slice(0, comment.start).trim() !== ''
      ? {}
      : { comment: { start: comment.start, end: comment.end } }),
  };
}

function fieldSlots(node: SyntaxNode | undefined, group: string, text: string, slots: IdSlot[]): void {
  if (node?.type !== 'ObjectExpression') return;
  for (const [name, value] of membersOf(node)) {
    const kind = calleeOf(value);
    if (!fieldKinds.some((known) => known === kind)) continue;
    const [options, ...more] = nodesIn(value, 'arguments');
    if (more.length > 0 || (options !== undefined && options.type !== 'ObjectExpression')) continue;
    const member = `${group}/${name}`;
    const room = options === undefined ? { at: value.end - 1, first: null, bare: true } : roomIn(options, text);
    const whole = options ?? value;
    slots.push({ member, prefix: 'f', ...idOf(whole, 'id'), ...numberOf(whole), group, room });
    if (options === undefined) continue;
    const members = membersOf(options);
    if (kind === 'list') {
      slots.push({ member: `${member}/item`, prefix: 'e', ...idOf(options, 'itemId'), room });
      fieldSlots(members.get('fields'), `${member}/fields`, text, slots);
    }
    if (kind === 'choice') choiceSlots(members.get('choices'), `${member}/choices`, slots);
  }
}

/** Transitions are known by their name; of those that share one, by which of them it is. */
function transitionSlots(node: SyntaxNode | undefined, text: string, slots: IdSlot[]): void {
  if (node?.type !== 'ArrayExpression') return;
  const seen = new Map<string, number>();
  for (const item of nodesIn(node, 'elements')) {
    if (item.type !== 'ObjectExpression') continue;
    const given = membersOf(item).get('name');
    const name = (given === undefined ? undefined : literalText(given)) ?? '';
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const member = `transitions/${name}${count === 1 ? '' : `/${count}`}`;
    slots.push({ member, prefix: 't', ...idOf(item, 'id'), room: roomIn(item, text) });
  }
}

/** `{ open: 'c_...', paid: '' }`, or the names alone: `['open', 'paid']`. */
function choiceSlots(node: SyntaxNode | undefined, group: string, slots: IdSlot[]): void {
  if (node?.type === 'ObjectExpression')
    for (const [name, value] of membersOf(node)) {
      const given = literalText(value);
      slots.push({
        member: `${group}/${name}`,
        prefix: 'c',
        key: name,
        span: { start: value.start, end: value.end },
        ...(given === undefined || given === '' ? {} : { id: { value: given, start: value.start } }),
      });
    }
  if (node?.type !== 'ArrayExpression') return;
  for (const item of nodesIn(node, 'elements')) {
    const name = literalText(item);
    if (name !== undefined)
      slots.push({ member: `${group}/${name}`, prefix: 'c', key: name, span: { start: node.start, end: node.end }, listed: group });
  }
}

function membersOf(node: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  const members = new Map<string, SyntaxNode>();
  for (const property of nodesIn(node, 'properties')) {
    const key = nodeIn(property, 'key');
    const value = nodeIn(property, 'value');
    if (property.type !== 'Property' || key === undefined || value === undefined || property['computed'] === true) continue;
    const name = key.type === 'Identifier' ? textIn(key, 'name') : (literalText(key) ?? '');
    if (name !== '') members.set(name, value);
  }
  return members;
}

function calleeOf(node: SyntaxNode): string {
  const callee = node.type === 'CallExpression' ? nodeIn(node, 'callee') : undefined;
  return callee?.type === 'Identifier' ? textIn(callee, 'name') : '';
}

function roomIn(node: SyntaxNode, text: string): Room {
  const first = nodesIn(node, 'properties')[0];
  const at = node.start + 1;
  // A comment before the first member stays before what is put in.
  return { at, first: first === undefined ? null : text.slice(at, first.start).trim() === '' ? first.start : at, bare: false };
}

function idOf(node: SyntaxNode, key: string): Pick<IdSlot, 'key' | 'id'> {
  const value = membersOf(node).get(key);
  const text = value === undefined ? undefined : literalText(value);
  return { key, ...(value === undefined ? {} : { id: { value: text ?? '', start: value.start } }) };
}
function numberOf(node: SyntaxNode): Pick<IdSlot, 'no'> {
  const value = membersOf(node).get('no');
  const given = value?.type === 'Literal' ? value['value'] : undefined;
  return value === undefined ? {} : { no: { value: typeof given === 'number' ? given : 0, start: value.start } };
}
const literalText = (node: SyntaxNode): string | undefined =>
  node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
