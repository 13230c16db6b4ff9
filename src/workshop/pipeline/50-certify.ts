/** The evidence, signed. The certificate says what was asked, what it may alter and how it was shown; it activates nothing. */
import type { Candidate, ChangeRequest } from '#change';
import { type Autonomy, type CertificatePredicate, type Digest, type Envelope, type Evidence, instant, type RiskClass } from '#kernel';
import type { ChangeParts } from './parts.ts';

export interface CertifyInput {
  readonly request: ChangeRequest;
  readonly candidate: Candidate;
  readonly generation: Digest;
  readonly evidence: readonly Evidence[];
  readonly risk: RiskClass;
  readonly autonomy: Autonomy;
}
export interface Certified {
  readonly digest: Digest;
  readonly envelope: Envelope;
  readonly predicate: CertificatePredicate;
}

export function certify({ request, candidate, generation, evidence, risk, autonomy }: CertifyInput, parts: ChangeParts): Certified {
  const predicate: CertificatePredicate = {
    format: 'theseus/certificate/1',
    change: request.id,
    generation,
    base: candidate.base,
    scope: candidate.scope,
    risk,
    autonomy,
    request: { text: request.text, by: request.by },
    generator: candidate.generator,
    evidence,
    issued: instant(parts.clock()),
  };
  return { ...parts.signer.certify(predicate), predicate };
}
