/** Two versions of an entity. A row is sent and read, so its fields are input and output at once. */
import { canonicalJson, type EntityContract } from '#kernel';
import type { ValueSettings } from '#schema';
import { indexWords } from '../indexable.ts';
import type { ContractDifference } from './contract-difference.ts';
import { compareFields } from './fields.ts';

export function compareEntities(
  key: string,
  was: EntityContract,
  now: EntityContract,
  settings: ValueSettings,
): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  if (was.name !== now.name) differences.push({ member: key, change: `was called ${was.name}`, compatible: false });
  if (was.plural !== now.plural) differences.push({ member: `${key}#plural`, change: `was at ${was.plural}`, compatible: false });
  if (was.title !== now.title) differences.push({ member: `${key}#title`, change: `is titled by ${now.title}`, compatible: true });
  if (canonicalJson(was.identity ?? null) !== canonicalJson(now.identity ?? null))
    differences.push({
      member: `${key}#identity`,
      change:
        now.identity === undefined
          ? 'signs nobody in any more'
          : was.identity === undefined
            ? 'signs people in'
            : 'signs people in otherwise',
      compatible: was.identity === undefined,
    });
  differences.push(...compareIndexes(key, was, now));
  if (was.answersWithin !== now.answersWithin)
    differences.push({
      member: `${key}#answersWithin`,
      change: now.answersWithin === undefined ? 'is to answer in no given time' : `is to answer within ${now.answersWithin} ms`,
      compatible: true,
    });
  for (const name of new Set([...Object.keys(was.shapes ?? {}), ...Object.keys(now.shapes ?? {})])) {
    const [before, after] = [was.shapes?.[name], now.shapes?.[name]];
    if (canonicalJson(before ?? null) !== canonicalJson(after ?? null))
      // Whoever speaks in it is told of by itself: the operations that use it hold it in their contracts.
      differences.push({
        member: `${key}#shape/${name}`,
        change: before === undefined ? 'is new' : after === undefined ? 'is gone' : 'says something else',
        compatible: true,
      });
  }
  differences.push(...compareFields(`${key}#field/`, was.fields, now.fields, 'both', settings));
  for (const invariant of now.invariants) {
    const before = was.invariants.find((candidate) => candidate.name === invariant.name);
    if (before === undefined) differences.push({ member: `${key}#invariant/${invariant.name}`, change: 'is new', compatible: true });
    else if (canonicalJson(before) !== canonicalJson(invariant))
      differences.push({ member: `${key}#invariant/${invariant.name}`, change: 'asks for something else', compatible: true });
  }
  for (const invariant of was.invariants)
    if (!now.invariants.some((candidate) => candidate.name === invariant.name))
      differences.push({ member: `${key}#invariant/${invariant.name}`, change: 'is gone', compatible: true });
  for (const retired of was.retired) {
    const reused = now.fields.find((field) => field.no === retired.no || field.id === retired.id);
    const kept = now.retired.some((candidate) => candidate.id === retired.id && candidate.no === retired.no);
    const back = reused !== undefined && reused.id === retired.id && reused.no === retired.no;
    if (!kept && !back)
      differences.push({
        member: `${key}#retired/${retired.name}`,
        change: reused === undefined ? 'is forgotten, so its number could be given again' : `gave its number to ${reused.name}`,
        compatible: false,
      });
  }
  return differences;
}

/** What no caller sees; it is told all the same, since each index is kept up at every write. */
function compareIndexes(key: string, was: EntityContract, now: EntityContract): readonly ContractDifference[] {
  const words = (entity: EntityContract): ReadonlyMap<string, string> =>
    new Map((entity.indexes ?? []).map((index) => [canonicalJson(index), indexWords(entity, index)]));
  const [before, after] = [words(was), words(now)];
  const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>, change: string): readonly ContractDifference[] =>
    [...one].flatMap(([id, text]) =>
      other.has(id) ? [] : [{ member: `${key}#indexes`, change: `${change} an index for ${text}`, compatible: true }],
    );
  return [...differing(after, before, 'keeps'), ...differing(before, after, 'no longer keeps')];
}
