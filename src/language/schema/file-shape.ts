/**
 * Files inside a `json`: `{ format: 'file', mediaTypes: ['image/png'], maxBytes: 500_000 }`. A component never holds bytes: it holds
 * what is said of them, and keeps that in a row. Nobody can write such a value down: only what a door has taken in, or an example
 * has stated, passes as one, so that no caller names a file that it never sent.
 */
import { isRowId, type Json, type JsonObject } from '#kernel';

/** What is said of a file whose bytes the system keeps. */
export interface FileValue {
  /** Its id; it says nothing of what is in it. */
  readonly file: string;
  /** As whoever sent it called it: letters, digits, spaces, dots, "_" and "-". */
  readonly name: string;
  /** As whoever sent it said; nobody looked into it. */
  readonly type: string;
  readonly bytes: number;
}
export interface FileTerms {
  /** Absent: any. */
  readonly mediaTypes?: readonly string[];
  readonly maxBytes: number;
}

/** `hard`: of any file, whatever a shape says; `usual`: where it says nothing. */
export const fileBytes = { usual: 1_048_576, hard: 4_194_304 } as const;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/(?:\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,80})$/;

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a shape says of a file; undefined where it is none. */
export function fileTerms(shape: Json | undefined): FileTerms | undefined {
  if (!isObject(shape) || shape['format'] !== 'file') return undefined;
  const { mediaTypes, maxBytes } = shape;
  return {
    ...(Array.isArray(mediaTypes) ? { mediaTypes: mediaTypes as readonly string[] } : {}),
    maxBytes: typeof maxBytes === 'number' ? Math.min(maxBytes, fileBytes.hard) : fileBytes.usual,
  };
}

/** What is wrong with the shape of a file itself. */
export function fileShapeProblem(shape: JsonObject): string | undefined {
  if (shape['format'] !== 'file')
    return shape['mediaTypes'] === undefined && shape['maxBytes'] === undefined
      ? undefined
      : "mediaTypes and maxBytes are said of a file: add format: 'file'";
  const other = Object.keys(shape).find((name) => !['type', 'format', 'mediaTypes', 'maxBytes', 'description'].includes(name));
  if (other !== undefined || (shape['type'] !== undefined && shape['type'] !== 'object'))
    return "a file is { format: 'file', mediaTypes: ['image/png'], maxBytes: 500_000 } and nothing beside it";
  const { mediaTypes, maxBytes } = shape;
  if (mediaTypes !== undefined && !(Array.isArray(mediaTypes) && mediaTypes.length > 0 && mediaTypes.every(isMediaType)))
    return "mediaTypes names types in small letters, such as ['image/png', 'image/*']; left out, any";
  if (
    maxBytes !== undefined &&
    !(typeof maxBytes === 'number' && Number.isInteger(maxBytes) && maxBytes >= 1 && maxBytes <= fileBytes.hard)
  )
    return `maxBytes is a whole number from 1 to ${fileBytes.hard}; left out, ${fileBytes.usual}`;
  return undefined;
}
const isMediaType = (value: unknown): boolean => typeof value === 'string' && MEDIA_TYPE.test(value);

const made = new WeakSet<object>();
/** A file that was taken in: what is said of it, as a value that passes where its shape stands. */
export function takenFile({ file, name, type, bytes }: FileValue): JsonObject {
  const value = { file, name, type, bytes };
  made.add(value);
  return value;
}

/** What is wrong with a value where a file stands. */
export const fileMisfit = (value: Json): string | undefined =>
  isObject(value) && made.has(value) ? undefined : 'is a file: send its bytes, in a part of multipart/form-data or as the whole body';

/** What a component answered as a file. */
export function fileIn(value: unknown): FileValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { file, name, type, bytes } = value as { readonly [member: string]: unknown };
  return typeof file === 'string' && isRowId(file) && typeof name === 'string' && typeof type === 'string' && typeof bytes === 'number'
    ? { file, name, type, bytes }
    : undefined;
}

/** A value with what `put` makes of whatever stands where its shape has a file. */
export function withFiles(shape: Json | undefined, value: Json, put: (value: Json, terms: FileTerms) => Json): Json {
  const terms = fileTerms(shape);
  if (terms !== undefined) return value === null ? null : put(value, terms);
  if (!isObject(shape) || typeof value !== 'object' || value === null || !holdsFile(shape)) return value;
  const { properties, items } = shape;
  if (Array.isArray(value)) return value.map((item: Json) => withFiles(items, item, put));
  const members = isObject(properties) ? properties : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withFiles(Object.hasOwn(members, name) ? members[name] : undefined, member, put)]),
  );
}

/** Every file that stands somewhere in a shape. */
export function filesIn(shape: Json | undefined): readonly FileTerms[] {
  const terms = fileTerms(shape);
  if (terms !== undefined) return [terms];
  if (!isObject(shape)) return [];
  const { properties, items } = shape;
  return [...(isObject(properties) ? Object.values(properties) : []), ...(items === undefined ? [] : [items])].flatMap((part) =>
    filesIn(part),
  );
}
const holdsFile = (shape: Json): boolean => filesIn(shape).length > 0;
