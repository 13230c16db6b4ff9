/** Names of media types, as contracts state them and requests carry them: in small letters, without parameters. */
export const FORM = 'application/x-www-form-urlencoded';
export const MULTIPART = 'multipart/form-data';

/** `application/json`, and what is JSON by another name: `application/vnd.api+json`. */
export const isJsonType = (type: string): boolean => /^application\/(?:[a-z0-9.!#$&^_-]+\+)?json$/.test(type);
const isTextType = (type: string): boolean => /^text\/|^application\/(?:x-)?ndjson$/.test(type);

/** Of a header: what stands before its parameters. */
export const essenceOf = (header: string): string => (header.split(';', 1)[0] ?? '').trim().toLowerCase();

/** `image/*` is met by `image/png`, and everything by `*` `/*`. */
export const meetsType = (stated: string, type: string): boolean =>
  stated === '*/*' || stated === type || (stated.endsWith('/*') && type.startsWith(stated.slice(0, -1)));

/** How a body of this type is read, where it is not kept as a file. */
export const bodyKind = (type: string): 'json' | 'form' | 'multipart' | 'text' | 'file' =>
  type === FORM ? 'form' : type === MULTIPART ? 'multipart' : isJsonType(type) ? 'json' : isTextType(type) ? 'text' : 'file';
