/** Hands the certificate to the kernel and waits for what it decides: live, refused with the reason, or waiting for an approval. */
import type { Ending } from '#ports';
import type { Certified } from './50-certify.ts';
import type { ChangeParts } from './parts.ts';

export interface RollOutInput { readonly certificate: Certified; readonly waitMs: number }
export type RolledOut =
  | { readonly kind: 'ended'; readonly ending: Ending }
  /** The kernel said that another generation serves by now. */
  | { readonly kind: 'moved-on' }
  | { readonly kind: 'no-answer' };

export async function rollOut({ certificate, waitMs }: RollOutInput, parts: ChangeParts): Promise<RolledOut> {
  const { predicate } = certificate;
  if ((await parts.log.serving()) !== predicate.base && (await parts.log.serving()) !== predicate.generation) return { kind: 'moved-on' };
  await parts.log.insertCertificate(certificate);
  const ending = await parts.log.awaitEnding(predicate.change, certificate.digest, waitMs);
  if (ending === null) return { kind: 'no-answer' };
  return ending.outcome === 'refused' && ending.conditions.includes('base') ? { kind: 'moved-on' } : { kind: 'ended', ending };
}
