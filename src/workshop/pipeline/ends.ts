/** How a change that is not certified ends: what the asker needs to go on from there. */
import type { Candidate } from '#change';
import { isBarred } from '#gates';
import type { Json } from '#kernel';
import type { Understood } from '#ports';
import type { decide } from './20-decide.ts';
import type { Gated } from './40-gate.ts';
import type { Ended } from './changing.ts';

export function endOf(understood: Understood, decided: ReturnType<typeof decide>): Ended {
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

export function refusedByGates(gated: Gated, candidate: Candidate): Ended {
  const { gates, findings } = failuresOf(gated);
  const first = findings[0];
  return {
    outcome: 'refused',
    why: `The change did not pass its checks (${gates.join(', ')})${first === undefined ? '' : `: ${first.statement}`}. Nothing was changed.`,
    evidence: { candidate: candidate.id, findings: findings.slice(0, 20) },
    ...(gated.generation === null ? {} : { generation: gated.generation }),
  };
}

/** Only the evidence was wanted. */
export function checkedEnd(gated: Gated, candidate: Candidate): Ended {
  const { gates, findings } = failuresOf(gated);
  return {
    outcome: 'checked',
    why: gated.passed
      ? 'Every gate passed. Nothing was certified or changed: hand the same in as a change to have it live.'
      : `It did not pass: ${gates.join(', ')}${findings[0] === undefined ? '' : `: ${findings[0].statement}`}. Nothing was changed.`,
    evidence: { candidate: candidate.id, passed: gated.passed, findings: findings.slice(0, 20) },
    ...(gated.generation === null ? {} : { generation: gated.generation }),
  };
}

function failuresOf(gated: Gated): {
  readonly gates: readonly string[];
  readonly findings: readonly { readonly gate: string; readonly statement: string; readonly verdict: string }[];
} {
  const bad = gated.evidence.filter(isBarred);
  return {
    gates: [...new Set(bad.map((evidence) => evidence.gate))],
    findings: bad.flatMap((evidence) =>
      evidence.findings
        .filter((finding) => finding.verdict !== 'pass')
        .map((finding) => ({ gate: evidence.gate, statement: finding.statement, verdict: finding.verdict })),
    ),
  };
}
