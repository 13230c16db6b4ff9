/**
 * The gates in their order: what is not well formed meets no other; the rest look side by side. `runGates` is the one way through
 * them; it stops at the first of the decisive gates that fails, and says nothing of what ran beside it.
 */
import { type Evidence, type GateName, type Scope } from '#kernel';
import { generationOfReading, type SourceFiles, type SystemReading } from '#model';
import { contractGate } from './30-contract.ts';
import { examplesGate, prepareExamples } from './40-examples.ts';
import { mutationGate } from './60-mutation.ts';
import { parseGate } from './10-parse.ts';
import { securityGate } from './15-security.ts';
import { propertiesGate } from './50-properties.ts';
import { proofGate, proofGateWithin } from './70-proof.ts';
import { workflowGate, workflowGateWithin } from './80-workflow.ts';
import { concernsQuality, qualityGate } from './90-quality.ts';
import { typesGate } from './20-types.ts';
import { type Engines, type Gate, type GateInput, isBarred, type Proposal } from './gate.ts';
import { measured } from './measured.ts';
import { layIndex } from './system-index.ts';
import { unreadable } from './unreadable.ts';

export { type Engines, type Gate, type GateInput, isBarred, type Proposal } from './gate.ts';
export { type Answer, prove, type ProveOptions } from './proof/prove.ts';
export { any, atMostOne, boundsOf, computedBy, questionOfEnsures, systemOf } from './proof/statements.ts';
export { byTimeAlone } from './out-of-time.ts';
export { type MissingExample, missingExample } from './mutation/missing-example.ts';
export { riskShown } from './risk-shown.ts';
export { warmUp } from './warm-up.ts';
export {
  contractGate,
  examplesGate,
  mutationGate,
  parseGate,
  proofGate,
  proofGateWithin,
  propertiesGate,
  securityGate,
  typesGate,
  workflowGate,
  workflowGateWithin,
  qualityGate,
};

/** Side by side, once the candidate is well formed. */
const others: readonly Gate[] = [
  typesGate,
  contractGate,
  examplesGate,
  securityGate,
  propertiesGate,
  mutationGate,
  proofGate,
  workflowGate,
];
/** Where one of these fails, what ran beside it says nothing. */
const decisive: ReadonlySet<GateName> = new Set(['types', 'contract']);

export interface GatesResult {
  readonly evidence: readonly Evidence[];
  readonly passed: boolean;
  /** Absent where the sources do not read: then there is no generation. */
  readonly candidate?: GateInput;
}

/** A generation from its files, as gates see it; undefined where they do not read. */
export async function gateInput(
  files: SourceFiles,
  engines: Pick<Engines, 'reader'>,
): Promise<GateInput | Extract<SystemReading, { ok: false }>> {
  const reading = (await engines.reader.read(files)) as unknown as SystemReading;
  return reading.ok ? { files, reading, generation: generationOfReading(files, reading) } : reading;
}

export interface GatesListeners {
  /** Hears of each evidence as it is there. */
  readonly seen?: (evidence: Evidence) => Promise<void>;
  /** Hears of a candidate that is well formed, before the other gates look at it. */
  readonly wellFormed?: (candidate: GateInput) => void;
}

export async function runGates(
  files: SourceFiles,
  scope: Scope,
  base: GateInput,
  engines: Engines,
  { seen, wellFormed }: GatesListeners = {},
): Promise<GatesResult> {
  const evidence: Evidence[] = [];
  const take = async (found: Evidence): Promise<boolean> => {
    evidence.push(found);
    await seen?.(found);
    return found.verdict !== 'fail';
  };
  // It is large, so that it is there only while there are changes; it starts while the candidate is read.
  void engines.solver.warm().catch(() => undefined);
  const read = await measured(engines, () => gateInput(files, engines));
  if ('ok' in read.value) {
    for (const found of unreadable(files, read.value)) await take({ ...found, cost: read.cost });
    return { evidence, passed: false };
  }
  const candidate: Proposal = { ...read.value, scope };
  layIndex(candidate, base);
  // What fails here fails again where the examples run, which says so.
  void prepareExamples(candidate, base, engines).catch(() => undefined);
  const parsed = await measured(engines, () => parseGate(candidate, base, engines));
  const cost = { cpuMs: parsed.cost.cpuMs + read.cost.cpuMs, wallMs: parsed.cost.wallMs + read.cost.wallMs };
  if (!(await take({ ...parsed.value, cost }))) return { evidence, passed: false, candidate };
  wellFormed?.(candidate);
  const failed = new AbortController();
  const rest = await measured(engines, () =>
    Promise.all(
      (concernsQuality(candidate, base) ? [...others, qualityGate] : others).map(async (gate) => {
        const done = await measured(engines, () => gate(candidate, base, { ...engines, signal: failed.signal }));
        if (done.value.verdict === 'fail') failed.abort();
        return done;
      }),
    ),
  );
  const walls = rest.value.reduce((sum, { cost: { wallMs } }) => sum + wallMs, 0);
  let passed = parsed.value.verdict === 'pass';
  for (const { value, cost: own } of rest.value) {
    const share = walls === 0 ? 0 : own.wallMs / walls;
    await take({ ...value, cost: { cpuMs: rest.cost.cpuMs * share, wallMs: own.wallMs } });
    if (isBarred(value)) passed = false;
    if (value.verdict === 'fail' && decisive.has(value.gate)) break;
  }
  return { evidence, passed, candidate };
}
