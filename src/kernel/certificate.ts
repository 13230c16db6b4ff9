/**
 * The signed statement that carries the evidence of one generation: an in-toto Statement v1 in a DSSE envelope.
 * The workshop signs it; the kernel re-checks what is cheap and takes the rest from the signature, and says so.
 */
import type { ChangeId, Digest, Instant } from './brand.ts';
import type { Evidence } from './evidence.ts';
import type { Scope } from './scope.ts';

export type RiskClass = 'low' | 'medium' | 'high';
/** What policy lets happen without a person, for a class of change. */
export type Autonomy = 'act' | 'propose' | 'off';

export interface CertificatePredicate {
  readonly format: 'theseus/certificate/1';
  readonly change: ChangeId;
  readonly generation: Digest;
  readonly base: Digest;
  readonly scope: Scope;
  readonly risk: RiskClass;
  readonly autonomy: Autonomy;
  /** The request and who asked. */
  readonly request: { readonly text: string; readonly by: string };
  readonly generator: string;
  readonly evidence: readonly Evidence[];
  readonly issued: Instant;
}
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: 'https://theseus.dev/certificate/v1';
  readonly predicate: CertificatePredicate;
}
/** DSSE 1.0: `payload` is base64 of the statement's canonical JSON; signatures are over PAE(payloadType, payload). */
export interface Envelope {
  readonly payloadType: 'application/vnd.in-toto+json';
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What was signed at an approval: the certificate, by whom, in which session. */
export interface Approval {
  readonly certificate: Digest;
  readonly by: string;
  readonly roles: readonly string[];
  readonly session: string;
  readonly at: Instant;
}
