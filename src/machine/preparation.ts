/**
 * What an admission needs, made ready while the gates still look at a candidate: the second reading, sources and components
 * in the database, additive DDL, the generation built. Promises: nothing of it serves or is given to a host, and nothing is made
 * ready that would be refused whatever its certificate says. The admission decides by itself; it finds here what it would have done first.
 */
import type { Pool } from 'pg';
import { admissionConditions, type AdmissionFacts, type Digest, Fault, type KernelState, type Policy, type RegionFacts } from '#kernel';
import { digestOf } from '#model';
import type { CodeReader } from '#ports';
import { loadCandidateFor, loadOfferedCandidate, type OfferedCandidate, saveComponents, saveGeneration, saveSources } from '#store/records';
import { buildLoaded, type Loaded, type SettingsReader } from './loaded.ts';
import type { RegionFactsOf } from './region-facts.ts';
import { type Generations, readAgain, type SecondReading } from './second-reading.ts';

export interface PreparationParts {
  readonly pool: Pool;
  readonly reader: CodeReader;
  readonly generations: Generations;
  readonly regions: RegionFactsOf;
  readonly readSettings: SettingsReader;
  readonly migrate: (generation: Digest, model: Loaded['model']) => Promise<void>;
}
export interface Preparation {
  /** What the machine reads in the candidate of a change that is said to be this generation; null where there is none. */
  reading(change: string, base: Digest, generation: Digest): Promise<SecondReading | null>;
  /** Data and code of what was read, complete but for its number. */
  ready(reading: SecondReading, base: Digest, change: string): Promise<Loaded>;
  /** Does both for a candidate that has no certificate yet, where this state and policy would let it live. */
  ahead(candidate: string, state: KernelState, policy: Policy): Promise<void>;
}
/** Candidates that are kept, each until its certificate is there. */
const KEPT = 4;

export function openPreparation(parts: PreparationParts): Preparation {
  const { pool } = parts;
  const readings = kept<SecondReading | null>();
  const made = kept<Loaded>();

  const make = async ({ whole, texts, components }: SecondReading, base: Digest, change: string): Promise<Loaded> => {
    if (whole === null) throw new Fault('bug', 'What does not read is never made ready.');
    const { generation, files } = whole;
    await saveSources(
      pool,
      texts.map((text) => ({ digest: digestOf(text), text })),
    );
    await Promise.all([saveComponents(pool, components), saveGeneration(pool, generation, base, change)]);
    const loaded = buildLoaded(parts.readSettings(files['theseus.json'] ?? ''), generation.id, whole.components, 0);
    await parts.migrate(generation.id, loaded.model);
    return loaded;
  };
  const ready: Preparation['ready'] = (reading, base, change) => made(reading.generation.id, () => make(reading, base, change));

  return {
    reading: (change, base, generation) =>
      readings(`${base} ${generation}`, async () => {
        const candidate = await loadCandidateFor(pool, change, generation);
        return candidate === null ? null : readAgain(parts.reader, parts.generations, base, candidate.files);
      }),
    ready,
    ahead: async (id, state, policy) => {
      const candidate = await loadOfferedCandidate(pool, id);
      if (candidate === null || candidate.generation === null || candidate.base !== state.routing.stable) return;
      if (!candidate.request.roles.some((role) => policy.ask.includes(role))) return;
      const reading = await readings(`${candidate.base} ${candidate.generation}`, () =>
        readAgain(parts.reader, parts.generations, candidate.base, candidate.files),
      );
      if (reading === null) return;
      const regions = await parts.regions(reading, candidate, candidate.request);
      if (mayLive(reading, candidate, state, policy, regions)) await ready(reading, candidate.base, candidate.change);
    },
  };
}

/** Conditions that speak of the certificate, which is not there yet. */
const ofCertificate: ReadonlySet<string> = new Set([
  'signature',
  'subject',
  'format',
  'gates passed',
  'no gate failed',
  'evidence about this generation',
]);

/** Whether all conditions hold that do not wait for the certificate, risk and scope being what the workshop says they will be. */
export function mayLive(
  reading: SecondReading,
  candidate: OfferedCandidate,
  state: KernelState,
  policy: Policy,
  regions: RegionFacts,
): boolean {
  const { change, base, scope, risk, generator, request } = candidate;
  const { id } = reading.generation;
  if (risk === null || id !== candidate.generation) return false;
  const facts: AdmissionFacts = {
    ...reading.facts,
    ...regions,
    certificate: id,
    predicate: {
      format: 'theseus/certificate/1',
      change,
      generation: id,
      base,
      scope,
      risk,
      autonomy: policy.autonomy[risk],
      request: { text: request.text, by: request.by },
      generator,
      evidence: [],
      issued: request.askedAt,
    },
    signatureValid: false,
    subjectMatches: false,
    policy,
  };
  return admissionConditions(state, facts).every(({ name, holds }) => holds || ofCertificate.has(name));
}

/** The last few, made once each; what failed or was not there is made again. */
function kept<Value>(): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const making = make();
    known.set(key, making);
    making.then(
      (value) => value === null && known.delete(key),
      () => known.delete(key),
    );
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(oldest);
    return making;
  };
}
