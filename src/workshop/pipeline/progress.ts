/** Whether a candidate got further than another one, and its failures as text with witnesses, for whoever writes it again. */
import { isBarred } from '#gates';
import type { Evidence, GateName } from '#kernel';

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
function rank(evidence: readonly Evidence[]): { readonly first: number; readonly failures: number } {
  const bad = evidence.filter(isBarred);
  return {
    first: Math.min(order.length, ...bad.map((each) => order.indexOf(each.gate))),
    failures: bad.reduce((sum, each) => sum + Math.max(1, each.findings.filter((finding) => finding.verdict !== 'pass').length), 0),
  };
}

const MOST_WITNESS = 600;
export function failuresFor(evidence: readonly Evidence[]): readonly string[] {
  return evidence
    .filter(isBarred)
    .flatMap((each) =>
      each.findings
        .filter((finding) => finding.verdict !== 'pass')
        .map(({ statement, witness, bound }) =>
          [
            `${each.gate}: ${statement}`,
            ...(bound === undefined ? [] : [`(${bound})`]),
            ...(witness === undefined ? [] : [`witness ${JSON.stringify(witness).slice(0, MOST_WITNESS)}`]),
          ].join(' '),
        ),
    );
}
