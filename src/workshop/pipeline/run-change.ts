/**
 * The life of a change, stage by stage, as one durable workflow: kill any process at any moment and it goes on with nothing
 * lost or done twice. Where the system moves on meanwhile, the change is understood again on the new base, a bounded number of times.
 */
import type { Candidate, ChangeEvent, ChangeRequest, Outcome } from '#change';
import { type ChangeId, type Digest, type Evidence, instant, isRefusal, type Json } from '#kernel';
import type { NewChangeEvent, Run, Understood } from '#ports';
import { understand } from './10-understand.ts';
import { decide } from './20-decide.ts';
import { generate } from './30-generate.ts';
import { gate, type Gated } from './40-gate.ts';
import { certify } from './50-certify.ts';
import { rollOut, type RolledOut } from './60-roll-out.ts';
import { learn } from './70-learn.ts';
import type { Bases } from './bases.ts';
import { asked } from './run-for.ts';
import type { ChangeParts } from './parts.ts';
import { type Phase, type StageRunner, stageRunner } from './stage-runner.ts';

const ROUNDS = 4;
const WAIT_MS = 30_000;
const WAITS = 20;

type Ended = Omit<Extract<ChangeEvent, { kind: 'ended' }>, 'seq' | 'at' | 'change' | 'kind'>;
/** `kernel`: the kernel itself wrote the end. */
type RoundResult =
  | { readonly kind: 'ended'; readonly ended: Ended }
  | { readonly kind: 'kernel'; readonly outcome: Outcome }
  | { readonly kind: 'again' };

/** The body of the workflow `change`. Its input is that of `runFor`, its answer the outcome. */
export function runChange(parts: Omit<ChangeParts, 'base'>, bases: Bases): (run: Run, input: string) => Promise<string> {
  const all: ChangeParts = { ...parts, base: bases.get };
  return async (run, input) => {
    const { change, attempt } = asked(input);
    const phases: Phase[] = [];
    let result: RoundResult;
    try {
      result = await inRounds(run, all, bases, change, phases, attempt * ROUNDS);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'unknown';
      result = {
        kind: 'ended',
        ended: { outcome: 'failed', why: `Something in the workshop is broken: ${why} Nothing was changed. Ask again once it is mended.` },
      };
    }
    const ended = result.kind === 'ended' ? result.ended : undefined;
    if (ended !== undefined)
      await run.step('end', () => parts.log.append({ change, at: instant(parts.clock()), kind: 'ended', ...ended }, 'end'));
    await run.step('learn', () => learn({ change, phases }, all));
    return ended?.outcome ?? (result.kind === 'kernel' ? result.outcome : 'failed');
  };
}

async function inRounds(
  run: Run,
  parts: ChangeParts,
  bases: Bases,
  change: ChangeId,
  phases: Phase[],
  before: number,
): Promise<RoundResult> {
  const request = await run.step('request', () => parts.log.request(change));
  if (request === null) throw new Error(`There is no request ${change}.`);
  for (let round = before + 1; round <= before + ROUNDS; round++) {
    const base = await run.step(`${round} base`, () => parts.log.serving());
    if (base === null) throw new Error('The system has no generation yet.');
    const stages = stageRunner(run, parts, change, round);
    const result = await oneRound(stages, parts, bases, { request, base, round });
    phases.push(...stages.phases);
    if (result.kind !== 'again') return result;
  }
  return {
    kind: 'ended',
    ended: {
      outcome: 'failed',
      why: `The system moved on ${ROUNDS} times while this change was made. Ask again when fewer changes are under way.`,
    },
  };
}

interface Round {
  readonly request: ChangeRequest;
  readonly base: Digest;
  readonly round: number;
}

