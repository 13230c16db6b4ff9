/**
 * Whether nothing but time speaks against a candidate: a call that did not end on a machine that was busy, mutants that were not tried. Who wrote it can do nothing for
 * that, so that it is looked at once more before anybody is asked to write it again. Pure.
 */
import type { Evidence, Finding, Json } from '#kernel';
import { isBarred } from './gate.ts';

export const notTried = 'its mutants were not tried in the time there is';

export function byTimeAlone(evidence: readonly Evidence[]): boolean {
  const findings = evidence.filter(isBarred).flatMap((each) => each.findings);
  const failed = findings.filter(({ verdict }) => verdict === 'fail');
  // Where something failed, what was left off for it says nothing.
  const against = failed.length > 0 ? failed : findings.filter(({ verdict }) => verdict === 'unknown');
  return against.length > 0 && against.every(ranOut);
}

const ranOut = ({ statement, witness, verdict }: Finding): boolean =>
  verdict === 'unknown' ? statement.endsWith(notTried) : endedByTime(memberOf(witness, 'actual'));

/** What a call was answered that was stopped before its end; one that computed on without a pause was stopped for what it did. */
export function endedByTime(answer: Json | undefined): boolean {
  const refused = memberOf(answer, 'refused');
  if (refused === 'deadline') return true;
  const evidence = memberOf(answer, 'evidence');
  return (
    refused === 'component-failed' &&
    memberOf(evidence, 'deed') === undefined &&
    memberOf(evidence, 'message') === 'it did not end in time and waited for nothing'
  );
}
const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [member: string]: Json })[name] : undefined;
