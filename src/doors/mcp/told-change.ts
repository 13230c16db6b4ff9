/** A change as an agent needs it: what was understood, what the gates found, what became of it, and what to do next. */
import type { ChangeDetail, Json, JsonObject } from '#api/client';
import type { Told } from './tool.ts';

type Finding = ChangeDetail['evidence'][number]['findings'][number];

const mostFailures = 20;
const good: ReadonlySet<ChangeDetail['outcome']> = new Set(['live', 'nothing-to-do', 'waiting-for-approval', null]);

export function toldChange(change: ChangeDetail): Told {
  const failures = change.evidence.flatMap((evidence) =>
    evidence.findings
      .filter((finding) => finding.verdict !== 'pass')
      .map((finding) => ({
        gate: evidence.gate,
        verdict: finding.verdict,
        statement: finding.statement,
        ...witnessOf(finding),
      })),
  );
  // It passed; whoever wrote it may still want to know what its tests leave open.
  const notShown = failures.length > 0 ? [] : change.evidence.flatMap(survivorsIn).slice(0, mostFailures);
  const gates = Object.fromEntries(change.evidence.map(({ gate, verdict }) => [gate, verdict]));
  const passed = change.kind === 'check' && change.outcome === 'checked' ? failures.length === 0 && Object.keys(gates).length > 1 : null;
  const value: JsonObject = {
    id: change.id,
    kind: change.kind,
    state: change.state,
    outcome: change.outcome,
    ...(passed === null ? {} : { passed }),
    why: change.why,
    understood: told(change.understanding?.echo ?? []),
    notes: change.understanding?.notes ?? [],
    risk: change.understanding?.risk ?? null,
    scope: scopeOf(change),
    gates,
    failures: failures.slice(0, mostFailures) as unknown as JsonObject[],
    ...(failures.length > mostFailures ? { moreFailures: failures.length - mostFailures } : {}),
    options: change.options as unknown as JsonObject[],
    ...(change.witness === null || failures.length > 0 ? {} : { witness: change.witness }),
    ...(notShown.length === 0 ? {} : { notShown }),
    files: (change.candidate?.files ?? []).slice(0, mostListed).map(({ path, kind }) => ({ path, kind })),
    ...more(change.candidate?.files.length ?? 0),
    generation: change.generation,
    next: nextOf(change),
  };
  return { value, failed: change.outcome === 'checked' ? passed !== true : !good.has(change.outcome) && change.outcome !== 'question' };
}

/** Of a large change the beginning is enough: whoever handed it in knows the rest, and pays for each word. */
const mostListed = 40;
const told = (lines: readonly string[]): readonly string[] =>
  lines.length <= mostListed ? lines : [...lines.slice(0, mostListed), `and ${lines.length - mostListed} more`];
const more = (files: number): JsonObject => (files > mostListed ? { moreFiles: files - mostListed } : {});
const scopeOf = ({ understanding }: ChangeDetail): JsonObject | null =>
  understanding === null
    ? null
    : Object.fromEntries(
        Object.entries(understanding.scope as unknown as JsonObject)
          .filter(([, value]) => !Array.isArray(value) || value.length > 0)
          .map(([name, value]) => [name, Array.isArray(value) ? told(value as readonly string[]) : value]),
      );

/** What the statement says already is not said twice. */
function witnessOf({ statement, witness }: Finding): { readonly witness?: Json } {
  if (witness === undefined || witness === '' || (typeof witness === 'string' && statement.includes(witness))) return {};
  if (typeof witness !== 'object' || witness === null || Array.isArray(witness)) return { witness };
  const { message, ...place } = witness as JsonObject;
  const known = typeof message === 'string' && statement.includes(message);
  if (known && typeof place['path'] === 'string' && statement.includes(place['path'])) return {};
  return { witness: known ? place : witness };
}
/** Of the gate that breaks the code on purpose: what no example noticed. */
const survivorsIn = ({ gate, findings }: ChangeDetail['evidence'][number]): readonly Json[] =>
  gate === 'mutation' ? findings.flatMap(({ witness }) => (Array.isArray(witness) ? (witness as readonly Json[]) : [])) : [];

function nextOf({ id, kind, state, outcome, handedInBy }: ChangeDetail): string {
  switch (outcome) {
    case 'live':
      return 'It serves now. A person can take it back with: theseus rollback (with --data revert the rows that its code wrote go back as well)';
    case 'checked':
      return 'Nothing was changed. Where it passed, hand the same in with propose; else mend what failed and check again.';
    case 'waiting-for-approval':
      return `A person must approve it: theseus approve ${id}. Look again with status.`;
    case 'question':
      return `Ask again with one of the options in place of the request, and continues: ${id}. Where it is about an example: or with the same request, continues, and the altered example as acceptance.`;
    case 'refused':
      if (handedInBy === null)
        return 'Nothing was changed. Ask in other words, or write the code yourself: context of the kind, then check, then propose.';
      return kind === 'check' || state === 'ended' ? 'Nothing was changed. Mend what is named, check, and hand it in again.' : '';
    case 'rolled-back':
      return `It serves no more. What its code wrote into rows stays, until a person says: theseus rollback ${id} --data revert`;
    case null:
      return `It is under way. Look again with status, id ${id}.`;
    default:
      return 'Nothing more comes of it.';
  }
}
