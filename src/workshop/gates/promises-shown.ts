/**
 * Whether the rows that are there keep what the candidate newly promises of them: a promise that is broken from the start is none. The
 * live rows are asked as the base has them, with what the candidate computes written out; what only the candidate stores is absent. So it
 * is of what is newly asked of a field: a value that must be there, narrower bounds, fewer choices, values that differ.
 */
import { canonicalJson, type Expression, type Finding, type PermanentId } from '#kernel';
import { rowShape, type SystemModel } from '#model';
import { withParts } from '#rules';
import { changedComponents } from './differences.ts';
import { asJson, type Engines, type GateInput } from './gate.ts';
import { alteredBy } from './reach.ts';
import { indexOf } from './system-index.ts';

export async function promisesShown(candidate: GateInput, base: GateInput, { rows }: Engines): Promise<readonly Finding[]> {
  if (rows === undefined) return [];
  const changed = changedComponents(candidate, base).filter(({ contract, kind }) => contract && (kind === 'entity' || kind === 'rule'));
  const keys = alteredBy(
    changed.map(({ key }) => key),
    [candidate, base],
  );
  const findings: Finding[] = [];
  for (const key of keys) {
    const entity = indexOf(candidate).component(key)?.contract;
    const before = entity?.kind === 'entity' ? indexOf(base).entity(entity.id)?.contract : undefined;
    if (entity?.kind !== 'entity' || before?.kind !== 'entity') continue;
    for (const { asks, broken, untold, stay } of changed.some((change) => change.key === key)
      ? await rows.asked(base.generation.id, entity)
      : []) {
      const statement = `${entity.name}: every row that is there ${asks}`;
      if (untold) findings.push({ statement: `${statement}: they could not be asked`, verdict: 'pass', shownBy: 'not-shown' });
      else if (broken === null) findings.push({ statement, verdict: 'pass', shownBy: 'checked' });
      else if (stay)
        findings.push({
          statement: `${entity.name}: ${broken}. Rows that are there stay as they are until they are next written`,
          verdict: 'pass',
          shownBy: 'checked',
        });
      else
        findings.push({
          statement: `${entity.name}: ${broken}. Change ${broken.startsWith('one ') ? 'it' : 'them'} first, or ask for less`,
          verdict: 'fail',
          shownBy: 'checked',
          witness: broken,
        });
    }
    const models = { now: candidate.reading.model, kept: base.reading.model };
    const known = new Set(
      before.invariants.map(({ holds }) => canonicalJson(asJson(asKept(holds, { now: models.kept, kept: models.kept }) ?? null))),
    );
    for (const { name, holds, message } of entity.invariants) {
      const asked = asKept(holds, models);
      if (asked !== undefined && known.has(canonicalJson(asJson(asked)))) continue;
      const statement = `${entity.name}: the rows that are there keep ${name}`;
      const broken = asked === undefined ? null : await rows.broken(base.generation.id, entity.id, asked);
      if (broken === null) findings.push({ statement: `${statement}: they could not be asked`, verdict: 'pass', shownBy: 'not-shown' });
      else if (broken.count === 0) findings.push({ statement, verdict: 'pass', shownBy: 'checked' });
      else
        findings.push({
          statement: `${entity.name}: ${broken.count === 1 ? 'one row breaks' : `${broken.count} rows break`} ${name} (${message})${broken.row === undefined ? '' : `, ${broken.count === 1 ? '' : 'one of them '}"${broken.row}"`}. Change ${broken.count === 1 ? 'it' : 'them'} first, or promise less`,
          verdict: 'fail',
          shownBy: 'checked',
          witness: asJson(broken),
        });
    }
  }
  return findings;
}

interface Models {
  readonly now: SystemModel;
  /** What the rows stand in. */
  readonly kept: SystemModel;
}
/** The same over what is kept of the rows; undefined where that cannot be said. */
function asKept(holds: Expression, { now, kept }: Models): Expression | undefined {
  let told = true;
  const fieldOf = (model: SystemModel, of: PermanentId, id: PermanentId) => rowShape(model, of)?.fields.find((field) => field.id === id);
  const write = (at: Expression): Expression => {
    if (!told) return at;
    if (at.node === 'related') told &&= fieldOf(kept, at.entity, at.via) !== undefined;
    if (at.node === 'follow') told &&= rowShape(kept, at.to) !== undefined;
    if (at.node !== 'field' || at.of.type.kind !== 'row') return withParts(at, write);
    const field = fieldOf(now, at.of.type.of, at.id);
    const before = fieldOf(kept, at.of.type.of, at.id);
    const { derived } = field ?? {};
    if (derived?.mode === 'live')
      return { node: 'let', name: 'row', value: write(at.of), body: write(derived.formula), type: derived.formula.type };
    told &&= derived === undefined || canonicalJson(asJson(derived)) === canonicalJson(asJson(before?.derived ?? null));
    if (before !== undefined) return withParts({ ...at, field: before.name }, write);
    told &&= at.type.kind !== 'list' && at.type.kind !== 'row';
    return { node: 'constant', type: { ...at.type, optional: true }, value: null };
  };
  const written = write(holds);
  return told ? written : undefined;
}
