/** How a change that is not certified ends: what the asker needs to go on from there. */
import type { Candidate } from '#change';
import { isBarred } from '#gates';
import type { Json } from '#kernel';
import type { Understood } from '#ports';
import type { decide } from './20-decide.ts';
import type { Gated } from './40-gate.ts';
import type { Ended } from './changing.ts';

export function endOf(understood: Understood, decided: ReturnType<typeof decide>): Ended {
  const words = understood.kind === 'refused' ? witnessOf(understood) : {};
  if (decided.kind === 'end' && decided.final === true) {
    const evidence = { ...(decided.use === undefined ? {} : { use: decided.use }), ...(decided.outcome === 'refused' ? words : {}) };
    return { outcome: decided.outcome, why: decided.why, ...(Object.keys(evidence).length === 0 ? {} : { evidence }) };
  }
  const outcome = decided.kind === 'end' ? decided.outcome : 'refused';
  const why = 'why' in understood ? understood.why : decided.decision.why;
  if (understood.kind === 'question') return { outcome, why, options: understood.options };
  if (understood.kind === 'refused') return { outcome, why, ...(Object.keys(words).length === 0 ? {} : { evidence: words }) };
  return understood.kind === 'nothing-to-do' ? { outcome, why, evidence: { echo: understood.echo } } : { outcome, why };
}

/** The words without a role, and what would be understood. */
const witnessOf = ({ words, nearest }: Extract<Understood, { kind: 'refused' }>): { readonly [name: string]: Json } => ({
  ...(words === undefined ? {} : { words: words.map(({ word, at }) => ({ word, at })) }),
  ...(nearest === undefined ? {} : { nearest }),
});

export function refusedByGates(gated: Gated, candidate: Candidate): Ended {
  const { gates, findings } = failuresOf(gated);
  const first = findings[0];
  return {
    outcome: 'refused',
    why: `The change did not pass its checks (${gates.join(', ')})${first === undefined ? '' : `: ${unended(first.statement)}`}. Nothing was changed.`,
    evidence: { candidate: candidate.id, findings: findings.slice(0, 20) },
    ...(gated.generation === null ? {} : { generation: gated.generation }),
  };
}

const unended = (statement: string): string => statement.replace(/\.$/, '');

/** Only the evidence was wanted. */
export function checkedEnd(gated: Gated, candidate: Candidate): Ended {
  const { gates, findings } = failuresOf(gated);
  return {
    outcome: 'checked',
    why: gated.passed
      ? 'Every gate passed. Nothing was certified or changed: hand the same in as a change to have it live.'
      : `It did not pass: ${gates.join(', ')}${findings[0] === undefined ? '' : `: ${unended(findings[0].statement)}`}. Nothing was changed.`,
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
