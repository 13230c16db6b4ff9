/**
 * Whether the rows that are there keep what the candidate newly promises of them: a promise that is broken from the start is none. The
 * live rows are asked as the base has them, with what the candidate computes written out; what only the candidate stores is absent. So it
 * is of what is newly asked of a field: a value that must be there, narrower bounds, fewer choices, values that differ.
 */
import { canonicalJson, type Finding } from '#kernel';
import { asKept } from '#model';
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
