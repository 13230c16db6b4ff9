/**
 * Signatures of the machine: it checks the workshop's envelopes and countersigns its own log, each entry chained to the
 * one before. Ed25519 of node:crypto. The private key reaches this process alone.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import {
  canonicalJson,
  digest,
  type Digest,
  type Envelope,
  Fault,
  isStatement,
  type KernelEvent,
  preAuthenticationEncoding,
  type Statement,
} from '#kernel';
import type { LoggedEvent } from '#store/records';

export const digestOfText = (text: string): Digest => digest(`sha256:${createHash('sha256').update(text).digest('hex')}`);

/** The statement of an envelope, and whether its signature by `publicKey` (PEM) holds; null where it holds no statement. Never throws. */
export function openEnvelope(envelope: Envelope, publicKey: string): { readonly statement: Statement; readonly valid: boolean } | null {
  try {
    const payload = exactly(envelope.payload).toString('utf8');
    const statement: unknown = JSON.parse(payload);
    if (!isStatement(statement)) return null;
    const key = createPublicKey(publicKey);
    const bytes = Buffer.from(preAuthenticationEncoding(envelope.payloadType, payload));
    const valid =
      envelope.payloadType === 'application/vnd.in-toto+json' &&
      envelope.signatures.some((signature) => verify(null, bytes, key, exactly(signature.sig)));
    return { statement, valid };
  } catch {
    return null;
  }
}

/** The bytes of a base64 text that is written as its bytes are written, and not in one of the other ways that read the same. */
function exactly(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new TypeError('no exact base64');
  return bytes;
}

export const certificateDigest = (envelope: Envelope): Digest => digestOfText(canonicalJson(envelope));

export interface Chain {
  readonly seq: number;
  readonly digest: string;
}
export const chainStart: Chain = { seq: 0, digest: 'start' };

export function countersign(chain: Chain, events: readonly KernelEvent[], privateKey: string): readonly LoggedEvent[] {
  const key = createPrivateKey(privateKey);
  const logged: LoggedEvent[] = [];
  let last = chain;
  for (const event of events) {
    const seq = last.seq + 1;
    const entry = digestOfText(canonicalJson({ seq, previous: last.digest, event }));
    logged.push({ seq, event, previous: last.digest, digest: entry, signature: sign(null, Buffer.from(entry), key).toString('base64') });
    last = { seq, digest: entry };
  }
  return logged;
}

/** Throws Fault('tampered') where the log is not the one that was written. */
export function checkChain(chain: Chain, logged: readonly LoggedEvent[], publicKey: string): Chain {
  const key: KeyObject = createPublicKey(publicKey);
  let last = chain;
  for (const entry of logged) {
    const expected = digestOfText(canonicalJson({ seq: entry.seq, previous: last.digest, event: entry.event }));
    const whole = entry.seq === last.seq + 1 && entry.previous === last.digest && entry.digest === expected;
    if (!whole || !signedBy(key, entry)) {
      throw new Fault(
        'tampered',
        `The log of the kernel was altered at entry ${entry.seq}. Restore it from a backup; nothing is activated until then.`,
      );
    }
    last = { seq: entry.seq, digest: entry.digest };
  }
  return last;
}

function signedBy(key: KeyObject, { digest: entry, signature }: LoggedEvent): boolean {
  try {
    return verify(null, Buffer.from(entry), key, exactly(signature));
  } catch {
    return false;
  }
}
