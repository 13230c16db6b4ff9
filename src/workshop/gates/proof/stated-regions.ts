/**
 * The regions that a scope states, read in the names of the candidate. One that cannot be read, or that is stated of what is no formula,
 * fails: whoever wrote it took something for protected that is not.
 */
import type { Expression, Finding } from '#kernel';
import type { RegionRead } from '#model';
import type { Engines, GateInput, Proposal } from '../gate.ts';
import { formulasOf } from './preserved.ts';

export interface StatedRegions {
  readonly of: ReadonlyMap<string, Expression>;
  readonly refused: readonly Finding[];
}

export async function statedRegions(candidate: Proposal, base: GateInput, { reader }: Pick<Engines, 'reader'>): Promise<StatedRegions> {
  const stated = Object.entries(candidate.scope.regions ?? {});
  const texts = stated.flatMap(([member, region]) => (typeof region === 'string' ? [[member, region] as const] : []));
  const read =
    texts.length === 0
      ? {}
      : ((await reader.regions(candidate.files, Object.fromEntries(texts))) as unknown as { readonly [member: string]: RegionRead });
  const of = new Map<string, Expression>();
  const refused: Finding[] = [];
  for (const [member, region] of stated) {
    const found: RegionRead = typeof region === 'string' ? (read[member] ?? notRead) : { ok: true, expression: region };
    if (!found.ok) refused.push(failed(`The region that is stated of ${member} cannot be read: ${found.why}`, member));
    else if (![candidate, base].some((input) => isFormula(member, input)))
      refused.push(failed(`A region is stated of ${member}, which is no formula: nothing would be held to it`, member));
    else of.set(member, found.expression);
  }
  return { of, refused };
}
const notRead: RegionRead = { ok: false, why: 'it was not read' };
const failed = (statement: string, witness: string): Finding => ({ statement, verdict: 'fail', shownBy: 'checked', witness });

const isFormula = (member: string, { reading: { model } }: GateInput): boolean =>
  model.entities.some(
    (entity) =>
      (member.startsWith('rule/') || member.startsWith(`entity/${entity.name}#`)) &&
      formulasOf(model, entity).some((formula) => formula.member === member),
  );
