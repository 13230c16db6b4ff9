/**
 * The shape of a `json` value: a small part of JSON Schema 2020-12, interpreted and never compiled. Why small: what cannot be
 * checked here is refused when it is stated, so that a shape promises nothing that is not held. Never throws on any JSON.
 */
import type { Json, JsonObject } from '#kernel';
import { fileMisfit, fileShapeProblem, takenFile } from './file-shape.ts';
import { refProblem } from './shape-refs.ts';
import { isEmail, isUrl } from './text.ts';
import { daysOf, instantOf } from './calendar.ts';

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
/** `password`: a component sees a stand-in; `file`: what is said of bytes that the system keeps. */
const formats = ['file', 'email', 'uri', 'uuid', 'date', 'date-time', 'password', 'int32', 'int64', 'float', 'double'] as const;
const keywords = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'uniqueItems',
  'mediaTypes',
  '$ref',
  'nullable',
  'maxBytes',
  'description',
]);
const deepest = 12;

/** What is wrong with a shape itself; undefined where it can be held. */
export function shapeProblem(shape: Json, depth = 0): string | undefined {
  if (shape === true) return undefined;
  if (!isObject(shape)) return 'a shape is an object of JSON Schema, or true for anything';
  if (depth > deepest) return `a shape is nested at most ${deepest} deep`;
  const unknown = Object.keys(shape).find((name) => !keywords.has(name));
  if (unknown !== undefined) return `${unknown} cannot be held in a shape; known are ${[...keywords].join(', ')}`;
  const { type, properties, required, additionalProperties, items, format } = shape;
  const named = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (named.some((name) => !types.some((known) => known === name))) return `type is one of ${types.join(', ')}, or a list of them`;
  if (format !== undefined && !formats.some((known) => known === format)) return `format is one of ${formats.join(', ')}`;
  const other = refProblem(shape);
  if (other !== undefined) return other;
  const file = fileShapeProblem(shape);
  if (file !== undefined) return file;
  // Numbers and the like would pass as they are: only a text can have a stand-in.
  if (format === 'password' && (named.length === 0 || named.some((name) => name !== 'string' && name !== 'null')))
    return "what has the format password is a text: type is 'string'";
  if (format === 'password' && (shape['enum'] !== undefined || shape['const'] !== undefined)) return 'a password is not chosen from a list';
  if (required !== undefined && (!Array.isArray(required) || required.some((name) => typeof name !== 'string')))
    return 'required is a list of names';
  for (const bound of ['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'])
    if (shape[bound] !== undefined && typeof shape[bound] !== 'number') return `${bound} is a number`;
  if (shape['enum'] !== undefined && !Array.isArray(shape['enum'])) return 'enum is a list of values';
  if (properties !== undefined && !isObject(properties)) return 'properties is an object of shapes';
  if (isObject(properties) && Object.hasOwn(properties, '__proto__')) return 'no member is called __proto__';
  const inner = [...(isObject(properties) ? Object.values(properties) : []), ...(items === undefined ? [] : [items])];
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean') inner.push(additionalProperties);
  for (const part of inner) {
    const problem = shapeProblem(part, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What does not fit, by place inside the value; empty where all does. */
export function misfits(shape: Json, value: Json): { readonly [place: string]: string } {
  const found = new Map<string, string>();
  look(shape, value, '', found);
  return Object.fromEntries(found);
}

function look(shape: Json, value: Json, place: string, found: Map<string, string>): void {
  if (!isObject(shape)) return;
  const wrong = (message: string): void => void (found.has(place) || found.set(place, message));
  if (shape['format'] === 'file') {
    const unfit = fileMisfit(value);
    return unfit === undefined ? undefined : wrong(unfit);
  }
  const { type } = shape;
  const named = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (named.length > 0 && !named.some((name) => isOf(String(name), value))) return wrong(`must be ${named.join(' or ')}`);
  if (shape['const'] !== undefined && !same(shape['const'], value)) return wrong(`must be ${JSON.stringify(shape['const'])}`);
  const choices = shape['enum'];
  if (Array.isArray(choices) && !choices.some((choice) => same(choice, value)))
    return wrong(`must be one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`);
  if (typeof value === 'string') lookAtText(shape, value, wrong);
  else if (typeof value === 'number') lookAtNumber(shape, value, wrong);
  else if (Array.isArray(value)) {
    const { minItems, maxItems, uniqueItems, items } = shape;
    if (typeof minItems === 'number' && value.length < minItems) wrong(`must have at least ${minItems} items`);
    if (typeof maxItems === 'number' && value.length > maxItems) wrong(`must have at most ${maxItems} items`);
    if (uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
      wrong('must not hold the same twice');
    if (items !== undefined) for (const [at, item] of value.entries()) look(items, item as Json, `${place}[${at}]`, found);
  } else if (isObject(value)) lookAtMembers(shape, value, place, found);
}

function lookAtText(shape: JsonObject, value: string, wrong: (message: string) => void): void {
  const { minLength, maxLength, format } = shape;
  if (typeof minLength === 'number' && [...value].length < minLength)
    wrong(minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`);
  if (typeof maxLength === 'number' && [...value].length > maxLength) wrong(`must have at most ${maxLength} characters`);
  if (typeof format === 'string' && !isOfFormat(format, value)) wrong(`must be of the format ${format}`);
}
function lookAtNumber(shape: JsonObject, value: number, wrong: (message: string) => void): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, format } = shape;
  if (typeof minimum === 'number' && value < minimum) wrong(`must be at least ${minimum}`);
  if (typeof maximum === 'number' && value > maximum) wrong(`must be at most ${maximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) wrong(`must be more than ${exclusiveMinimum}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) wrong(`must be less than ${exclusiveMaximum}`);
  if (format === 'int32' && (value < -2_147_483_648 || value > 2_147_483_647)) wrong('must be a whole number of 32 bits');
}
function lookAtMembers(shape: JsonObject, value: JsonObject, place: string, found: Map<string, string>): void {
  const at = (name: string): string => (place === '' ? name : `${place}.${name}`);
  const tell = (name: string, message: string): void => void (found.has(name) || found.set(name, message));
  const { required, additionalProperties } = shape;
  const properties = isObject(shape['properties']) ? shape['properties'] : {};
  if (Array.isArray(required))
    for (const name of required) if (typeof name === 'string' && !Object.hasOwn(value, name)) tell(at(name), 'is required');
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) look(own, member as Json, at(name), found);
    else if (additionalProperties === false) tell(at(name), 'is not a member of this');
    else if (additionalProperties !== undefined) look(additionalProperties, member as Json, at(name), found);
  }
}

function isOf(type: string, value: Json): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value);
    default:
      return typeof value === type;
  }
}
function isOfFormat(format: string, value: string): boolean {
  switch (format) {
    case 'email':
      return isEmail(value);
    case 'uri':
      return isUrl(value);
    case 'uuid':
      return /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(value);
    case 'date':
      return daysOf(value) !== undefined;
    case 'password':
    case 'int32':
    case 'int64':
    case 'float':
    case 'double':
      return true;
    default:
      return instantOf(value) !== undefined;
  }
}
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (one: Json, other: Json): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** A value that fits, for generated inputs; the smallest that there is. */
export function leastOf(shape: Json): Json {
  if (!isObject(shape)) return null;
  if (shape['format'] === 'file')
    return takenFile({ file: '00000000-0000-4000-8000-000000000000', name: 'a.txt', type: 'text/plain', bytes: 1 });
  const choices = shape['enum'];
  if (shape['const'] !== undefined) return shape['const'];
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0] as Json;
  const type = Array.isArray(shape['type']) ? shape['type'][0] : shape['type'];
  const { minLength, minItems, minimum, exclusiveMinimum, maximum, format, required } = shape;
  const properties = isObject(shape['properties']) ? shape['properties'] : {};
  switch (type) {
    case 'object': {
      const names = Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [];
      return Object.fromEntries(names.map((name) => [name, leastOf(properties[name] ?? true)]));
    }
    case 'array':
      return Array.from({ length: typeof minItems === 'number' ? minItems : 0 }, () => leastOf(shape['items'] ?? true));
    case 'string':
      return typeof format === 'string' ? (specimens[format] ?? '') : 'a'.repeat(typeof minLength === 'number' ? minLength : 1);
    case 'number':
    case 'integer':
      if (typeof minimum === 'number') return minimum;
      if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
      return Math.min(0, typeof maximum === 'number' ? maximum : 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
}
const specimens: { readonly [format: string]: string } = {
  email: 'ada@example.org',
  password: 'correct horse battery',
  uri: 'https://example.org/',
  uuid: '00000000-0000-7000-8000-000000000000',
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
};
