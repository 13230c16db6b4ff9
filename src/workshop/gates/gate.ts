/**
 * What a gate is: a question about a candidate, answered with evidence. One interface for all. Promises: the evidence names
 * the generation that it looked at; `unknown` is never shown as passed. Never: a gate that knows another gate.
 */
import type { Digest, Evidence, Finding, GateName, Generation, Json, Scope } from '#kernel';
import { atPath, type SourceFiles, type SystemReading } from '#model';
import type { CodeInspector, CodeReader, LivePromises, Measuring, Solver, Trial, TypeChecker } from '#ports';

export type Reading = Extract<SystemReading, { ok: true }>;

/** A generation as gates see it. */
export interface GateInput {
  readonly generation: Generation;
  readonly files: SourceFiles;
  readonly reading: Reading;
}
/** A generation that is offered, and what its change may alter. */
export interface Proposal extends GateInput {
  readonly scope: Scope;
}

/** The engines of the gates, kept warm between changes. */
export interface Engines {
  readonly reader: CodeReader & CodeInspector;
  readonly types: TypeChecker;
  /** Examples on the real store and broker, in a database of its own. */
  readonly trial: Trial;
  /** The same on the store in memory, where mutants and generated inputs run. */
  readonly memory: Trial;
  readonly solver: Solver;
  /** What the rows that are there say of a promise; absent where there are none, as in a trial. */
  readonly rows?: LivePromises;
  /** Absent: nothing is measured, and what must be is unknown. */
  readonly measuring?: Measuring;
  /** Aborted when another gate has failed: what is not decisive any more need not be finished. */
  readonly signal?: AbortSignal;
  /** Processor milliseconds that processes of the engines have used so far. */
  readonly cpuMs: () => number;
}
export type Gate = (candidate: Proposal, base: GateInput, engines: Engines) => Promise<Evidence>;

/**
 * Whether evidence keeps a candidate from going on. What a proof or the search of a workflow leaves open does not: it is asked for as a
 * class higher, the policy says for which changes it must not be open, and the kernel holds them to that.
 */
export const isBarred = ({ gate, verdict }: Evidence): boolean =>
  verdict === 'fail' || (verdict === 'unknown' && gate !== 'proof' && gate !== 'workflow');

/** A verdict over findings: one failure fails, one unknown leaves it unknown. The cost is measured around the gate. */
export function evidenceOf(gate: GateName, engine: string, looked: readonly Digest[], findings: readonly Finding[]): Evidence {
  const verdicts = new Set(findings.map((finding) => finding.verdict));
  const verdict = verdicts.has('fail') ? 'fail' : verdicts.has('unknown') ? 'unknown' : 'pass';
  const shown = [...findings].sort((a, b) => rank[a.verdict] - rank[b.verdict]).slice(0, MOST_FINDINGS);
  return { gate, verdict, findings: shown, looked, engine, cost: { cpuMs: 0, wallMs: 0 } };
}
/** Digests of the sources at these paths, in order of path: what a gate looked at. Of a path that is no component there is none. */
export const sourcesLooked = ({ generation }: GateInput, at: readonly { readonly path: string }[]): readonly Digest[] =>
  [...new Set(at.map(({ path }) => path))].sort().flatMap((path) => atPath(generation.components, path)?.source ?? []);

const rank = { fail: 0, unknown: 1, pass: 2 } as const;
const MOST_FINDINGS = 100;

/** Records of the language as the plain JSON that ports speak; they are JSON already. */
export const asJson = (value: unknown): Json => value as Json;
