/**
 * What stands between a certificate and what serves, from end to end: envelope, row, second reading, kernel. Every part of a good one is
 * altered, swapped with that of another good one, used again, or signed by the wrong key, and refused.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import {
  type AdmissionFacts,
  canonicalJson,
  type CertificatePredicate,
  changeId,
  decide,
  digest,
  emptyState,
  type Envelope,
  type Evidence,
  type GateName,
  instant,
  isRefusal,
  type Json,
  type KernelEvent,
  type KernelState,
  preAuthenticationEncoding,
  replay,
  type Statement,
  statementOf,
} from '#kernel';
import { generationOfReading, readSettings, type SourceFiles } from '#model';
import { readSystem } from '#model/read';
import type { StoredCertificate } from '#store/records';
import { factsOf, type Generations, readAgain, type SecondReading, storedOf, type WholeGeneration } from './second-reading.ts';
import { certificateDigest, chainStart, checkChain, countersign, openEnvelope } from './signatures.ts';

const folder = new URL('../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const settings = readSettings(shop['theseus.json'] ?? '');
const gates: readonly GateName[] = [...new Set(Object.values(settings.policy.gates).flat())];
const policy = { ...settings.policy, autonomy: { low: 'act', medium: 'act', high: 'act' } as const };
const by = { id: 'ada', roles: ['owner'] };
const at = instant(1_000);

const keys = (): { readonly privateKey: string; readonly publicKey: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
};
const [workshop, kernel, stranger] = [keys(), keys(), keys()];

const wholeOf = (files: SourceFiles): WholeGeneration => {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading));
  return { generation: generationOfReading(files, reading), files, components: reading.components.map((each) => storedOf(files, each)) };
};
const base = wholeOf(shop);
const reader = {
  read: async (files: SourceFiles) => readSystem(files) as unknown as Json,
  regions: async () => ({}),
  close: async () => {},
};
const generations: Generations = { whole: async (id) => (id === base.generation.id ? base : null), keep: () => {} };
type Edits = { readonly [path: string]: string | null };
const secondly = async (edits: Edits): Promise<SecondReading> => {
  const reading = await readAgain(reader, generations, base.generation.id, edits);
  assert.ok(reading !== null);
  return reading;
};

/** A change that adds one text to an entity, with all that is said of it. */
interface Made {
  readonly edits: Edits;
  readonly reading: SecondReading;
  readonly predicate: CertificatePredicate;
  readonly stored: StoredCertificate;
}
async function made(name: string, entity: string): Promise<Made> {
  const path = `entities/${entity}.ts`;
  const text = shop[path] ?? '';
  const edits = { [path]: text.replace('  fields: {\n', `  fields: {\n    ${name}: text({ id: 'f_new${name}', no: 40 }),\n`) };
  const reading = await secondly(edits);
  const { id: generation } = reading.generation;
  const evidence = gates.map((gate): Evidence => ({
    gate,
    verdict: 'pass',
    findings: [],
    looked: [generation],
    engine: 'test',
    cost: { cpuMs: 1, wallMs: 1 },
  }));
  const predicate: CertificatePredicate = {
    format: 'theseus/certificate/1',
    change: changeId(`ch_${name}`),
    generation,
    base: base.generation.id,
    scope: { components: [`entity/${entity}`], members: [`entity/${entity}`] } as CertificatePredicate['scope'],
    risk: 'low',
    autonomy: 'act',
    request: { text: `Add ${name}`, by: 'ada' },
    generator: 'sentences',
    evidence,
    issued: at,
  };
  return { edits, reading, predicate, stored: storedFor(predicate, envelopeOf(statementOf(predicate), workshop.privateKey)) };
}
const payloadType = 'application/vnd.in-toto+json';
function envelopeOf(statement: Json | Statement, privateKey: string): Envelope {
  const payload = canonicalJson(statement as Json);
  const sig = sign(null, Buffer.from(preAuthenticationEncoding(payloadType, payload)), privateKey).toString('base64');
  return { payloadType, payload: Buffer.from(payload).toString('base64'), signatures: [{ keyid: 'any', sig }] };
}
const storedFor = ({ change, generation }: CertificatePredicate, envelope: Envelope): StoredCertificate => ({
  digest: certificateDigest(envelope),
  generation,
  change,
  envelope,
});

const installed = decide(emptyState, { kind: 'install', at, by, generation: base.generation.id });
assert.ok(!isRefusal(installed));
const state = replay(emptyState, installed);
/** As the machine goes about it. Undefined where it would not even ask the kernel. */
function factsFor(stored: StoredCertificate, reading: SecondReading): AdmissionFacts | undefined {
  const opened = openEnvelope(stored.envelope, workshop.publicKey);
  return opened === null ? undefined : factsOf(reading, stored, opened, policy, { handedIn: false, askedRegions: {}, covers: [] });
}
function admitted(stored: StoredCertificate, reading: SecondReading, now: KernelState = state): boolean {
  const facts = factsFor(stored, reading);
  return facts !== undefined && !isRefusal(decide(now, { kind: 'admit', at, by, facts }));
}

