/**
 * What is proved is proved of rows that have what their fields promise: the proof supposes it. Rows from before a promise may stay as they
 * were, so those that are there are asked, of the fields that the proofs read. Of those that do not have it nothing is shown, which is
 * said with how many they are; where something was to stay as it was, a person is asked.
 */
import type { EntityContract, Finding, PermanentId } from '#kernel';
import { nodesOf } from '#rules';
import type { Question } from '#rules/smt';
import type { LivePromises } from '#ports';
import type { GateInput } from '../gate.ts';
import { expressionsOf } from './expressions-of.ts';

interface Read {
  readonly entity: EntityContract;
  readonly fields: Set<PermanentId>;
  /** Whether it was to stay as it was. */
  same: boolean;
}

export async function rowsOutside(
  proved: readonly Question[],
  base: GateInput,
  rows: LivePromises | undefined,
): Promise<readonly Finding[]> {
  if (rows === undefined || proved.length === 0) return [];
  const findings: Finding[] = [];
  for (const { entity, fields, same } of readBy(proved).values()) {
    for (const { asks, broken, untold } of await rows.askedEver(base.generation.id, entity, fields)) {
      if (untold)
        findings.push({
          statement: `${entity.name}: what is proved is proved of rows of which each ${asks}, and those that are there could not be asked`,
          verdict: 'pass',
          shownBy: 'not-shown',
        });
      else if (broken !== null)
        findings.push({
          statement: `${entity.name}: ${broken}, and of ${broken.startsWith('one ') ? 'it' : 'them'} nothing is proved: what is proved is proved of rows of which each ${asks}`,
          verdict: 'pass',
          shownBy: 'not-shown',
          ...(same ? { wide: true } : {}),
        });
    }
  }
  return findings;
}

/** The fields that proofs read, by the entity whose rows have them. */
function readBy(proved: readonly Question[]): ReadonlyMap<PermanentId, Read> {
  const found = new Map<PermanentId, Read>();
  for (const question of proved) {
    const owners = ownersIn(question.system.entities);
    for (const expression of expressionsOf(question)) {
      for (const node of nodesOf(expression)) {
        if (node.node !== 'field' || node.of.type.kind !== 'row') continue;
        const entity = owners.get(node.of.type.of);
        if (entity === undefined) continue;
        const read = found.get(entity.id) ?? { entity, fields: new Set(), same: false };
        read.fields.add(node.id);
        read.same ||= question.claim.kind === 'same';
        found.set(entity.id, read);
      }
    }
  }
  return found;
}

/** By what rows are called by: the entity itself, and each of its lists. */
const ownersIn = (entities: readonly EntityContract[]): ReadonlyMap<PermanentId, EntityContract> =>
  new Map(
    entities.flatMap((entity) => [
      [entity.id, entity] as const,
      ...entity.fields.flatMap(({ type }) => (type.kind === 'list' ? [[type.itemId, entity] as const] : [])),
    ]),
  );
