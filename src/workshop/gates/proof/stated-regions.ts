/**
 * The regions that a scope states, read in the names of the candidate. One that cannot be read, or that is stated of what is no formula,
 * fails: whoever wrote it took something for protected that is not.
 */
import { canonicalJson, type Expression, type Field, type Finding } from '#kernel';
import type { RegionRead } from '#model';
import { nodesOf } from '#rules';
import { asJson, type Engines, type GateInput, type Proposal } from '../gate.ts';
import { formulasOf } from './preserved.ts';

export interface StatedRegions {
  readonly of: ReadonlyMap<string, Expression>;
  /** What is refused of them, and what they do not hold. */
  readonly found: readonly Finding[];
}

export async function statedRegions(candidate: Proposal, base: GateInput, { reader }: Pick<Engines, 'reader'>): Promise<StatedRegions> {
  const stated = Object.entries(candidate.scope.regions ?? {});
  const texts = stated.flatMap(([member, region]) => (typeof region === 'string' ? [[member, region] as const] : []));
  const read =
    texts.length === 0
      ? {}
      : ((await reader.regions(candidate.files, Object.fromEntries(texts))) as unknown as { readonly [member: string]: RegionRead });
  const of = new Map<string, Expression>();
  const meant: (readonly [string, string, Expression])[] = [];
  const refused: Finding[] = [];
  for (const [member, region] of stated) {
    const found: RegionRead = typeof region === 'string' ? (read[member] ?? notRead) : { ok: true, expression: region };
    if (!found.ok) refused.push(failed(`The region that is stated of ${member} cannot be read: ${found.why}`, member));
    else if (![candidate, base].some((input) => isFormula(member, input)))
      refused.push(failed(`A region is stated of ${member}, which is no formula: nothing would be held to it`, member));
    else {
      of.set(member, found.expression);
      if (typeof region === 'string') meant.push([member, region, found.expression]);
    }
  }
  const moved = await movedRegions(meant, candidate, base, reader);
  return { of, found: [...refused, ...moved] };
}

/**
 * A condition that names a rule or a computed field is as wide as the change makes those: where they mean something else now, whoever stated
 * it stated another region. The proof holds it as it is read now, and a person is asked.
 */
async function movedRegions(
  meant: readonly (readonly [member: string, text: string, now: Expression])[],
  candidate: GateInput,
  base: GateInput,
  reader: Engines['reader'],
): Promise<readonly Finding[]> {
  if (meant.length === 0) return [];
  const texts = Object.fromEntries(meant.map(([member, text]) => [member, text]));
  const before = (await reader.regions(base.files, texts)) as unknown as { readonly [member: string]: RegionRead };
  const altered = alteredFields(candidate, base);
  return meant.flatMap(([member, text, now]): readonly Finding[] => {
    const was = before[member];
    const isSame =
      was?.ok !== true ||
      (canonicalJson(asJson(was.expression)) === canonicalJson(asJson(now)) &&
        ![...nodesOf(now)].some((node) => node.node === 'field' && altered.has(node.id)));
    return isSame
      ? []
      : [
          {
            statement: `The region that is stated of ${member} (${text.slice(0, 200)}) names what the change itself defines anew, so that it is not the one that it was`,
            verdict: 'pass',
            shownBy: 'not-shown',
            wide: true,
          },
        ];
  });
}
function alteredFields(candidate: GateInput, base: GateInput): ReadonlySet<string> {
  const said = ({ derived }: Field): string => canonicalJson(asJson(derived ?? null));
  const fieldsOf = ({ reading: { model } }: GateInput): readonly Field[] => model.entities.flatMap(({ fields }) => fields);
  const before = new Map(fieldsOf(base).map((field) => [field.id, said(field)]));
  return new Set(fieldsOf(candidate).flatMap((field) => (before.has(field.id) && before.get(field.id) !== said(field) ? [field.id] : [])));
}
const notRead: RegionRead = { ok: false, why: 'it was not read' };
const failed = (statement: string, witness: string): Finding => ({ statement, verdict: 'fail', shownBy: 'checked', witness });

const isFormula = (member: string, { reading: { model } }: GateInput): boolean =>
  model.entities.some(
    (entity) =>
      (member.startsWith('rule/') || member.startsWith(`entity/${entity.name}#`)) &&
      formulasOf(model, entity).some((formula) => formula.member === member),
  );