let good: Made;
let other: Made;
before(async () => {
  good = await made('colour', 'product');
  other = await made('nickname', 'customer');
});

/** Every leaf of a value, as the path to it and the value with that leaf altered or taken away. */
function* altered(value: Json, path = ''): Generator<readonly [string, Json]> {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      for (const [place, changed] of altered(member as Json, `${path}[${index}]`)) yield [place, value.with(index, changed)];
      yield [`${path}[${index}] gone`, value.toSpliced(index, 1)];
      yield [`${path}[${index}] twice`, [...value, member]];
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      for (const [place, changed] of altered(member, `${path}.${name}`)) yield [place, { ...value, [name]: changed }];
      yield [`${path}.${name} gone`, Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))];
    }
  } else if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'boolean') yield [path, !value];
  else if (typeof value === 'string') {
    yield [path, `${value}x`];
    yield [path, value.length > 1 ? value.slice(0, -1) : 'y'];
  }
}

test('both are admitted as they are', () => {
  for (const { stored, reading } of [good, other]) {
    const facts = factsFor(stored, reading);
    assert.ok(facts !== undefined);
    const decided = decide(state, { kind: 'admit', at, by, facts });
    assert.ok(!isRefusal(decided), JSON.stringify(decided));
  }
});

test('no letter of a statement is altered without its signature, and none of the envelope or of its row', () => {
  const { stored, reading, predicate } = good;
  let tried = 0;
  for (const [path, statement] of altered(statementOf(predicate) as unknown as Json)) {
    tried += 1;
    const payload = Buffer.from(canonicalJson(statement)).toString('base64');
    const envelope = { ...stored.envelope, payload };
    assert.ok(!admitted({ ...stored, envelope, digest: certificateDigest(envelope) }, reading), path);
  }
  for (const [path, row] of altered(stored as unknown as Json)) {
    tried += 1;
    assert.ok(!admitted(row as unknown as StoredCertificate, reading), path);
  }
  // the digest of what was altered says no more than what was altered
  for (const [path, envelope] of altered(stored.envelope as unknown as Json)) {
    if (/keyid|twice/.test(path)) continue;
    tried += 1;
    const whole = envelope as unknown as Envelope;
    assert.ok(!admitted({ ...stored, envelope: whole, digest: certificateDigest(whole) }, reading), path);
  }
  assert.ok(tried > 200, String(tried));
});

test('what two good ones are made of cannot be swapped, whichever part it is', () => {
  const [a, b] = [good, other];
  const swaps: readonly StoredCertificate[] = [
    { ...a.stored, envelope: b.stored.envelope },
    { ...b.stored, generation: a.stored.generation },
    { ...b.stored, change: a.stored.change },
    { ...a.stored, digest: b.stored.digest },
    { ...a.stored, envelope: { ...a.stored.envelope, signatures: b.stored.envelope.signatures } },
    { ...a.stored, envelope: { ...a.stored.envelope, payload: b.stored.envelope.payload } },
  ];
  for (const [index, stored] of swaps.entries())
    for (const reading of [a.reading, b.reading]) {
      assert.ok(!admitted(stored, reading), `as it stands, ${index}`);
      const again = { ...stored, digest: certificateDigest(stored.envelope) };
      const same = [a, b].some(
        (one) => one.reading === reading && canonicalJson(again as unknown as Json) === canonicalJson(one.stored as unknown as Json),
      );
      assert.ok(same || !admitted(again, reading), `with its digest, ${index}`);
    }
  assert.ok(!admitted(a.stored, b.reading));
  assert.ok(!admitted(b.stored, a.reading));
  // Members of one in the other, signed by the workshop itself: of another generation, base or change it says too much.
  for (const member of ['generation', 'base', 'evidence', 'scope'] as const) {
    const predicate = { ...a.predicate, [member]: member === 'base' ? b.predicate.generation : b.predicate[member] };
    const envelope = envelopeOf(statementOf(predicate), workshop.privateKey);
    assert.ok(!admitted({ ...a.stored, envelope, digest: certificateDigest(envelope) }, a.reading), member);
  }
});

test("only the workshop's key certifies: not the kernel's, not a stranger's, and a subject of its own makes no difference", () => {
  const statement = statementOf(good.predicate);
  for (const { privateKey } of [kernel, stranger])
    assert.ok(!admitted(storedFor(good.predicate, envelopeOf(statement, privateKey)), good.reading));
  const [subject] = statement.subject;
  assert.ok(subject !== undefined);
  const elsewhere = { ...statement, subject: [{ ...subject, digest: { sha256: other.predicate.generation.slice('sha256:'.length) } }] };
  assert.ok(!admitted(storedFor(good.predicate, envelopeOf(elsewhere, workshop.privateKey)), good.reading));
});

