import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  canonicalJson,
  type CertificatePredicate,
  changeId,
  contentOf,
  type Digest,
  type Envelope,
  type Generation,
  instant,
  type KernelEvent,
  preAuthenticationEncoding,
  statementOf,
} from '#kernel';
import { digestOf, generationOf } from '#model';
import type { BundleJson, LogEntry } from './resources.ts';
import { verifyBundle } from './verify-bundle.ts';

const workshop = generateKeyPairSync('ed25519');
const kernel = generateKeyPairSync('ed25519');
const pem = (pair: typeof kernel): string => pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const source = 'export default entity({});\n';

function specimen(): BundleJson {
  const generation: Generation = generationOf(digestOf('{}'), [
    { kind: 'entity', name: 'customer', path: 'entities/customer.ts', source: digestOf(source), contract: digestOf('c') },
  ]);
  const base = digestOf('base');
  const predicate: CertificatePredicate = {
    format: 'theseus/certificate/1',
    change: changeId('ch'),
    generation: generation.id,
    base,
    scope: { components: [], members: [] },
    risk: 'low',
    autonomy: 'act',
    request: { text: 'x', by: 'c1' },
    generator: 'sentences',
    issued: instant(1),
    evidence: [{ gate: 'types', verdict: 'pass', findings: [], looked: [generation.id], engine: 'x', cost: { cpuMs: 1, wallMs: 1 } }],
  };
  const payload = canonicalJson(statementOf(predicate));
  const envelope: Envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(payload).toString('base64'),
    signatures: [
      {
        keyid: 'workshop',
        sig: sign(null, Buffer.from(preAuthenticationEncoding('application/vnd.in-toto+json', payload)), workshop.privateKey).toString(
          'base64',
        ),
      },
    ],
  };
  const digest: Digest = digestOf(canonicalJson(envelope));
  const events: readonly KernelEvent[] = [
    { kind: 'installed', at: instant(1), by: 'machine', generation: base, activation: 1 },
    { kind: 'admitted', at: instant(2), by: 'c1', generation: generation.id, certificate: digest, change: changeId('ch'), base },
  ];
  let previous = 'start';
  const log = events.map((event, index): LogEntry => {
    const entry = digestOf(canonicalJson({ seq: index + 1, previous, event }));
    const logged = {
      seq: index + 1,
      at: '',
      event,
      previous,
      digest: entry,
      signature: sign(null, Buffer.from(entry), kernel.privateKey).toString('base64'),
    };
    previous = entry;
    return logged;
  });
  return {
    format: 'theseus/bundle/1',
    generation: generation.id,
    content: JSON.parse(JSON.stringify(contentOf(generation))) as BundleJson['content'],
    certificate: { digest, envelope },
    sources: { [digestOf('{}')]: '{}', [digestOf(source)]: source },
    log,
    publicKeys: { workshop: pem(workshop), kernel: pem(kernel) },
  };
}
const broken = async (bundle: unknown, trusted?: { readonly [name: string]: string }): Promise<readonly string[]> =>
  (await verifyBundle(bundle as BundleJson, trusted)).checks.filter(({ holds }) => !holds).map(({ name }) => name);

describe('a bundle', () => {
  it('that is as it was signed is valid', async () => {
    const bundle = specimen();
    const { valid, fingerprints, evidence } = await verifyBundle(bundle);
    assert.equal(valid, true);
    assert.equal(evidence.length, 1);
    assert.deepEqual(await broken(bundle, fingerprints), []);
  });

  it('is refused wherever it was altered', async () => {
    const bundle = specimen();
    assert.deepEqual(await broken({ ...bundle, sources: { ...bundle.sources, [digestOf(source)]: `${source}//` } }), [
      'sources are unaltered',
    ]);
    assert.deepEqual(await broken({ ...bundle, sources: {} }), ['sources are complete']);
    assert.deepEqual(await broken({ ...bundle, content: { ...(bundle.content as object), settings: digestOf('other') } }), [
      'generation',
      'sources are complete',
    ]);
    assert.deepEqual(await broken({ ...bundle, generation: digestOf('other') }), [
      'generation',
      'subject',
      'evidence is about this generation',
      'admission',
    ]);
    assert.deepEqual(await broken({ ...bundle, publicKeys: { ...bundle.publicKeys, workshop: pem(kernel) } }), [
      'signature of the workshop',
    ]);
    assert.deepEqual(await broken({ ...bundle, publicKeys: {} }), ['signature of the workshop', 'log of the kernel']);
    assert.deepEqual(await broken({ ...bundle, log: bundle.log.slice(1) }), ['log of the kernel']);
    assert.deepEqual(await broken({ ...bundle, log: bundle.log.slice(0, 1) }), ['admission']);
    assert.deepEqual(await broken(bundle, { workshop: 'sha256:other' }), ['key of workshop']);
    const envelope = { ...bundle.certificate?.envelope, payload: 'bm8=' };
    assert.deepEqual(await broken({ ...bundle, certificate: { ...bundle.certificate, envelope } }), [
      'certificate',
      'signature of the workshop',
      'statement',
    ]);
  });
});
