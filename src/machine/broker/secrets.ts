/**
 * Hashes of what people sign in with: scrypt, a salt each, compared in constant time. What is kept is one text, which also says how
 * often every token was ended: a token carries a mark of it, so that another secret or an end voids all that were issued before.
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { isRefusal, refuse, type Refusal } from '#kernel';

/** Of two to this power: half a tenth of a second here. */
export const usualCost = 15;
const length = 32;

export async function hashSecret(secret: string, cost: number): Promise<string | Refusal> {
  const salt = randomBytes(16);
  const hash = await derived(secret, salt, cost);
  return isRefusal(hash) ? hash : [`scrypt`, cost, salt.toString('base64url'), hash.toString('base64url'), 0].join('$');
}

/** Takes as long where there is nobody to compare with, so that who is there cannot be told from it. */
export async function isSecret(secret: string, kept: string | undefined, cost: number): Promise<boolean | Refusal> {
  const [, own, salt, hash] = (kept ?? '').split('$');
  if (own === undefined || salt === undefined || hash === undefined) {
    const none = await derived(secret, Buffer.alloc(16), cost);
    return isRefusal(none) ? none : false;
  }
  const wanted = Buffer.from(hash, 'base64url');
  const found = await derived(secret, Buffer.from(salt, 'base64url'), Number(own));
  if (isRefusal(found)) return found;
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

/** The same secret, and no token from before. */
export function withTokensEnded(kept: string): string {
  const parts = kept.split('$');
  return [...parts.slice(0, 4), Number(parts[4] ?? 0) + 1].join('$');
}
export const markOf = (kept: string): string => createHash('sha256').update(kept).digest('base64url').slice(0, 16);

/** Few at once: each takes memory and a processor. */
const mostAtOnce = 2;
/** Whoever waits holds a transaction: those who sign in must not take them from everybody else. */
const mostWaiting = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function derived(secret: string, salt: Buffer, cost: number): Promise<Buffer | Refusal> {
  if (running >= mostAtOnce && waiting.length >= mostWaiting)
    return refuse('busy', 'Too many sign in or up at this moment. Try again in a moment.');
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) =>
      scrypt(secret.normalize('NFKC'), salt, length, { N: 2 ** cost, r: 8, p: 1, maxmem: 256 * 2 ** cost * 8 }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      ),
    );
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
