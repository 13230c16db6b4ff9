/** What an admission is decided by: facts that the machine found itself, and the certificate, which the workshop signed. */
import type { Digest } from './brand.ts';
import type { CertificatePredicate } from './certificate.ts';
import type { Cover } from './cover.ts';
import type { Policy, SettingsChange } from './policy.ts';
import type { NewGrant } from './scope.ts';

export interface AdmissionFacts {
  readonly certificate: Digest;
  readonly predicate: CertificatePredicate;
  /** Signature over the envelope's payload by the workshop's key. */
  readonly signatureValid: boolean;
  /** The subject of the statement is this generation, by the digest of the content that the machine itself read from the sources. */
  readonly subjectMatches: boolean;
  /** Every source of the generation is at hand and has its digest. */
  readonly sourcesComplete: boolean;
  /** The machine's own reading of the sources, in a process of its own: problems found, empty when none. */
  readonly problems: readonly string[];
  /** `kind/name` of every component that differs from the base generation. */
  readonly changedComponents: readonly string[];
  /** The digests of their sources in this generation. */
  readonly changedSources: readonly Digest[];
  /** Members (`kind/name#member`) that differ from the base. */
  readonly changedMembers: readonly string[];
  /** Formulas that were there and are written otherwise now, as a scope names them. */
  readonly changedFormulas: readonly string[];
  /** Whether code came with the request, and the regions that the request states: by the machine's own record of it. */
  readonly handedIn: boolean;
  readonly askedRegions: { readonly [formula: string]: string };
  /** Live rows for which stated regions hold, as the machine counted them. */
  readonly covers: readonly Cover[];
  /** Capabilities held in the generation and not in the base, as `operation/cancelOrder: product update`. */
  readonly newCapabilities: readonly string[];
  /** Earlier examples and properties that are not as they were, as `kind/name#its name`. */
  readonly changedTests: readonly string[];
  /** What bodies may read and write of stored rows and could not in the base, as `order update`. */
  readonly newData: readonly string[];
  /** What somebody can do that nobody of that role could before. */
  readonly newGrants: readonly NewGrant[];
  /** Callers that could not go on as before, with a witness each. */
  readonly incompatible: readonly string[];
  /** What of theseus.json differs from that of the base. */
  readonly settingsChanged: SettingsChange;
  readonly policy: Policy;
}
/** Of these, what is known of the regions that a scope states. */
export type RegionFacts = Pick<AdmissionFacts, 'handedIn' | 'askedRegions' | 'covers'>;
