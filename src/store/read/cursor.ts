/**
 * Where a page ended, as an opaque text. Why sealed: a cursor comes back from strangers, and what was altered, cut or made
 * for another list or another order must be refused in words rather than read. Holds the sort values and the id of the last row.
 */
import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

export interface Cursors {
  /** `shape` names the list and its order; the same text must be given to open it. */
  seal(shape: string, values: readonly unknown[]): string;
  open(shape: string, cursor: string): readonly unknown[] | undefined;
}

/** `secret` is any text that all processes of one system share, such as the database's address with its password. */
export function cursorsOf(secret: string): Cursors {
  const key = createSecretKey(createHash('sha256').update(`theseus cursor\n${secret}`).digest());
  const mark = (shape: string, body: string): Buffer => createHmac('sha256', key).update(`${shape}\n${body}`).digest().subarray(0, 12);
  return {
    seal: (shape, values) => {
      const body = Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
      return `${mark(shape, body).toString('base64url')}.${body}`;
    },
    open: (shape, cursor) => {
      if (cursor.length > 8_192) return undefined;
      const [seal, body, ...rest] = cursor.split('.');
      if (seal === undefined || body === undefined || rest.length > 0) return undefined;
      const given = Buffer.from(seal, 'base64url');
      const made = mark(shape, body);
      if (given.length !== made.length || !timingSafeEqual(given, made)) return undefined;
      const values: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
      return Array.isArray(values) ? values : undefined;
    },
  };
}
