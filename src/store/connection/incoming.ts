/**
 * The messages that come from PostgreSQL, cut out of the stream and handed on with the place of their bodies. Knows the frame
 * of a message and the forms of those that matter here; keeps nothing but what is not complete yet.
 */
import pg from 'pg';

export interface Take {
  /** `body` to `end` are the bytes of the message without kind and length; they are only lent. */
  (kind: number, bytes: Buffer, body: number, end: number): void;
}
export const kinds = {
  parsed: 0x31,
  bound: 0x32,
  closed: 0x33,
  row: 0x44,
  complete: 0x43,
  failed: 0x45,
  empty: 0x49,
  ready: 0x5a,
  columns: 0x54,
  noRows: 0x6e,
  parameters: 0x74,
  notice: 0x4e,
  setting: 0x53,
  notification: 0x41,
} as const;

/** No answer of ours is longer; more is no PostgreSQL. */
const LONGEST = 0x4000_0000;

export function openIncoming(take: Take, broken: (why: string) => void): (piece: Buffer) => void {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  /** How many bytes there must be before it is worth looking again. */
  let wanted = 5;
  return (piece) => {
    if (keptBytes + piece.length < wanted) {
      kept.push(piece);
      keptBytes += piece.length;
      return;
    }
    const bytes = keptBytes === 0 ? piece : Buffer.concat([...kept, piece]);
    kept = [];
    keptBytes = 0;
    let at = 0;
    wanted = 5;
    while (at + 5 <= bytes.length) {
      const length = bytes.readInt32BE(at + 1);
      if (length < 4 || length > LONGEST) return broken(`a message of ${length} bytes`);
      const end = at + 1 + length;
      if (end > bytes.length) {
        wanted = end - at;
        break;
      }
      take(bytes[at] ?? 0, bytes, at + 5, end);
      at = end;
    }
    if (at < bytes.length) {
      kept = [at === 0 ? bytes : bytes.subarray(at)];
      keptBytes = bytes.length - at;
    }
  };
}

export type Parser = (text: string) => unknown;

/** The types of the columns, from a row description. */
export function columnTypes(bytes: Buffer, body: number): readonly number[] {
  let at = body + 2;
  return Array.from({ length: bytes.readUInt16BE(body) }, () => {
    at = bytes.indexOf(0, at) + 1;
    const type = bytes.readUInt32BE(at + 6);
    at += 18;
    return type;
  });
}

/** `null` for a parser: the text is the value. */
export function rowOf(bytes: Buffer, body: number, parsers: readonly (Parser | null)[]): unknown[] {
  const count = bytes.readUInt16BE(body);
  const row: unknown[] = [];
  let at = body + 2;
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      row.push(null);
      continue;
    }
    const text = bytes.toString('utf8', at, at + length);
    const parse = parsers[index] ?? null;
    row.push(parse === null ? text : parse(text));
    at += length;
  }
  return row;
}

/** `INSERT 0 1`: the command, and how many rows. */
export function tagOf(bytes: Buffer, body: number, end: number): { readonly command: string; readonly count: number } {
  const tag = bytes.toString('latin1', body, end - 1);
  const first = tag.indexOf(' ');
  if (first < 0) return { command: tag, count: 0 };
  const count = Number(tag.slice(tag.lastIndexOf(' ') + 1));
  return { command: tag.slice(0, first), count: Number.isNaN(count) ? 0 : count };
}

/** Members of an error by the letters of the protocol. */
const members: {
  readonly [letter: string]: 'severity' | 'code' | 'detail' | 'hint' | 'where' | 'schema' | 'table' | 'column' | 'constraint';
} = {
  S: 'severity',
  C: 'code',
  D: 'detail',
  H: 'hint',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  n: 'constraint',
};
export function errorOf(bytes: Buffer, body: number, end: number): pg.DatabaseError {
  const found: { [member: string]: string } = {};
  let message = 'The database failed without a word.';
  for (let at = body; at < end && bytes[at] !== 0;) {
    const letter = String.fromCharCode(bytes[at] ?? 0);
    const stop = bytes.indexOf(0, at + 1);
    const text = bytes.toString('utf8', at + 1, stop);
    const member = members[letter];
    if (letter === 'M') message = text;
    else if (member !== undefined) found[member] = text;
    at = stop + 1;
  }
  return Object.assign(new pg.DatabaseError(message, end - body, 'error'), found);
}
