/** Signs what a process says, and checks what another said. Keys are named, so that a verifier knows which to take. */
import type { CertificatePredicate, Digest, Envelope } from '#kernel';

export interface Signer {
  readonly keyId: string;
  /** Text that others need to check a signature. */
  readonly publicKey: string;
  /** The certificate as a signed envelope, and the digest that names it: of the envelope's canonical JSON. */
  certify(predicate: CertificatePredicate): { readonly envelope: Envelope; readonly digest: Digest };
}
