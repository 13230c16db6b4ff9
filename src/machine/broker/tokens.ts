/**
 * Tokens that people of a system prove themselves with: what they say is signed by a key that is derived from the machine's own, and
 * a mark of the secret that they were issued for must still be that of the row. Nothing is stored, and nobody else can make one.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface TokenClaims {
  /** Permanent id of the entity, and the row. */
  readonly entity: string;
  readonly row: string;
  /** Of what the row signs in with. */
  readonly mark: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}
export interface Tokens {
  issue(claims: TokenClaims): string;
  /** Null for what was not issued here, altered, or expired. */
  claims(token: string, now: number): TokenClaims | null;
  /** What tells a request that holds a secret from another, and cannot be guessed at by who has the database alone. */
  digest(request: string): string;
}
export const tokenPrefix = 'tu_';

export function openTokens(privateKey: string): Tokens {
  const key = Buffer.from(hkdfSync('sha256', privateKey, '', 'tokens of people', 32));
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const digests = Buffer.from(hkdfSync('sha256', privateKey, '', 'digests of requests', 32));
  return {
    digest: (request) => createHmac('sha256', digests).update(request).digest('hex'),
    issue: ({ entity, row, mark, expires }) => {
      const text = Buffer.from([entity, row, mark, expires].join(' ')).toString('base64url');
      return `${tokenPrefix}${text}.${sign(text).toString('base64url')}`;
    },
    claims: (token, now) => {
      const [, text = '', signature = ''] = /^tu_([\w-]{1,300})\.([\w-]{43})$/.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(text);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const [entity = '', row = '', mark = '', expires = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
      return Number(expires) > now ? { entity, row, mark, expires: Number(expires) } : null;
    },
  };
}
