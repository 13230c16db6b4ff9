/** A prepared statement: its text, and a name that is the digest of it, so that equal statements are shared by all generations. */
import { createHash } from 'node:crypto';

export interface Statement {
  readonly name: string;
  readonly text: string;
}

export const statement = (text: string): Statement => ({ name: `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text });
