/** What a request says in its headers beside its body: If-Match, Idempotency-Key. Strict: what does not read is refused, never ignored. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refuse, type Refusal } from '#kernel';

const KEY = /^[\x21-\x7e]{1,200}$/;
const TAG = /^(?:W\/)?"(\d{1,15})"$/;

/** The version that the caller has seen; undefined where it does not say, or says `*`. A tag that no row can have is stale. */
export function ifMatch(headers: IncomingHttpHeaders): number | undefined | Refusal {
  const given = headers['if-match'];
  if (given === undefined || given.trim() === '*') return undefined;
  const version = TAG.exec(given.trim())?.[1];
  if (version === undefined)
    return refuse('stale', 'If-Match names no version of this row. Send the ETag of the row as you read it, such as "3".');
  return Number(version);
}
export const tagOf = (version: number): string => `"${version}"`;

/** With a digest of what the key came with: another method, path or body is another request. */
export function idempotency(
  headers: IncomingHttpHeaders,
  method: string,
  path: string,
  text: string,
): { readonly key: string; readonly body: string } | undefined | Refusal {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key))
    return refuse('malformed', 'Idempotency-Key must be 1 to 200 visible ASCII characters without spaces, such as a UUID.');
  return { key, body: createHash('sha256').update(`${method} ${path}\n${text}`).digest('hex') };
}