async function oneRound(stages: StageRunner, parts: ChangeParts, bases: Bases, { request, base, round }: Round): Promise<RoundResult> {
  const change = request.id;
  const say = (event: Unaddressed, key: string): Promise<void> =>
    parts.log.append({ ...event, change, at: instant(parts.clock()) } as NewChangeEvent, `${round} ${key}`);

  const understood = await stages.stage('understand', async () => {
    const found = await understand({ request, base }, parts);
    if (found.kind === 'understood')
      await say(
        { kind: 'understood', understanding: { echo: found.echo, notes: found.notes, scope: found.scope, risk: found.risk } },
        'understood',
      );
    return found;
  });
  const settings = (await parts.base(base)).reading.settings;
  const decided = await stages.stage('decide', async () => {
    const made = decide({ understood, generator: parts.generator.name, autonomy: settings.policy.autonomy });
    await say({ kind: 'decided', decision: made.decision }, 'decided');
    return made;
  });
  if (decided.kind === 'end' || understood.kind !== 'understood') return { kind: 'ended', ended: endOf(understood, decided) };

  const candidate = await stages.stage(
    'generate',
    () => generate({ change, base, round, understood }, parts),
    (made) => (isRefusal(made) ? { refused: made.why } : { files: Object.keys(made.files) }),
  );
  if (isRefusal(candidate)) return { kind: 'ended', ended: { outcome: 'refused', why: candidate.why } };
  const gated = await stages.stage(
    'gate',
    async () => {
      const seen = (evidence: Evidence): Promise<void> => say({ kind: 'evidence', evidence }, `evidence ${evidence.gate}`);
      const recorded = (generation: Digest): Promise<void> => parts.log.insertCandidate(candidate, generation);
      const made = await gate({ candidate }, parts, { seen, recorded, kept: bases.keep });
      if (made.generation !== null) {
        await recorded(made.generation);
        await say({ kind: 'candidate', candidate: candidate.id, generation: made.generation }, 'candidate');
      }
      return made;
    },
    (made) => ({ passed: made.passed }),
  );
  if (!gated.passed || gated.generation === null) return { kind: 'ended', ended: refusedByGates(gated, candidate) };

  const { generation } = gated;
  const certificate = await stages.stage(
    'certify',
    async () => {
      const made = certify(
        {
          request,
          candidate,
          generation,
          evidence: gated.evidence,
          risk: understood.risk,
          autonomy: settings.policy.autonomy[understood.risk],
        },
        parts,
      );
      await parts.log.insertCertificate(made, `${round} certified`);
      return made;
    },
    (made) => ({ certificate: made.digest }),
  );
  let rolledOut: RolledOut = { kind: 'no-answer' };
  for (let wait = 1; wait <= WAITS && rolledOut.kind === 'no-answer'; wait++) {
    rolledOut = await stages.stage(
      'roll-out',
      () => rollOut({ certificate, waitMs: WAIT_MS }, parts),
      (made) => ({ outcome: made.kind === 'ended' ? made.outcome : made.kind }),
    );
  }
  if (rolledOut.kind === 'moved-on') return { kind: 'again' };
  if (rolledOut.kind === 'ended') return { kind: 'kernel', outcome: rolledOut.outcome };
  if (rolledOut.kind === 'waiting-for-approval') return { kind: 'kernel', outcome: 'waiting-for-approval' };
  return {
    kind: 'ended',
    ended: { outcome: 'failed', why: 'The kernel did not answer. The certificate waits for it: see theseus doctor.' },
  };
}

type Unaddressed = NewChangeEvent extends infer Each ? (Each extends NewChangeEvent ? Omit<Each, 'change' | 'at'> : never) : never;

function endOf(understood: Understood, decided: ReturnType<typeof decide>): Ended {
  const outcome = decided.kind === 'end' ? decided.outcome : 'refused';
  const why = decided.kind === 'end' ? decided.why : decided.decision.why;
  if (understood.kind === 'question') return { outcome, why, options: understood.options };
  if (understood.kind === 'refused') {
    const evidence: { [name: string]: Json } = {
      ...(understood.words === undefined ? {} : { words: understood.words.map(({ word, at }) => ({ word, at })) }),
      ...(understood.nearest === undefined ? {} : { nearest: understood.nearest }),
    };
    return { outcome, why, ...(Object.keys(evidence).length === 0 ? {} : { evidence }) };
  }
  return understood.kind === 'nothing-to-do' ? { outcome, why, evidence: { echo: understood.echo } } : { outcome, why };
}

function refusedByGates(gated: Gated, candidate: Candidate): Ended {
  const bad = gated.evidence.filter((evidence) => evidence.verdict !== 'pass');
  const findings = bad.flatMap((evidence) =>
    evidence.findings
      .filter((finding) => finding.verdict !== 'pass')
      .map((finding) => ({ gate: evidence.gate, statement: finding.statement, verdict: finding.verdict })),
  );
  const first = findings[0];
  return {
    outcome: 'refused',
    why: `The change did not pass its checks (${[...new Set(bad.map((evidence) => evidence.gate))].join(', ')})${first === undefined ? '' : `: ${first.statement}`}. Nothing was changed.`,
    evidence: { candidate: candidate.id, findings: findings.slice(0, 20) },
    ...(gated.generation === null ? {} : { generation: gated.generation }),
  };
}
