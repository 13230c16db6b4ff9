/** A policy, facts of a candidate that is admitted, and commands, for tests of the kernel. */
import { type AdmissionFacts, type Instant, type Steerer, changeId, type Digest, digest, instant, type Policy } from './index.ts';

export const policy: Policy = {
  ask: ['owner'],
  approve: ['owner', 'manager'],
  rollback: ['owner'],
  freeze: ['owner'],
  isolation: 'preferred',
  limits: { calls: null, control: 50, signIns: 20 },
  budgets: { change: {}, day: {}, month: {} },
  strikes: 3,
  onQuarantine: 'roll-back',
  autonomy: { low: 'act', medium: 'act', high: 'propose' },
  approvals: { low: 0, medium: 0, high: 2 },
  gates: { low: ['parse', 'types'], medium: ['parse', 'types', 'examples'], high: ['parse', 'types', 'examples'] },
};
export const owner: Steerer = { id: 'ada', roles: ['owner'] };
export const viewer: Steerer = { id: 'bob', roles: ['viewer'] };
export const generation = (number: number): Digest => digest(`sha256:${number.toString(16).padStart(64, '0')}`);
export const at: Instant = instant(0);

export function facts(base: Digest, made: Digest, change: string, overrides: Partial<AdmissionFacts> = {}): AdmissionFacts {
  const evidence = (['parse', 'types', 'examples'] as const).map((gate) => ({
    gate,
    verdict: 'pass' as const,
    findings: [],
    looked: [made],
    engine: 'test',
    cost: { cpuMs: 0, wallMs: 0 },
  }));
  return {
    certificate: generation(1_000_000 + Number(change)),
    signatureValid: true,
    subjectMatches: true,
    sourcesComplete: true,
    problems: [],
    changedComponents: ['entity/order'],
    changedSources: [],
    changedMembers: ['entity/order#field/note'],
    changedFormulas: [],
    handedIn: false,
    askedRegions: {},
    covers: [],
    changedTests: ['entity/order#an order has a total'],
    newCapabilities: [],
    newData: ['order read'],
    newGrants: [],
    incompatible: [],
    settingsChanged: 'no',
    policy,
    predicate: {
      format: 'theseus/certificate/1',
      change: changeId(change),
      generation: made,
      base,
      scope: {
        components: ['entity/order'],
        members: ['entity/order#field/note'],
        tests: ['entity/order#an order has a total'],
        data: ['order read'],
      },
      risk: 'low',
      autonomy: 'act',
      request: { text: 'Add a note to orders', by: 'ada' },
      generator: 'sentences',
      evidence,
      issued: at,
    },
    ...overrides,
  };
}
