/** Which components bear on another one, or on a question: by what their contracts name, and by their words. Pure. */
import { kindGuides } from '#model';
import type { ComponentRecord } from '../control-reads.ts';

export interface Found {
  /** Shown whole. */
  readonly chosen: readonly ComponentRecord[];
  /** Shown by their contracts: what the chosen name, and what names them. */
  readonly neighbours: readonly ComponentRecord[];
}
const mostChosen = 5;
const mostNeighbours = 30;

export function contextFor(records: readonly ComponentRecord[], component: string | null, question: string | null): Found {
  const chosen =
    component === null
      ? answering(records, question ?? '')
      : records.filter(
          ({ contract, path }) => `${contract.kind}/${contract.name}` === component || contract.name === component || path === component,
        );
  const taken = new Set(chosen.map((record) => record.path));
  const named = new Set(chosen.flatMap((record) => [...idsOf(record)]));
  const own = new Set(chosen.flatMap((record) => [...ownIdsOf(record)]));
  const neighbours = records.filter(
    (record) => !taken.has(record.path) && (intersects(ownIdsOf(record), named) || intersects(idsOf(record), own)),
  );
  return { chosen, neighbours: neighbours.slice(0, mostNeighbours) };
}

/** The kinds that a question names, by name or folder: "how is a job written", "reactions on orders". */
export function kindsSpokenOf(question: string): readonly string[] {
  const words = new Set(question.toLowerCase().match(/[a-z]+/g) ?? []);
  return kindGuides.filter(({ kind, folder }) => words.has(kind) || words.has(folder)).map(({ kind }) => kind);
}

/** Every permanent id that stands in a contract. */
const idsOf = ({ contract }: ComponentRecord): ReadonlySet<string> =>
  new Set(JSON.stringify(contract).match(/(?<=")[efcorvnj]_[a-z0-9]{3,16}(?=")/g) ?? []);
/** Those that it gives: its own, and of an entity those of its lists. */
function ownIdsOf({ contract }: ComponentRecord): ReadonlySet<string> {
  if (contract.kind !== 'entity') return new Set([contract.id]);
  return new Set([
    contract.id,
    ...contract.fields.flatMap((field) => [field.id, ...(field.type.kind === 'list' ? [field.type.itemId] : [])]),
  ]);
}
const intersects = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some((id) => other.has(id));

/** The components that say the rarest words of the question most. */
function answering(records: readonly ComponentRecord[], question: string): readonly ComponentRecord[] {
  const wanted = new Set(wordsOf(question));
  const said = records.map((record) => new Set(wordsOf(wordingOf(record))));
  const rarity = (word: string): number => Math.log(1 + records.length / Math.max(1, said.filter((words) => words.has(word)).length));
  const weights = new Map([...wanted].map((word) => [word, rarity(word)]));
  const scored = records.map((record, at) => ({
    record,
    score: [...wanted].reduce(
      (sum, word) =>
        sum + (said[at]?.has(word) === true ? (weights.get(word) ?? 0) * (wordsOf(record.contract.name).includes(word) ? 3 : 1) : 0),
      0,
    ),
  }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostChosen)
    .map(({ record }) => record);
}
function wordingOf({ contract, head, path }: ComponentRecord): string {
  const names = JSON.stringify(contract).match(/"(?:name|label|title|plural|event)":"[^"]*"/g) ?? [];
  return [path, contract.name, head.what, head.why, ...names.map((name) => name.slice(name.indexOf(':')))].join(' ');
}
/** In small letters, plural and singular alike; words that say nothing of a thing are left out. */
const wordsOf = (text: string): readonly string[] =>
  (
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .map((word) => (word.length > 3 ? word.replace(/(?:ies|y)$/, 'i').replace(/e?s$/, '') : word))
    .filter((word) => word.length > 1 && !empty.has(word));
const empty = new Set([
  'the',
  'of',
  'and',
  'an',
  'is',
  'are',
  'to',
  'in',
  'for',
  'with',
  'what',
  'which',
  'how',
  'who',
  'do',
  'doe',
  'that',
  'it',
  'on',
  'by',
  'be',
  'can',
  'we',
  'our',
  'my',
  'why',
]);
