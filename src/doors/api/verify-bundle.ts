/**
 * Checks offline, without the system, that a generation is what its certificate and the kernel's log say. Everything is
 * computed anew from the bundle; the keys are those of the bundle, so who distrusts its sender compares their fingerprints.
 * It repeats signatures and digests. It does not run tests again: what they showed is taken from the workshop's signature.
 */
import { canonicalJson, contentOf, type Evidence, type GenerationContent, preAuthenticationEncoding, type Statement } from '#kernel';
import type { BundleJson } from './resources.ts';

export interface BundleCheck {
  readonly name: string;
  readonly holds: boolean;
  readonly why: string;
}
export interface Verification {
  readonly valid: boolean;
  readonly generation: string;
  readonly checks: readonly BundleCheck[];
  /** What the workshop signed, gate by gate. */
  readonly evidence: readonly Evidence[];
  /** SHA-256 of each public key, by name. */
  readonly fingerprints: { readonly [name: string]: string };
  /** What this check cannot show. */
  readonly notShown: readonly string[];
}

/** `trusted`: fingerprints that the keys must have, by name, from a source other than the bundle. Total on any JSON. */
export async function verifyBundle(bundle: BundleJson, trusted: { readonly [name: string]: string } = {}): Promise<Verification> {
  const checks: BundleCheck[] = [];
  const check = (name: string, holds: boolean, why: string): void => void checks.push({ name, holds, why: holds ? '' : why });
  const content = bundle.content as unknown as GenerationContent;
  check(
    'format',
    bundle.format === 'theseus/bundle/1' && content.format === 'theseus/generation/1',
    'The bundle or its generation has an unknown format.',
  );
  check(
    'generation',
    (await digestOf(canonicalJson(contentOf(content)))) === bundle.generation,
    'The content is not that of this generation: its digest is another.',
  );

  const wanted = [
    content.settings,
    ...content.components.flatMap((component) => [component.source, ...(component.tests === undefined ? [] : [component.tests])]),
  ];
  const missing = wanted.filter((digest) => bundle.sources[digest] === undefined);
  check('sources are complete', missing.length === 0, `Missing: ${missing.join(', ')}.`);
  const altered: string[] = [];
  for (const [digest, text] of Object.entries(bundle.sources)) if ((await digestOf(text)) !== digest) altered.push(digest);
  check('sources are unaltered', altered.length === 0, `Altered: ${altered.join(', ')}.`);

  const fingerprints = Object.fromEntries(
    await Promise.all(Object.entries(bundle.publicKeys).map(async ([name, key]) => [name, await digestOf(key.trim())] as const)),
  );
  for (const [name, fingerprint] of Object.entries(trusted))
    check(
      `key of ${name}`,
      fingerprints[name] === fingerprint,
      `It has the fingerprint ${fingerprints[name] ?? 'none'}, not the trusted one.`,
    );

  const statement = await checkCertificate(bundle, check);
  await checkLog(bundle, check);
  return {
    valid: checks.every(({ holds }) => holds),
    generation: bundle.generation,
    checks,
    evidence: statement?.predicate.evidence ?? [],
    fingerprints,
    notShown: [
      ...(bundle.certificate === null
        ? ['This is the generation that the system was installed with: it has no certificate.']
        : ['That the tests were run: it is taken from the signature of the workshop.']),
      ...(Object.keys(trusted).length === 0
        ? ['That the keys are those of the system: compare their fingerprints, or give them with --trust.']
        : []),
    ],
  };
}

type Check = (name: string, holds: boolean, why: string) => void;

async function checkCertificate({ certificate, generation, publicKeys }: BundleJson, check: Check): Promise<Statement | null> {
  if (certificate === null) return null;
  const { envelope } = certificate;
  check('certificate', (await digestOf(canonicalJson(envelope))) === certificate.digest, 'The certificate has another digest.');
  const payload = textOf(envelope.payload);
  const signed = await Promise.all(
    envelope.signatures.map(({ sig }) =>
      verifySignature(publicKeys['workshop'], preAuthenticationEncoding(envelope.payloadType, payload), sig),
    ),
  );
  check(
    'signature of the workshop',
    signed.some((valid) => valid),
    'No signature of the workshop holds.',
  );
  const statement = statementOf(payload);
  if (statement === null) {
    check('statement', false, 'The certificate holds no statement.');
    return null;
  }
  const { predicate, subject } = statement;
  check(
    'subject',
    predicate.generation === generation && subject.some((one) => `sha256:${one.digest.sha256}` === generation),
    'The certificate speaks of another generation.',
  );
  const failed = predicate.evidence.filter(({ verdict }) => verdict === 'fail').map(({ gate }) => gate);
  check('no gate failed', failed.length === 0, `Failed: ${failed.join(', ')}.`);
  const elsewhere = predicate.evidence.filter(({ looked }) => !looked.some((digest) => digest === generation)).map(({ gate }) => gate);
  check('evidence is about this generation', elsewhere.length === 0, `These looked at another: ${elsewhere.join(', ')}.`);
  return statement;
}

/** Each entry is chained to the one before and signed by the kernel; one of them admitted or installed this generation. */
async function checkLog({ log, generation, certificate, publicKeys }: BundleJson, check: Check): Promise<void> {
  let previous = 'start';
  let broken: number | null = null;
  for (const [index, entry] of log.entries()) {
    const digest = await digestOf(canonicalJson({ seq: entry.seq, previous, event: entry.event }));
    const whole =
      entry.seq === index + 1 &&
      entry.previous === previous &&
      entry.digest === digest &&
      (await verifySignature(publicKeys['kernel'], digest, entry.signature));
    if (!whole) {
      broken = entry.seq;
      break;
    }
    previous = digest;
  }
  check('log of the kernel', broken === null, `It was altered at entry ${broken}.`);
  const admitted = log.some(({ event }) =>
    certificate === null
      ? event.kind === 'installed' && event.generation === generation
      : event.kind === 'admitted' && event.generation === generation && event.certificate === certificate.digest,
  );
  check('admission', admitted, 'The log of the kernel admits no such generation with this certificate.');
}

function statementOf(payload: string): Statement | null {
  try {
    const statement = JSON.parse(payload) as Partial<Statement>;
    return statement.predicate !== undefined && Array.isArray(statement.subject) && Array.isArray(statement.predicate.evidence)
      ? (statement as Statement)
      : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
const textOf = (base64: string): string => new TextDecoder().decode(bytesOf(base64));

/** Ed25519 over UTF-8 text; `pem` is a public key as SubjectPublicKeyInfo. What does not read does not hold. */
async function verifySignature(pem: string | undefined, text: string, signature: string): Promise<boolean> {
  if (pem === undefined) return false;
  try {
    const key = await crypto.subtle.importKey('spki', bytesOf(pem.replaceAll(/-----[^-]+-----|\s/g, '')), { name: 'Ed25519' }, false, [
      'verify',
    ]);
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, bytesOf(signature), new TextEncoder().encode(text));
  } catch (cause) {
    if (cause instanceof Error) return false;
    throw cause;
  }
}
