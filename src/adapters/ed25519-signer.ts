/** Certificates signed with ed25519 in DSSE envelopes (port Signer). Whoever checks one has a check of its own. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type CertificatePredicate, canonicalJson, type Envelope, Fault, preAuthenticationEncoding, statementOf } from '#kernel';
import { digestOf } from '#model';
import type { Signer } from '#ports';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** The signer of this private key (PKCS 8, PEM). */
export function ed25519Signer(privateKeyPem: string): Signer {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Fault('setup', 'The signing key is not an ed25519 key.');
  const publicKey = publicPem(createPublicKey(key));
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    publicKey,
    certify(predicate: CertificatePredicate) {
      const payload = canonicalJson(statementOf(predicate));
      const signature = sign(null, Buffer.from(preAuthenticationEncoding(PAYLOAD_TYPE, payload), 'utf8'), key);
      const envelope: Envelope = {
        payloadType: PAYLOAD_TYPE,
        payload: Buffer.from(payload, 'utf8').toString('base64'),
        signatures: [{ keyid: keyId, sig: signature.toString('base64') }],
      };
      return { envelope, digest: digestOf(canonicalJson(envelope)) };
    },
  };
}

const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const keyIdOf = (publicKeyPem: string): string => createHash('sha256').update(publicKeyPem, 'utf8').digest('hex').slice(0, 16);
