/**
 * Where a page ended, as an opaque text. Why sealed: a cursor comes back from strangers, and what was altered, cut or made
 * for another list or another order must be refused in words rather than read. Holds the sort values and the id of the last row.
 */
import { hash, timingSafeEqual } from 'node:crypto';

export interface Cursors {
  /** `shape` names the list and its order; the same text must be given to open it. */
  seal(shape: string, values: readonly unknown[]): string;
  open(shape: string, cursor: string): readonly unknown[] | undefined;
}

/** Characters of six bits each. */
const MARK = 16;

/** `secret` is any text that all processes of one system share, such as the database's address with its password. */
export function cursorsOf(secret: string): Cursors {
  // A digest keyed inside and outside, each key a block of the hash, as HMAC has it; written out, because a page costs one.
  const inner = hash('sha256', `theseus cursor\n${secret}`);
  const outer = hash('sha256', `theseus cursor, outside\n${secret}`);
  const mark = (shape: string, body: string): string =>
    hash('sha256', outer + hash('sha256', `${inner}${shape}\n${body}`), 'base64url').slice(0, MARK);
  return {
    seal: (shape, values) => {
      const body = Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
      return `${mark(shape, body)}.${body}`;
    },
    open: (shape, cursor) => {
      if (cursor.length > 8_192) return undefined;
      const [seal, body, ...rest] = cursor.split('.');
      if (seal === undefined || body === undefined || rest.length > 0) return undefined;
      const given = Buffer.from(seal);
      const made = Buffer.from(mark(shape, body));
      if (given.length !== made.length || !timingSafeEqual(given, made)) return undefined;
      const values: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
      return Array.isArray(values) ? values : undefined;
    },
  };
}
