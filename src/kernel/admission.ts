/**
 * Admission: may this generation serve? Pure: the machine hands facts (signature checks, digests, its own second reading of
 * the sources), and every condition is stated here once. What cannot be re-checked cheaply (that tests were run) is taken
 * from the workshop's signature; TRUST.md says so.
 */
import { assured } from './assurance.ts';
import type { Digest } from './brand.ts';
import type { AdmissionFacts } from './admission-facts.ts';
import type { Approval, RiskClass } from './certificate.ts';
import type { Evidence } from './evidence.ts';
import { quarantineOf } from './quarantine.ts';
import { isGrave } from './new-capabilities.ts';
import { mayAlterTest, mayTouch, settingsMember, wasAsked } from './scope.ts';
import type { KernelState } from './state.ts';

export interface Condition {
  readonly name: string;
  readonly holds: boolean;
  readonly why: string;
}

export function admissionConditions(state: KernelState, facts: AdmissionFacts): readonly Condition[] {
  const { predicate, policy } = facts;
  const missing = policy.gates[predicate.risk].filter(
    (gate) => !predicate.evidence.some((evidence) => evidence.gate === gate && evidence.verdict === 'pass'),
  );
  const failed = predicate.evidence.filter((evidence) => evidence.verdict === 'fail').map((evidence) => evidence.gate);
  const outside = facts.changedComponents.filter((component) => !predicate.scope.components.some((allowed) => allowed === component));
  const outsideMembers = facts.changedMembers.filter((member) => !covered(member, predicate.scope.members));
  const outsideTests = facts.changedTests.filter((changed) => !mayAlterTest(changed, predicate.scope));
  const outsideData = facts.newData.filter((access) => !mayTouch(access, predicate.scope));
  const unasked = facts.newGrants.filter((grant) => !wasAsked(grant, predicate.scope));
  const held = facts.changedSources.flatMap((source) => {
    const quarantined = quarantineOf(state, source);
    return quarantined === null ? [] : [`${state.held[source]?.component ?? ''}, ${quarantined.why}`];
  });
  return [
    condition(
      'not frozen',
      state.frozen === null,
      `All change is frozen${state.frozen === null ? '' : ` by ${state.frozen.by}: ${state.frozen.why}`}.`,
    ),
    condition('signature', facts.signatureValid, 'The certificate is not signed by the workshop of this system.'),
    condition('subject', facts.subjectMatches, 'The certificate speaks of another generation.'),
    condition('format', predicate.format === 'theseus/certificate/1', 'The certificate has an unknown format.'),
    condition('sources', facts.sourcesComplete, 'A source of the generation is missing or altered.'),
    condition('reading', facts.problems.length === 0, `The sources do not read: ${facts.problems.slice(0, 3).join('; ')}`),
    condition('base', state.routing.stable === predicate.base, 'The system has moved on since this candidate was made; ask again.'),
    condition(
      'settings',
      facts.settingsChanged !== 'basis',
      'Name, currency, time zone, locale and collation of a system never change: its values stand on them.',
    ),
    condition(
      'settings alone',
      facts.settingsChanged !== 'policy' || (facts.changedComponents.length === 0 && predicate.scope.components.length === 0),
      'Roles and policy change by themselves: no component may come along.',
    ),
    condition(
      'scope of settings',
      facts.settingsChanged === 'no' || predicate.scope.members.includes(settingsMember),
      'Outside the scope of the change: theseus.json.',
    ),
    condition('not quarantined', held.length === 0, `It brings back what is quarantined: ${held.join('; ')}.`),
    condition('scope', outside.length === 0, `Outside the scope of the change: ${outside.join(', ')}.`),
    condition('scope of members', outsideMembers.length === 0, `Outside the scope of the change: ${outsideMembers.join(', ')}.`),
    condition(
      'scope of tests',
      outsideTests.length === 0,
      `Outside the scope of the change, and altered or taken out: ${outsideTests.slice(0, 3).join('; ')}.`,
    ),
    condition(
      'scope of data',
      outsideData.length === 0,
      `Outside the scope of the change, and now within its reach: ${outsideData.join(', ')}.`,
    ),
    condition(
      'contract compatibility',
      facts.incompatible.every((member) => covered(member.split(':')[0] ?? '', predicate.scope.members)),
      `Callers could not go on: ${facts.incompatible.slice(0, 3).join('; ')}.`,
    ),
    condition(
      'capabilities',
      facts.newCapabilities.every((capability) => predicate.scope.components.some((component) => capability.startsWith(`${component}:`))),
      `New capabilities outside the scope: ${facts.newCapabilities.join(', ')}.`,
    ),
    condition(
      'access',
      unasked.length === 0,
      `It would let somebody do what was not asked for: ${unasked
        .slice(0, 3)
        .map(({ statement }) => statement)
        .join('; ')}.`,
    ),
    condition('gates passed', missing.length === 0, `Evidence is missing or unknown for: ${missing.join(', ')}.`),
    condition('no gate failed', failed.length === 0, `Failed: ${failed.join(', ')}.`),
    condition(
      'evidence about this generation',
      predicate.evidence.every((evidence) => looksAt(evidence, predicate.generation)),
      'Some evidence looked at another generation.',
    ),
    condition(
      'risk',
      order.indexOf(predicate.risk) >= order.indexOf(leastRisk(facts)),
      `It is certified as of ${predicate.risk} risk, and what it does is of ${leastRisk(facts)} risk at least.`,
    ),
    condition('autonomy', autonomyAllows(state.approvals, facts), approvalAsked(facts)),
  ];
}

