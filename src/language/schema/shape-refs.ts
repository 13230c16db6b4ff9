/**
 * Shapes that are stated once: an entity names them (`shapes: { card: {...} }`), and wherever a shape stands `{ $ref: 'article.card' }` is that
 * one, with `nullable: true` beside it where it may be null. A contract holds what the name stands for, with the name beside it: so
 * everything that holds a value to its shape, compares two or shows one needs no other contract, and a changed shape changes every
 * contract that uses it.
 */
import type { Json, JsonObject } from '#kernel';

const REF = /^[a-z][a-zA-Z0-9]{0,39}\.[a-z][a-zA-Z0-9]{0,39}$/;
/** Parts of one shape with all that it names written out: ten shapes that name one another ten times each would be endless. */
const mostParts = 2_000;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const refOf = (shape: Json | undefined): string | undefined =>
  isObject(shape) && typeof shape['$ref'] === 'string' ? shape['$ref'] : undefined;

/** What is wrong with a shape that names another; undefined where nothing is, or where it names none. */
export function refProblem(shape: JsonObject): string | undefined {
  if (shape['$ref'] === undefined)
    return shape['nullable'] === undefined ? undefined : "nullable stands beside $ref alone; write type: ['string', 'null']";
  if (typeof shape['$ref'] !== 'string' || !REF.test(shape['$ref']))
    return "$ref names a shape of an entity: { $ref: 'article.card' }, where article says shapes: { card: { ... } }";
  return Object.keys(shape).every((name) => name === '$ref' || name === 'nullable') && (shape['nullable'] ?? true) === true
    ? undefined
    : '$ref stands alone, or with nullable: true';
}

export type Written = { readonly shape: Json } | { readonly problem: string };

/** A shape with all that it names. `look` answers what a name stands for, and tells by itself where it is nothing. */
export function writtenOut(shape: Json, look: (ref: string) => Json | undefined): Written {
  let parts = 0;
  let problem: string | undefined;
  const within: string[] = [];
  const write = (part: Json): Json => {
    parts += 1;
    if (parts > mostParts) problem ??= `a shape has at most ${mostParts} parts, with all that it names written out`;
    if (problem !== undefined) return true;
    if (Array.isArray(part)) return part.map((each: Json) => write(each));
    if (!isObject(part)) return part;
    const ref = refOf(part);
    if (ref === undefined) return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, write(each)]));
    if (within.includes(ref)) {
      problem ??= `the shape ${ref} would hold itself, by way of ${[...within, ref].join(', ')}; leave the inner one open: { type: 'object' }`;
      return true;
    }
    const named = look(ref);
    if (named === undefined) return true;
    within.push(ref);
    const whole = write(named);
    within.pop();
    if (!isObject(whole)) return whole;
    return part['nullable'] === true
      ? { ...whole, ...(whole['type'] === undefined ? {} : { type: withNull(whole['type']) }), $ref: ref, nullable: true }
      : { ...withoutName(whole), $ref: ref };
  };
  const made = write(shape);
  return problem === undefined ? { shape: made } : { problem };
}
const withNull = (type: Json): Json => [...new Set([type, 'null'].flat())];
function withoutName({ $ref: _name, nullable: _nullable, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** As its author wrote it: names, and nothing of what they stand for. */
export const statedShape = (shape: Json): Json =>
  mapped(shape, (part) => ({ $ref: part['$ref'] ?? '', ...(part['nullable'] === true ? { nullable: true } : {}) }));
/** What it holds, by no name: what callers and other versions know of it. */
export const plainShape = (shape: Json): Json => mapped(shape, (part) => mapped(withoutName(part), plainPart) as JsonObject);
const plainPart = (part: JsonObject): Json => plainShape(part);

function mapped(shape: Json, named: (part: JsonObject) => Json): Json {
  if (Array.isArray(shape)) return shape.map((each: Json) => mapped(each, named));
  if (!isObject(shape)) return shape;
  if (refOf(shape) !== undefined) return named(shape);
  return Object.fromEntries(Object.entries(shape).map(([name, part]) => [name, mapped(part, named)]));
}

/** Every name in a shape, with what it stands for. */
export function namedIn(shape: Json | undefined, found: Map<string, Json> = new Map()): Map<string, Json> {
  if (Array.isArray(shape)) for (const each of shape) namedIn(each as Json, found);
  if (!isObject(shape)) return found;
  const ref = refOf(shape);
  if (ref !== undefined && shape['nullable'] !== true) found.set(ref, withoutName(shape));
  for (const part of Object.values(shape)) namedIn(part, found);
  return found;
}
