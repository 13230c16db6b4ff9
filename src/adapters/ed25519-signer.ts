/**
 * Certificates signed with ed25519 in DSSE envelopes (port Signer), and the check of one. Never: a private key leaves the file
 * that it was made in, readable by its process alone.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CertificatePredicate, canonicalJson, type Envelope, Fault, preAuthenticationEncoding, type Statement, statementOf } from '#kernel';
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

/** The signer whose key lies at `path`; makes the key at the first start. */
export function signerAt(path: string): Signer {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return ed25519Signer(readFileSync(path, 'utf8'));
}

/** The statement of an envelope, where one of its signatures is by this public key (SPKI, PEM); else undefined. */
export function openEnvelope(envelope: Envelope, publicKeyPem: string): Statement | undefined {
  if (envelope.payloadType !== PAYLOAD_TYPE) return undefined;
  const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
  const key = createPublicKey(publicKeyPem);
  const covered = Buffer.from(preAuthenticationEncoding(envelope.payloadType, payload), 'utf8');
  const signed = envelope.signatures.some((signature) => verify(null, covered, key, Buffer.from(signature.sig, 'base64')));
  return signed ? (JSON.parse(payload) as Statement) : undefined;
}

const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const keyIdOf = (publicKeyPem: string): string => createHash('sha256').update(publicKeyPem, 'utf8').digest('hex').slice(0, 16);