const order: readonly RiskClass[] = ['low', 'medium', 'high'];
/** What decides, acts, or stops callers is never of low risk, what reaches far is of high risk, whatever the workshop says of it. */
export const leastRisk = (
  facts: Pick<AdmissionFacts, 'changedComponents' | 'newCapabilities' | 'incompatible' | 'settingsChanged'>,
): RiskClass =>
  facts.newCapabilities.some(isGrave) || facts.settingsChanged === 'policy'
    ? 'high'
    : facts.incompatible.length > 0 || facts.newCapabilities.length > 0 || facts.changedComponents.some(acts)
      ? 'medium'
      : 'low';
const acts = (component: string): boolean => /^(?:rule|workflow|operation|reaction|job)\//.test(component);

/** Whether policy lets this certificate go live now: by itself, or with the approvals that its risk needs. */
export function autonomyAllows(
  approvals: readonly Approval[],
  facts: Omit<
    AdmissionFacts,
    'signatureValid' | 'subjectMatches' | 'sourcesComplete' | 'problems' | 'changedSources' | 'changedMembers' | 'changedTests' | 'newData'
  >,
): boolean {
  const { predicate, policy } = facts;
  const { risk } = assured(facts);
  if (policy.autonomy[predicate.risk] === 'off' || policy.autonomy[risk] === 'off') return false;
  // Who may do what is never altered without a person, whatever policy says of its own risk.
  if (policy.autonomy[risk] === 'act' && facts.settingsChanged !== 'policy') return true;
  const voices = new Set(
    approvals
      .filter((approval) => approval.certificate === facts.certificate && approval.roles.some((role) => policy.approve.includes(role)))
      .map((approval) => approval.by),
  );
  return voices.size >= Math.max(1, policy.approvals[risk]);
}

function approvalAsked(facts: AdmissionFacts): string {
  const { predicate, policy } = facts;
  const { risk, why } = assured(facts);
  const number = Math.max(1, policy.approvals[risk]);
  const needed = number === 1 ? 'one approval' : `${number} approvals`;
  return why === ''
    ? `A change of ${risk} risk needs ${needed} first.`
    : `This is of ${predicate.risk} risk, and asked for as of ${risk} risk, since ${why}. It needs ${needed} first.`;
}

const condition = (name: string, holds: boolean, why: string): Condition => ({ name, holds, why });
/** A scope member covers itself and what lies below it: `entity/order` covers `entity/order#field/total`. */
const covered = (member: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => member === entry || member.startsWith(`${entry}#`) || member.startsWith(`${entry}/`));
const looksAt = (evidence: Evidence, generation: Digest): boolean => evidence.looked.includes(generation);
