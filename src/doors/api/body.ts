/**
 * The body of a request as JSON: decoded as strict UTF-8, parsed with the place of what is malformed. Never holds more than the cap.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { refuse, type Refusal } from '#kernel';
import { otherCharset, packed, readBytes } from './bodies/read-bytes.ts';
import { memberTwice } from './member-twice.ts';

export { bodyCap } from './bodies/body-cap.ts';
export { tooLarge } from './bodies/read-bytes.ts';

export interface Body {
  readonly text: string;
  readonly value: unknown;
}

/** `text` is '' and `value` undefined where there is no body. */
export async function readJson(incoming: IncomingMessage): Promise<Body | Refusal> {
  const bytes = await readBytes(incoming);
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (bytes.length === 0) return { text: '', value: undefined };
  return jsonOf(incoming.headers['content-type'], incoming, bytes);
}

/** Bytes that are said to be JSON. */
export function jsonOf(type: string | undefined, incoming: IncomingMessage, bytes: Buffer): Body | Refusal {
  if (type === undefined || !isJson(type)) {
    return refuse(
      'unsupported-media-type',
      `The body must be JSON with the header Content-Type: application/json${type === undefined ? '' : `, not ${type.slice(0, 100)}`}.`,
    );
  }
  const other = packed(incoming) ?? otherCharset(type, 'JSON');
  if (other !== undefined) return other;
  if (!isUtf8(bytes)) return refuse('malformed', 'The body is not UTF-8 text. Send JSON as UTF-8.');
  const text = bytes.toString('utf8', hasMark(bytes) ? 3 : 0);
  try {
    const value: unknown = JSON.parse(text);
    const name = memberTwice(text, value);
    return name === null
      ? { text, value }
      : refuse('malformed', `${JSON.stringify(name.slice(0, 60))} stands twice in one object of the body. Send each member once.`, {
          member: name.slice(0, 60).toWellFormed(),
        });
  } catch (cause) {
    return malformed(text, cause);
  }
}

/** A byte order mark, which some clients write. */
const hasMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim());

function malformed(text: string, cause: unknown): Refusal {
  const message = cause instanceof Error ? cause.message : '';
  const found = /at position (\d+)/.exec(message);
  const position = found === null ? text.length : Number(found[1]);
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - (before.lastIndexOf('\n') + 1) + 1;
  const at = position >= text.length ? 'the text ends too early' : `unexpected ${JSON.stringify(text.slice(position, position + 1))}`;
  return refuse('malformed', `The body is not JSON: ${at}, at line ${line}, column ${column}.`, {
    line,
    column,
    near: text.slice(Math.max(0, position - 20), position + 20).toWellFormed(),
  });
}
