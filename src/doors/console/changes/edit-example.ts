/** The values of an acceptance example that a person may alter, and the example with one of them altered. What it does, and to what, stays. Pure. */
import { exampleSteps, type Json, type JsonObject } from '#api/client';

export type Place = readonly (string | number)[];
export interface Leaf {
  /** From the step down. */
  readonly place: Place;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'yes-no' | 'nothing';
  readonly text: string;
}

/** Members of a step that hold values, and how they are called at an input. */
const members: readonly (readonly [member: string, said: string])[] = [
  ['today', 'today'],
  ['with', ''],
  ['was', 'before'],
  ['at', 'at'],
  ['then', 'then'],
];

export function leavesOf(example: Json, step: number): readonly Leaf[] {
  const says = exampleSteps(example)[step];
  if (says === undefined) return [];
  return members.flatMap(([member, said]) => (says[member] === undefined ? [] : leavesIn(says[member], [member], said)));
}

function leavesIn(value: Json, place: Place, label: string): readonly Leaf[] {
  const inner = (entries: readonly (readonly [string | number, Json])[]): readonly Leaf[] =>
    entries.flatMap(([name, each]) => leavesIn(each, [...place, name], `${label} ${typeof name === 'number' ? name + 1 : name}`.trim()));
  if (Array.isArray(value)) return inner((value as readonly Json[]).map((each, at) => [at, each]));
  if (typeof value === 'object' && value !== null) return inner(Object.entries(value as JsonObject));
  return [{ place, label, kind: kindOf(value), text: textOf(value) }];
}

const kindOf = (value: Json): Leaf['kind'] =>
  value === null ? 'nothing' : typeof value === 'boolean' ? 'yes-no' : typeof value === 'number' ? 'number' : 'text';
const textOf = (value: Json): string => (value === null ? '' : value === true ? 'yes' : value === false ? 'no' : String(value));

/** Undefined where the text is no value of that kind: a number stays a number. An empty text where nothing was stays nothing. */
export function valueOf(kind: Leaf['kind'], text: string): Json | undefined {
  switch (kind) {
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,10})?$/.test(text.trim()) ? Number(text) : undefined;
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : undefined;
    case 'nothing':
      return text === '' ? null : text;
    case 'text':
      return text;
  }
}

export function withValue(example: Json, step: number, place: Place, value: Json): Json {
  return altered(example, ['steps', step, ...place], value);
}

function altered(at: Json, [name, ...deeper]: Place, value: Json): Json {
  if (name === undefined) return value;
  if (Array.isArray(at)) return (at as readonly Json[]).map((each, index) => (index === name ? altered(each, deeper, value) : each));
  if (typeof at !== 'object' || at === null) return at;
  return Object.fromEntries(
    Object.entries(at as JsonObject).map(([key, each]) => [key, key === name ? altered(each, deeper, value) : each]),
  );
}
