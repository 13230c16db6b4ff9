/** Whether a candidate got further than another one, and its failures as text with witnesses, for whoever writes it again. */
import { isBarred } from '#gates';
import type { Evidence, GateName, Json } from '#kernel';

/** Who looks first: what fails earlier says less of what comes after. */
const order: readonly GateName[] = [
  'parse',
  'types',
  'contract',
  'security',
  'examples',
  'proof',
  'workflow',
  'properties',
  'mutation',
  'migration',
  'replay',
  'quality',
];

export function isBetter(one: readonly Evidence[], other: readonly Evidence[]): boolean {
  const [a, b] = [rank(one), rank(other)];
  return a.first > b.first || (a.first === b.first && a.failures < b.failures);
}
/** Whether the first gate that has something against it is a later one. */
export const isFurther = (one: readonly Evidence[], other: readonly Evidence[]): boolean => rank(one).first > rank(other).first;
function rank(evidence: readonly Evidence[]): { readonly first: number; readonly failures: number } {
  const bad = against(evidence);
  return {
    first: Math.min(order.length, ...bad.map((each) => order.indexOf(each.gate))),
    failures: bad.reduce((sum, each) => sum + Math.max(1, each.findings.length), 0),
  };
}

/** What speaks against a candidate: what failed. What stayed open counts only where nothing failed: it was left off since something did. */
function against(evidence: readonly Evidence[]): readonly Evidence[] {
  const verdict = evidence.some((each) => each.verdict === 'fail') ? 'fail' : 'unknown';
  return evidence
    .filter((each) => isBarred(each) && each.verdict === verdict)
    .map((each) => ({ ...each, findings: each.findings.filter((finding) => finding.verdict === verdict) }));
}

const MOST_WITNESS = 2_400;
/** A witness that says no more than the statement costs whoever reads it, and shows nothing. */
const saysMore = (statement: string, witness: Json): boolean =>
  typeof witness === 'object' && witness !== null
    ? Object.entries(witness).some(([name, each]) => name !== 'code' && saysMore(statement, each as Json))
    : !statement.includes(String(witness));
export function failuresFor(evidence: readonly Evidence[]): readonly string[] {
  return against(evidence).flatMap((each) =>
    each.findings.map(({ statement, witness, bound }) =>
      [
        `${each.gate}: ${statement}`,
        ...(bound === undefined ? [] : [`(${bound})`]),
        ...(witness === undefined || !saysMore(statement, witness) ? [] : [`witness ${JSON.stringify(witness).slice(0, MOST_WITNESS)}`]),
      ].join(' '),
    ),
  );
}
