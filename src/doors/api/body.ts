/**
 * The body of a request as JSON: read from the socket with a cap that counts what really arrives, decoded as strict UTF-8,
 * parsed with the place of what is malformed. Never holds more than the cap.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { refuse, type Refusal } from '#kernel';
import { memberTwice } from './member-twice.ts';

export const bodyCap: number = 1024 * 1024;

export interface Body {
  readonly text: string;
  readonly value: unknown;
}

/** `text` is '' and `value` undefined where there is no body. */
export async function readJson(incoming: IncomingMessage): Promise<Body | Refusal> {
  const bytes = await readBytes(incoming);
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (bytes.length === 0) return { text: '', value: undefined };
  const type = incoming.headers['content-type'];
  if (type === undefined || !isJson(type)) {
    return refuse(
      'unsupported-media-type',
      `The body must be JSON with the header Content-Type: application/json${type === undefined ? '' : `, not ${type.slice(0, 100)}`}.`,
    );
  }
  const encoding = incoming.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    return refuse('unsupported-media-type', `A body is read as it is, not as ${encoding.slice(0, 40)}. Send it without Content-Encoding.`);
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return refuse('unsupported-media-type', `JSON is read as UTF-8, not as ${charset.slice(0, 40)}.`);
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

export const tooLarge = (): Refusal => refuse('too-large', `A body has at most ${bodyCap} bytes (1 MB). Send less at once.`);

async function readBytes(incoming: IncomingMessage): Promise<Buffer | Refusal> {
  const told = Number(incoming.headers['content-length'] ?? 0);
  if (told > bodyCap) return tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  return await new Promise<Buffer | Refusal>((resolve) => {
    const end = (result: Buffer | Refusal): void => {
      incoming.off('data', onData);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > bodyCap) {
        incoming.pause();
        end(tooLarge());
      } else chunks.push(chunk);
    };
    incoming.on('data', onData);
    incoming.once('end', () => end(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    const broken = (): void => end(refuse('malformed', 'The request ended before its body was complete.'));
    incoming.once('error', broken);
    incoming.once('close', broken);
  });
}
