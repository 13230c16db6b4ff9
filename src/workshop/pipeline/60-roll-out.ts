/** Hands the certificate to the kernel and waits for what it decides: live, refused with the reason, or waiting for an approval. */
import type { Ending } from '#ports';
import type { Certified } from './50-certify.ts';
import type { ChangeParts } from './parts.ts';

export interface RollOutInput {
  readonly certificate: Certified;
  readonly waitMs: number;
}
export type RolledOut = Ending | { readonly kind: 'no-answer' };

export async function rollOut({ certificate, waitMs }: RollOutInput, parts: ChangeParts): Promise<RolledOut> {
  const { predicate } = certificate;
  const serving = await parts.log.serving();
  if (serving !== predicate.base && serving !== predicate.generation) return { kind: 'moved-on' };
  await parts.log.insertCertificate(certificate);
  return (await parts.log.awaitEnding(predicate.change, certificate.digest, waitMs)) ?? { kind: 'no-answer' };
}
