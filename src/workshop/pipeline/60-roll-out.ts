/** The kernel has the certificate: waits for what it decides: live, refused with the reason, or waiting for an approval. */
import type { Ending } from '#ports';
import type { Certified } from './50-certify.ts';
import type { ChangeParts } from './parts.ts';

export interface RollOutInput {
  readonly certificate: Certified;
  readonly waitMs: number;
}
export type RolledOut = Ending | { readonly kind: 'no-answer' };

export async function rollOut({ certificate, waitMs }: RollOutInput, parts: ChangeParts): Promise<RolledOut> {
  return (await parts.log.awaitEnding(certificate.predicate.change, certificate.digest, waitMs)) ?? { kind: 'no-answer' };
}
