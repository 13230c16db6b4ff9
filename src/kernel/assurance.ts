/**
 * How well a change is shown, and what follows for who is asked: what is proved and narrow is asked for as a class lower, where policy
 * says so; what is wide, or leaves open what a gate tried to decide, as a class higher. Pure. Never lowers what is of high risk, acts
 * by a body, holds, opens or breaks anything, or alters settings: a workshop that lies about its proofs gains a formula, and no more.
 */
import type { AdmissionFacts } from './admission-facts.ts';
import type { RiskClass } from './certificate.ts';
import { isWideCover } from './cover.ts';
import { coversTooMuch } from './coverage.ts';
import type { Finding } from './evidence.ts';
import type { AssurancePolicy, Policy } from './policy.ts';
import { statesRegion } from './scope.ts';

/** Where theseus.json says nothing: no less is asked than its classes say. */
export const defaultAssurance: AssurancePolicy = { lowerProven: false, raiseOpen: true, wide: 12, wideRegion: 80 };

export interface Assured {
  /** The class by which policy is asked. */
  readonly risk: RiskClass;
  /** Empty where it is the class of the certificate. */
  readonly why: string;
}
type Looked = Pick<
  AdmissionFacts,
  | 'predicate'
  | 'policy'
  | 'settingsChanged'
  | 'changedComponents'
  | 'changedFormulas'
  | 'handedIn'
  | 'askedRegions'
  | 'covers'
  | 'newCapabilities'
  | 'newGrants'
  | 'incompatible'
>;

export function assured(facts: Looked): Assured {
  const { predicate, changedComponents } = facts;
  const policy = facts.policy.assurance ?? defaultAssurance;
  const { risk } = predicate;
  const open = openIn(facts);
  if (policy.raiseOpen && open !== undefined) return raised(risk, `it is not known whether ${open.statement}`);
  if (changedComponents.length > policy.wide) return raised(risk, `it alters ${changedComponents.length} components`);
  const free = everyRow(facts) ?? coversTooMuch(facts, policy);
  if (policy.raiseOpen && free !== undefined) {
    const asks = asked(risk, facts.policy);
    return { risk: asks, why: asks === risk ? '' : free };
  }
  if (policy.lowerProven && risk === 'medium' && isProvenNarrow(facts))
    return { risk: 'low', why: 'it alters one component that has no body, and all that is stated of it is proved' };
  return { risk, why: '' };
}
const raised = (risk: RiskClass, why: string): Assured => ({ risk: risk === 'low' ? 'medium' : 'high', why: risk === 'high' ? '' : why });

/** The next class in which a person is asked. */
const asked = (risk: RiskClass, { autonomy }: Policy): RiskClass =>
  classes.slice(classes.indexOf(risk)).find((one) => autonomy[one] !== 'act') ?? risk;
const classes: readonly RiskClass[] = ['low', 'medium', 'high'];

/** Why some formula may give something else for every row there is. */
function everyRow({ predicate, changedFormulas }: Looked): string | undefined {
  const unstated = changedFormulas.filter((formula) => !statesRegion(formula, predicate.scope));
  if (unstated.length > 0) return `it alters ${unstated.slice(0, 3).join(', ')} and does not say for which rows`;
  const wide = predicate.evidence.flatMap(({ findings }) => findings).find((finding) => finding.wide === true);
  return wide === undefined ? undefined : `of a formula that it alters nothing is shown to be as it was: ${wide.statement}`;
}

/**
 * What is merely not shown is common (a number without bounds) and is met by tests; what a gate tried to decide and could not is not.
 * A proof that ran out of its time leaves a statement to the generated rows that were tried on it: where those passed, it is tested.
 */
function openIn({ predicate }: Looked): Pick<Finding, 'statement'> | undefined {
  const tested = predicate.evidence.some(({ gate, verdict }) => gate === 'properties' && verdict === 'pass');
  for (const { gate, verdict, findings } of predicate.evidence) {
    if (gate === 'proof' && tested) continue;
    const finding = findings.find((one) => one.verdict === 'unknown');
    if (finding !== undefined) return finding;
    if (verdict === 'unknown') return { statement: `the gate ${gate} would pass` };
  }
  return undefined;
}

function isProvenNarrow(facts: Looked): boolean {
  const { predicate, settingsChanged, changedComponents, covers, newCapabilities, newGrants, incompatible } = facts;
  const policy = facts.policy.assurance ?? defaultAssurance;
  const proof = predicate.evidence.filter(({ gate }) => gate === 'proof');
  const all = proof.flatMap((evidence) => evidence.findings);
  const findings = all.filter((finding) => finding.covers === undefined);
  const measured = [...covers, ...all.flatMap((finding) => finding.covers ?? [])];
  return (
    settingsChanged === 'no' &&
    changedComponents.length === 1 &&
    changedComponents.every((component) => /^(?:entity|rule)\//.test(component)) &&
    [newCapabilities, newGrants, incompatible].every((list) => list.length === 0) &&
    !measured.some((cover) => isWideCover(cover, policy)) &&
    proof.every(({ verdict }) => verdict === 'pass') &&
    findings.length > 0 &&
    findings.every(({ verdict, shownBy }) => verdict === 'pass' && shownBy === 'proved')
  );
}
