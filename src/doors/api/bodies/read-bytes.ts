/**
 * The bytes of a request, read from the socket with a cap that counts what really arrives: what a client says of its length is only
 * looked at to refuse it early. Nothing is unpacked, so that nothing small becomes large. Never holds more than the cap; bodies
 * over the usual size share one allowance, so that many at once cannot fill the memory.
 */
import type { IncomingMessage } from 'node:http';
import { refuse, type Refusal } from '#kernel';
import { bodyCap } from './body-cap.ts';

/** Of any body, whatever a contract says of its files. */
export const mostBody: number = 8 * 1024 * 1024;
/** Of all bodies together that are longer than the usual. */
const sharedCap: number = 64 * 1024 * 1024;

export const tooLarge = (cap: number = bodyCap): Refusal =>
  refuse('too-large', `A body has at most ${cap} bytes${cap === bodyCap ? ' (1 MB)' : ' here'}. Send less at once.`);

let shared = 0;
/** Keeps room for a long body until `work` is done with it. */
export async function withRoom<Value>(bytes: number, work: () => Promise<Value>): Promise<Value | Refusal> {
  if (bytes <= bodyCap) return work();
  if (shared + bytes > sharedCap) return refuse('busy', 'Too many long bodies are being read at once. Try again in a moment.');
  shared += bytes;
  try {
    return await work();
  } finally {
    shared -= bytes;
  }
}

export async function readBytes(incoming: IncomingMessage, cap: number = bodyCap): Promise<Buffer | Refusal> {
  const told = Number(incoming.headers['content-length'] ?? 0);
  if (told > cap) return tooLarge(cap);
  const chunks: Buffer[] = [];
  let size = 0;
  return await new Promise<Buffer | Refusal>((resolve) => {
    const end = (result: Buffer | Refusal): void => {
      incoming.off('data', onData);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > cap) {
        incoming.pause();
        end(tooLarge(cap));
      } else chunks.push(chunk);
    };
    incoming.on('data', onData);
    incoming.once('end', () => end(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    const broken = (): void => end(refuse('malformed', 'The request ended before its body was complete.'));
    incoming.once('error', broken);
    incoming.once('close', broken);
  });
}

/** A body is read as it is: whatever is packed is refused before a byte of it is read. */
export function packed(incoming: IncomingMessage): Refusal | undefined {
  const encoding = incoming.headers['content-encoding'];
  return encoding === undefined || encoding.trim().toLowerCase() === 'identity'
    ? undefined
    : refuse('unsupported-media-type', `A body is read as it is, not as ${encoding.slice(0, 40)}. Send it without Content-Encoding.`);
}

/** What is no UTF-8 by its own word is not read as such. */
export function otherCharset(type: string, kind: string): Refusal | undefined {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1];
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)
    ? undefined
    : refuse('unsupported-media-type', `${kind} is read as UTF-8, not as ${charset.slice(0, 40)}.`);
}
