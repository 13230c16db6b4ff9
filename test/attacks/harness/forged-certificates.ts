/**
 * A workshop that lies: with its database login and its signing key, both stolen from its process, anything is handed in that it
 * could hand in, in the name of a request that somebody truly made. The workshop itself is held still meanwhile.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { changeRecords } from '#adapters/change-records';
import { ed25519Signer } from '#adapters/ed25519-signer';
import { parserProcess } from '#adapters/parser-process';
import { type CertificatePredicate, changeId, type Digest, digest, type Envelope, type GateName, instant, type Scope } from '#kernel';
import { generationOfReading, type SystemReading } from '#model';
import type { HostileSystem } from './systems.ts';

export interface Forgery {
  /** The text of `operations/reserved.ts`, altered; or other files beside it. */
  readonly files?: (files: { readonly [path: string]: string }) => { readonly [path: string]: string };
  readonly predicate?: (predicate: CertificatePredicate) => CertificatePredicate;
  readonly envelope?: (envelope: Envelope) => Envelope;
  readonly signWith?: 'workshop' | 'another key';
  /** The id of a change that nobody asked for. */
  readonly change?: string;
  /** Files for which the certificate was made, where they are others than those handed in. */
  readonly certified?: (files: { readonly [path: string]: string }) => { readonly [path: string]: string };
}
const gates: readonly GateName[] = [
  'parse',
  'types',
  'contract',
  'security',
  'examples',
  'properties',
  'mutation',
  'proof',
  'migration',
  'replay',
  'workflow',
];
const reserved = 'operations/reserved.ts';
let variant = 0;
/** Something that a person could well have asked for; another one at each forgery. */
export const harmless = (files: { readonly [path: string]: string }): { readonly [path: string]: string } => ({
  [reserved]: (files[reserved] ?? '').replace(/return (?:null|\{.*\});/, `return { said: '${variant}', count: null };`),
});
const reader = parserProcess();
export const closeReader = (): Promise<void> => reader.close();
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function holdStill(system: HostileSystem): () => void {
  const { workshop } = system.pids();
  process.kill(workshop, 'SIGSTOP');
  return () => process.kill(workshop, 'SIGCONT');
}

/** Hands in, and answers how the change ended ('no answer' where the kernel never spoke) and whether another generation serves. */
export async function forge(
  system: HostileSystem,
  forgery: Forgery = {},
): Promise<{ readonly outcome: string; readonly why: string; readonly served: boolean }> {
  variant += 1;
  const asked = await system.call('POST', '/_theseus/changes', { request: `Make reserved answer nothing ${Math.random()}` });
  const change = changeId(forgery.change ?? String(asked.json['id']));
  const records = await changeRecords(system.loginUrl('workshop'));
  try {
    const base = (await records.serving()) ?? digest(`sha256:${'0'.repeat(64)}`);
    const files = await records.sources(base);
    const edits = (forgery.files ?? harmless)(files);
    const certifiedEdits = (forgery.certified ?? forgery.files ?? harmless)(files);
    const reading = (await reader.read({ ...files, ...certifiedEdits })) as unknown as SystemReading;
    const readable = reading.ok ? reading : ((await reader.read(files)) as unknown as SystemReading);
    if (!readable.ok) throw new Error('the base does not read');
    const generation: Digest = reading.ok
      ? generationOfReading({ ...files, ...certifiedEdits }, reading).id
      : digest(`sha256:${'1'.repeat(64)}`);
    const components = Object.keys(edits).map((path) =>
      path.replace('operations/', 'operation/').replace('entities/', 'entity/').replace(/\.ts$/, ''),
    );
    const scope = { components, members: components } as unknown as Scope;
    const honest: CertificatePredicate = {
      format: 'theseus/certificate/1',
      change,
      generation,
      base,
      scope,
      risk: 'medium',
      autonomy: 'act',
      request: { text: 'x', by: 'owner' },
      generator: 'a liar',
      evidence: gates.map((gate) => ({
        gate,
        verdict: 'pass',
        findings: [],
        looked: [generation],
        engine: 'none',
        cost: { cpuMs: 1, wallMs: 1 },
      })),
      issued: instant(Date.now()),
    };
    const predicate = forgery.predicate?.(honest) ?? honest;
    const keys = JSON.parse(readFileSync(join(system.data, 'keys', 'workshop.json'), 'utf8')) as { readonly privateKey: string };
    const another = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const signed = ed25519Signer(forgery.signWith === 'another key' ? another.privateKey : keys.privateKey).certify(predicate);
    const envelope = forgery.envelope?.(signed.envelope) ?? signed.envelope;
    await records.insertCandidate(
      { id: `candidate_${Math.random().toString(36).slice(2)}`, change, base, generator: 'a liar', files: edits, scope, notes: [] },
      predicate.generation,
    );
    await records.insertCertificate({ ...signed, envelope, predicate: { ...predicate, change } }, 'forged');
    const ending = await records.awaitEnding(change, signed.digest, 2_000);
    await pause(50);
    const served = (await records.serving()) !== base;
    return ending === null
      ? { outcome: 'no answer', why: '', served }
      : { outcome: ending.kind === 'ended' ? ending.outcome : ending.kind, why: 'why' in ending ? ending.why : '', served };
  } finally {
    await records.close();
  }
}
