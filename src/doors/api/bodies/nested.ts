/**
 * Entries of a form as JSON: `card[number]`, `items[0][price]`, `expand[]` and a name that is repeated say what stands inside what, and
 * the shape that is wanted says what a text is: a number, a truth, nothing. What does not read as wanted stays text, and is told by place
 * where it is held to its shape.
 */
import { type Json, type JsonObject, refuse, type Refusal } from '#kernel';
import type { Entry, FilePart } from './entries.ts';

export interface Branch {
  readonly members: Map<string, Node>;
}
export type Node = Branch | { readonly leaves: (string | FilePart)[] };
export const isBranch = (node: Node): node is Branch => 'members' in node;

const deepest = 8;
const NAME = /^[^[\]]+(?:\[[^[\]]*\])*$/;

export function treeOf(entries: readonly Entry[]): Branch | Refusal {
  const root: Branch = { members: new Map() };
  for (const { name, value } of entries) {
    const path = NAME.test(name) ? name.replaceAll(']', '').split('[') : [];
    if (path.length === 0 || path.length > deepest || path.includes('__proto__'))
      return refuse(
        'malformed',
        `${shown(name)} is no name of a form: write name, name[member], name[0][member] or name[], at most ${deepest} deep.`,
      );
    if (path.slice(0, -1).includes(''))
      return refuse('malformed', `${shown(name)} leaves open which item it is of: write ${shown(name.replace('[]', '[0]'))}.`);
    if (!placed(root, path, value)) return refuse('malformed', `${shown(name)} stands beside members of the same name. Send it one way.`);
  }
  return root;
}
const shown = (name: string): string => JSON.stringify(name.slice(0, 60).toWellFormed());

function placed(root: Branch, path: readonly string[], value: string | FilePart): boolean {
  let at = root;
  for (const step of path.slice(0, -1)) {
    const next = at.members.get(step) ?? { members: new Map<string, Node>() };
    if (!isBranch(next)) return false;
    at.members.set(step, next);
    at = next;
  }
  const last = path.at(-1) ?? '';
  const leaf = at.members.get(last) ?? { leaves: [] };
  if (isBranch(leaf)) return false;
  leaf.leaves.push(value);
  at.members.set(last, leaf);
  return true;
}

/** What becomes of a file; it tells by itself where none is wanted. */
export type PutFile = (shape: Json | undefined, part: FilePart, place: string) => Json;
export interface Reading {
  readonly file: PutFile;
  /** What is wrong, by place. */
  readonly faults: Map<string, string>;
}

/** A node as the JSON of a shape of JSON Schema; without one, texts. */
export function shapedJson(node: Node, shape: Json | undefined, place: string, reading: Reading): Json {
  const wanted = isObject(shape) ? shape : {};
  const kinds = typesOf(wanted);
  if (!isBranch(node)) {
    const { leaves } = node;
    if (kinds.includes('array')) return leaves.map((leaf, at) => leafJson(leaf, wanted['items'], `${place}[${at}]`, reading));
    if (leaves.length > 1) reading.faults.set(place, 'stands here twice; send it once');
    return leafJson(leaves[0] ?? '', shape, place, reading);
  }
  const keys = [...node.members.keys()];
  if (kinds.includes('array') || (kinds.length === 0 && keys.every((key) => /^(?:\d{1,4})?$/.test(key))))
    return listJson(node, wanted, place, reading);
  const { properties, additionalProperties } = wanted;
  const made: { [name: string]: Json } = {};
  for (const [name, member] of node.members) {
    const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    made[name] = shapedJson(member, own, `${place}.${name}`, reading);
  }
  return made;
}

/** By their numbers, however they were sent; a gap closes. */
function listJson({ members }: Branch, { items }: JsonObject, place: string, reading: Reading): Json {
  const open = members.get('');
  const numbered = [...members].filter(([key]) => key !== '');
  if (numbered.some(([key]) => !/^\d{1,4}$/.test(key))) {
    reading.faults.set(place, 'is a list: write name[] or name[0], name[1]');
    return [];
  }
  const inOrder = numbered
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([key, node]) => shapedJson(node, items, `${place}[${key}]`, reading));
  const more = open === undefined || isBranch(open) ? [] : open.leaves.map((leaf, at) => leafJson(leaf, items, `${place}[${at}]`, reading));
  return [...inOrder, ...more];
}

function leafJson(leaf: string | FilePart, shape: Json | undefined, place: string, reading: Reading): Json {
  return typeof leaf === 'string' ? textJson(leaf, isObject(shape) ? shape : {}) : reading.file(shape, leaf, place);
}

function textJson(text: string, shape: JsonObject): Json {
  const kinds = typesOf(shape);
  if (text === '' && kinds.includes('null')) return null;
  if (kinds.includes('integer') || kinds.includes('number')) {
    if (/^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,16})?$/.test(text)) return Number(text);
  }
  if (kinds.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const { enum: choices, const: only } = shape;
  const named = kinds.length > 0 ? [] : [...(Array.isArray(choices) ? choices : []), ...(only === undefined ? [] : [only])];
  return (named.find((choice) => String(choice) === text) as Json | undefined) ?? text;
}

const typesOf = ({ type }: JsonObject): readonly string[] =>
  typeof type === 'string' ? [type] : Array.isArray(type) ? type.filter((each): each is string => typeof each === 'string') : [];
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
