/**
 * Who can do what after a candidate that could not before: proved over all declared contracts, both ways. What is newly reachable and
 * not named by the change fails, with the role and the way there as its witness.
 */
import { type Finding, type NewGrant, wasAsked } from '#kernel';
import { newGrants } from '#model';
import type { GateInput, Proposal } from './gate.ts';

export function accessShown(candidate: Proposal, base: GateInput): readonly Finding[] {
  const grants = newGrants(base.reading, candidate.reading);
  const unasked = grants.filter((grant) => !wasAsked(grant, candidate.scope));
  if (unasked.length > 0)
    return unasked.map(({ who, what, statement, path, doer }) => ({
      statement: `${statement}; the change does not ask for that. Do without it, or ask for a change that says that it reaches ${doer} (code: "reaches" in its scope, --reaches ${doer}, or a line "Reaches: ${doer}" in the message of a commit)`,
      verdict: 'fail',
      shownBy: 'proved',
      witness: { who, can: what, path: [...path] },
    }));
  const bound = 'over all roles, contracts, calls, events and jobs, as declared';
  return [
    ...together(grants).map((statement): Finding => ({
      statement: `${statement}, as the change asks`,
      verdict: 'pass',
      shownBy: 'proved',
      bound,
    })),
    {
      statement: `Nobody can ${grants.length === 0 ? '' : 'else '}write, or read what is sensitive, that could not before`,
      verdict: 'pass',
      shownBy: 'proved',
      bound,
    },
  ];
}

/** Those who come to the same deeds in the same way, in one sentence. */
function together(grants: readonly NewGrant[]): readonly string[] {
  const ways = new Map<string, { readonly who: Set<string>; readonly what: Set<string>; readonly by: string }>();
  for (const { who, what, doer } of grants) {
    const key = `${what} ${doer}`;
    const way = ways.get(key) ?? { who: new Set<string>(), what: new Set([what]), by: doer };
    way.who.add(who);
    ways.set(key, way);
  }
  const joined = new Map<string, { readonly who: string; readonly what: string[]; readonly by: string }>();
  for (const { who, what, by } of ways.values()) {
    const names = [...who].join(', ');
    const line = joined.get(`${names} ${by}`) ?? { who: names, what: [], by };
    line.what.push(...what);
    joined.set(`${names} ${by}`, line);
  }
  return [...joined.values()].map(({ who, what, by }) => `${who} can ${what.join(', ')} by ${by}`);
}
