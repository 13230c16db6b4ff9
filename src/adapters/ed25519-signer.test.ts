import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { type CertificatePredicate, canonicalJson, changeId, digest, instant } from '#kernel';
import { openEnvelope } from '#machine';
import { digestOf } from '#model';
import { ed25519Signer } from './ed25519-signer.ts';

const generation = digest(`sha256:${'1'.repeat(64)}`);
const predicate: CertificatePredicate = {
  format: 'theseus/certificate/1',
  change: changeId('ch-1'),
  generation,
  base: digest(`sha256:${'2'.repeat(64)}`),
  scope: { components: [], members: [] },
  risk: 'low',
  autonomy: 'act',
  request: { text: 'Füge ein Fälligkeitsdatum hinzu ✓', by: 'ada' },
  generator: 'sentences',
  evidence: [],
  issued: instant(1),
};
const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('an envelope opens with the key that signed it, and names its generation', () => {
  const signer = ed25519Signer(pem());
  const { envelope, digest: name } = signer.certify(predicate);
  const opened = openEnvelope(envelope, signer.publicKey);
  assert.equal(opened?.valid, true);
  assert.deepEqual(opened?.statement.predicate, predicate);
  assert.equal(opened?.statement.subject[0]?.digest.sha256, '1'.repeat(64));
  assert.equal(name, digestOf(canonicalJson(envelope)));
});

test('an altered payload, another key and an unknown payload type do not open', () => {
  const signer = ed25519Signer(pem());
  const { envelope } = signer.certify(predicate);
  const altered = Buffer.from(Buffer.from(envelope.payload, 'base64').toString('utf8').replace('"low"', '"high"')).toString('base64');
  assert.notEqual(openEnvelope({ ...envelope, payload: altered }, signer.publicKey)?.valid, true);
  assert.notEqual(openEnvelope(envelope, ed25519Signer(pem()).publicKey)?.valid, true);
  assert.notEqual(
    openEnvelope({ ...envelope, payloadType: 'text/plain' as 'application/vnd.in-toto+json' }, signer.publicKey)?.valid,
    true,
  );
  assert.notEqual(openEnvelope({ ...envelope, signatures: [] }, signer.publicKey)?.valid, true);
});
