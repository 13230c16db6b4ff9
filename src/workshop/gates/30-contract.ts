/**
 * May every caller and consumer go on as before (inputs wider or equal, outputs narrower or equal), and does nothing differ
 * but what the change may alter? Can nobody do more than was asked for? Do the rows that are there keep what is newly promised
 * of them? A break inside the declared scope was asked for; outside it fails.
 */
import { canonicalJson, type Finding, mayTouch, type Scope, settingsMember } from '#kernel';
import { compareContracts, newData, settingsChange } from '#model';
import { accessShown } from './access-shown.ts';
import { changedComponents } from './differences.ts';
import { asJson, evidenceOf, type Gate, type GateInput, type Proposal } from './gate.ts';
import { promisesShown } from './promises-shown.ts';

export const contractGate: Gate = async (candidate, base, engines) => {
  const changed = changedComponents(candidate, base);
  const differences = compareContracts(
    changed.flatMap(({ old }) => old?.contract ?? []),
    changed.flatMap(({ next }) => next?.contract ?? []),
  );
  const findings: Finding[] = [
    ...changed
      .filter(({ key, source, contract }) => (source || contract) && !candidate.scope.components.includes(key))
      .map(({ key }): Finding => ({
        statement: `${key} differs, and the change may not alter it`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: key,
      })),
    ...differences.map((difference): Finding => {
      const inside = covered(difference.member, candidate.scope);
      const witness = asJson(difference);
      if (!inside)
        return {
          statement: `${difference.member}: ${difference.change}, which is outside the scope of the change`,
          verdict: 'fail',
          shownBy: 'checked',
          witness,
        };
      return difference.compatible
        ? { statement: `${difference.member}: ${difference.change}; callers go on as before`, verdict: 'pass', shownBy: 'checked' }
        : {
            statement: `${difference.member}: ${difference.change}; callers that used it must follow, as the change asks`,
            verdict: 'pass',
            shownBy: 'checked',
            witness,
          };
    }),
  ];
  findings.push(
    ...newData(
      changed.flatMap(({ old }) => old?.contract ?? []),
      [...changed.flatMap(({ next }) => next?.contract ?? []), ...candidate.reading.model.entities],
    )
      .filter((access) => !mayTouch(access, candidate.scope))
      .map((access): Finding => ({
        statement: `${access}: what the change brings may do that, which is outside the scope of the change`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: access,
      })),
  );
  if (candidate.generation.settings !== base.generation.settings) findings.push(settingsFinding(candidate, base));
  if (findings.length === 0) findings.push({ statement: 'No contract differs', verdict: 'pass', shownBy: 'checked' });
  findings.push(...accessShown(candidate, base), ...(await promisesShown(candidate, base, engines)));
  return evidenceOf('contract', 'theseus', [candidate.generation.id, base.generation.id], findings);
};

/** Settings are altered where the change is about them, and never what stored values stand on. */
function settingsFinding(candidate: Proposal, base: GateInput): Finding {
  const change = settingsChange(base.reading.settings, candidate.reading.settings);
  const named = candidate.scope.members.includes(settingsMember);
  const [was, is] = [base, candidate].map((input) => input.reading.settings);
  const parts = (['roles', 'policy', 'strategies'] as const).filter(
    (part) => canonicalJson(asJson(was?.[part])) !== canonicalJson(asJson(is?.[part])),
  );
  if (change === 'basis')
    return {
      statement: 'theseus.json alters name, currency, time zone, locale or collation: stored values stand on them, so they never change',
      verdict: 'fail',
      shownBy: 'checked',
    };
  return named
    ? {
        statement: `theseus.json: ${parts.join(', ') || 'its wording alone'} differs, as the change asks`,
        verdict: 'pass',
        shownBy: 'checked',
      }
    : { statement: 'theseus.json differs, which is outside the scope of the change', verdict: 'fail', shownBy: 'checked' };
}

/** A member covers itself and what lies below it. */
const covered = (member: string, scope: Scope): boolean =>
  scope.members.some((allowed) => member === allowed || member.startsWith(`${allowed}#`) || member.startsWith(`${allowed}/`));