test('a certificate is good once, on its base, and never after', () => {
  const facts = factsFor(good.stored, good.reading);
  assert.ok(facts !== undefined);
  const log: KernelEvent[] = [...installed];
  for (const command of [
    { kind: 'admit', at, by, facts },
    { kind: 'activate', at, by, generation: good.predicate.generation },
  ] as const) {
    const events = decide(replay(emptyState, log), command);
    assert.ok(!isRefusal(events));
    log.push(...events);
  }
  assert.ok(!admitted(good.stored, good.reading, replay(emptyState, log)));
  assert.ok(!admitted(other.stored, other.reading, replay(emptyState, log)), 'it was made on what serves no more');
  const back = decide(replay(emptyState, log), { kind: 'roll-back', at, by, withLater: false, policy });
  assert.ok(!isRefusal(back));
  const returned = replay(emptyState, [...log, ...back]);
  assert.equal(returned.routing.stable, base.generation.id);
  assert.ok(admitted(other.stored, other.reading, returned), 'its base serves again');
});

test('a candidate of which one letter, one file or one place is altered is another generation than was certified', async () => {
  const [path = ''] = Object.keys(good.edits);
  const text = good.edits[path] ?? '';
  const tests = path.replace('.ts', '.test.ts');
  const candidates: readonly (readonly [string, Edits])[] = [
    ['a letter of a comment', { [path]: text.replace('what the shop sells', 'what the shop sellz') }],
    ['a blank line', { [path]: `${text}\n` }],
    ['a bound', { [path]: text.replace("min: '0.00'", "min: '0.01'") }],
    ['another id', { [path]: text.replace('f_newcolour', 'f_newcolor') }],
    ['another number', { [path]: text.replace('no: 40', 'no: 41') }],
    ['nothing of it', {}],
    ['the file gone', { [path]: null }],
    ['the candidate of the other', other.edits],
    ['both together', { ...good.edits, ...other.edits }],
    ['under another path', { [path]: shop[path] ?? '', 'entities/thing.ts': text }],
    ['with tests that nobody saw', { ...good.edits, [tests]: "import { examples } from 'theseus/sdk';\nexport default examples([]);\n" }],
    ['with other settings', { ...good.edits, 'theseus.json': (shop['theseus.json'] ?? '').replace('"shop"', '"shops"') }],
    ['with what does not read', { ...good.edits, 'operations/x.ts': 'export default 1;' }],
  ];
  for (const [name, edits] of candidates) {
    if (canonicalJson(edits as Json) === canonicalJson(good.edits as Json)) assert.fail(`${name} alters nothing`);
    assert.ok(!admitted(good.stored, await secondly(edits)), name);
  }
  assert.ok(admitted(good.stored, await secondly({ ...good.edits })));
});

test("the kernel's log takes nothing of the workshop's key, nothing altered, nothing again", () => {
  const source = digest(`sha256:${'a'.repeat(64)}`);
  const own = { at, by: 'ada' };
  const certificate = good.stored.digest;
  const { generation, change } = good.predicate;
  const events: readonly KernelEvent[] = [
    ...installed,
    { ...own, kind: 'approved', approval: { certificate, by: 'ada', roles: ['owner'], session: 's1', at } },
    { ...own, kind: 'admitted', generation, certificate, change, base: base.generation.id },
    { ...own, kind: 'activated', generation, activation: 2, change },
    { ...own, kind: 'struck', component: 'operation/x', source, why: 'it died' },
    { ...own, kind: 'frozen', why: 'look' },
  ];
  const log = countersign(chainStart, events, kernel.privateKey);
  const tampered = (entries: unknown): void =>
    assert.throws(() => checkChain(chainStart, entries as typeof log, kernel.publicKey), { code: 'tampered' });
  const end = checkChain(chainStart, log, kernel.publicKey);
  for (const [index, entry] of log.entries())
    for (const [path, changed] of altered(entry as unknown as Json)) {
      tampered(log.with(index, changed as unknown as (typeof log)[number]));
      // chained and signed anew from there on, with the key that a workshop has
      const event = (changed as unknown as (typeof log)[number]).event;
      if (!path.startsWith('.event') || event === undefined) continue;
      const previous = { seq: index, digest: log[index - 1]?.digest ?? chainStart.digest };
      tampered([...log.slice(0, index), ...countersign(previous, [event, ...events.slice(index + 1)], workshop.privateKey)]);
    }
  for (const [index, entry] of log.entries()) {
    tampered([...log, entry]);
    tampered([...log, { ...entry, seq: log.length + 1, previous: end.digest }]);
    if (index < log.length - 1) tampered(log.toSpliced(index, 1));
    assert.throws(() => checkChain(end, [entry], kernel.publicKey), { code: 'tampered' });
  }
  // an approval, a release, an activation that the workshop would add
  for (const event of [
    { ...own, kind: 'approved', approval: { certificate, by: 'eve', roles: ['owner'], session: 's2', at } },
    { ...own, kind: 'released', component: 'operation/x', source },
    { ...own, kind: 'activated', generation: other.predicate.generation, activation: 3, change: other.predicate.change },
    { ...own, kind: 'unfrozen' },
  ] as const)
    tampered([...log, ...countersign(end, [event], workshop.privateKey)]);
});
