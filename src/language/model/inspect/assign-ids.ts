/**
 * Completes what was handed in: permanent ids and numbers that are missing are given by edits of the text, what the base knows
 * by that name keeps its own, fields that went are kept as retired. Ids that were changed or belong to something else are told
 * as problems. Why: identity is for life, and whoever writes by hand should not have to make it up. Nothing of the text is
 * executed. Loads oxc-parser: disposable process only.
 */
import { isPermanentId } from '#kernel';
import { mintId } from '../identity.ts';
import type { SourceProblem } from '../reading.ts';
import { placed, type Found } from '../read/reporter.ts';
import { memberName } from '../print/layout.ts';
import { filledHead, type HeadFacts } from './fill-head.ts';
import { idSlots, type IdSlot, type IdSlots, type Room } from './id-slots.ts';
import type { Completed, HandedIn } from './handed-in.ts';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
interface Known {
  readonly path: string;
  readonly slot: IdSlot;
}
/** What the base says of one component, by member and by id. */
interface Origin {
  readonly members: ReadonlyMap<string, IdSlot>;
  readonly ids: ReadonlyMap<string, IdSlot>;
}
const nothing: Origin = { members: new Map(), ids: new Map() };

export function assignIds({ files, base, taken, head }: HandedIn): Completed {
  const old = new Map(Object.entries(base).flatMap(([path, text]) => entryOf(path, idSlots(path, text))));
  const owners = new Map([...old].flatMap(([path, { slots }]) => slots.flatMap((slot) => ownerOf(path, slot))));
  const minted = new Set(Object.keys(taken));
  for (const [path, text] of Object.entries(files))
    if (text !== null) for (const slot of idSlots(path, text)?.slots ?? []) if (slot.id !== undefined) minted.add(slot.id.value);
  const made: { [path: string]: string | null } = {};
  const given: string[] = [];
  const retired: string[] = [];
  const problems: SourceProblem[] = [];
  for (const [path, text] of Object.entries(files)) {
    const slots = text === null || path.endsWith('.test.ts') ? undefined : idSlots(path, text);
    if (text === null || slots === undefined) {
      made[path] = text;
      continue;
    }
    const one = completeFile({ path, text, slots, origin: originOf(path, slots, old, files), owners, taken, minted, head });
    made[path] = one.text;
    given.push(...one.given);
    retired.push(...one.retired);
    problems.push(...placed(path, text, one.found));
  }
  return { files: made, given, retired, problems: problems.slice(0, 50) };
}

const entryOf = (path: string, slots: IdSlots | undefined): readonly (readonly [string, IdSlots])[] =>
  slots === undefined ? [] : [[path, slots]];
const ownerOf = (path: string, slot: IdSlot): readonly (readonly [string, Known])[] =>
  slot.id === undefined ? [] : [[slot.id.value, { path, slot }]];

/** The same file of the base, or the one that its permanent id stood in and that is gone: a component under a new name. */
function originOf(path: string, slots: IdSlots, old: ReadonlyMap<string, IdSlots>, files: HandedIn['files']): Origin {
  const own = slots.slots[0]?.id?.value;
  const moved = [...old].find(([from, known]) => files[from] === null && own !== undefined && known.slots[0]?.id?.value === own)?.[1];
  const found = old.get(path) ?? moved;
  if (found === undefined) return nothing;
  return {
    members: new Map(found.slots.map((slot) => [slot.member, slot])),
    ids: new Map(found.slots.flatMap((slot) => (slot.id === undefined ? [] : [[slot.id.value, slot] as const]))),
  };
}

interface File {
  readonly path: string;
  readonly text: string;
  readonly slots: IdSlots;
  readonly origin: Origin;
  readonly owners: ReadonlyMap<string, Known>;
  readonly taken: HandedIn['taken'];
  /** Ids of the base and of all that is handed in, and those that were given by now. */
  readonly minted: Set<string>;
  readonly head: HeadFacts;
}

function completeFile(file: File): { text: string; given: string[]; retired: string[]; found: Found[] } {
  const { path, text, slots, origin, minted, head } = file;
  const found: Found[] = [];
  const present = new Set(slots.slots.flatMap((slot) => slot.id?.value ?? []));
  const ids = new Map<IdSlot, string>();
  const given: string[] = [];
  for (const slot of slots.slots) {
    const before = origin.members.get(slot.member);
    const wrong = slot.id === undefined ? undefined : idProblem(slot, before, present, file);
    if (wrong !== undefined) found.push({ start: slot.id?.start ?? 0, message: wrong });
    if (slot.id !== undefined || slot.member.startsWith('retired/')) continue;
    const kept = before?.id?.value;
    const id = kept !== undefined && !present.has(kept) ? kept : mintId(slot.prefix, `${head.change} ${path} ${slot.member}`, minted);
    minted.add(id);
    present.add(id);
    ids.set(slot, id);
    given.push(`${path} ${slot.member === '' ? 'itself' : slot.member} ${id}`);
  }
  const numbers = numbersOf(file, ids, found);
  const gone = slots.kind === 'entity' ? goneFrom(origin, present, slots) : [];
  const splices = [
    ...additions(slots, ids, numbers, text),
    ...choicesWritten(slots, ids),
    ...retiring(slots, gone, text),
    ...headWritten(slots, text, head),
  ];
  return { text: spliced(text, splices), given, retired: gone.map(({ name, id }) => `${path} ${name} ${id}`), found };
}

/** Why this id may not stand here, or undefined. */
function idProblem(slot: IdSlot, before: IdSlot | undefined, present: ReadonlySet<string>, file: File): string | undefined {
  const id = slot.id?.value ?? '';
  if (!isPermanentId(id)) return undefined; // The reading says what a permanent id looks like.
  const what = slot.member === '' ? 'this component' : slot.member;
  const was = before?.id?.value;
  if (was !== undefined && was !== id && !present.has(was))
    return `${what} has the permanent id ${was}, and this says ${id}; an id is for life: write ${was} again. For another thing take another name, and leave its id out`;
  const known = file.origin.ids.get(id);
  if (known !== undefined)
    return known.prefix === slot.prefix && placeOf(known) === placeOf(slot)
      ? undefined
      : `the permanent id ${id} is that of ${known.member}; it cannot name ${what}: leave the id out, and one is given`;
  const owner = file.owners.get(id)?.path ?? file.taken[id];
  return owner === undefined
    ? undefined
    : `the permanent id ${id} belongs to ${owner}; ids are never used again: leave it out, and one is given`;
}
/** A field stays in its own table: one that was retired may come back. */
const placeOf = (slot: IdSlot): string => slot.group ?? (slot.prefix === 'c' ? 'choices' : slot.member.replace(/^.*\/(item)$/, '$1'));

function numbersOf({ slots, origin }: File, ids: ReadonlyMap<IdSlot, string>, found: Found[]): ReadonlyMap<IdSlot, number> {
  const made = new Map<IdSlot, number>();
  const highest = new Map<string, number>();
  const raise = (group: string, no: number): void => void highest.set(group, Math.max(highest.get(group) ?? 0, no));
  const owners = new Map<string, IdSlot>();
  for (const slot of origin.members.values())
    if (slot.group !== undefined && slot.no !== undefined) {
      raise(slot.group, slot.no.value);
      owners.set(`${slot.group} ${slot.no.value}`, slot);
    }
  for (const slot of slots.slots) if (slot.group !== undefined && slot.no !== undefined) raise(slot.group, slot.no.value);
  for (const slot of slots.slots) {
    if (slot.group === undefined) continue;
    const id = slot.id?.value ?? ids.get(slot) ?? '';
    const before = origin.ids.get(id);
    if (slot.no === undefined) {
      if (slot.member.startsWith('retired/')) continue;
      const next = (highest.get(slot.group) ?? 0) + 1;
      const no = before?.no?.value ?? (next >= 19_000 && next <= 19_999 ? 20_000 : next);
      made.set(slot, no);
      raise(slot.group, no);
      continue;
    }
    const owner = owners.get(`${slot.group} ${slot.no.value}`);
    if (before?.no !== undefined && before.no.value !== slot.no.value)
      found.push({
        start: slot.no.start,
        message: `${slot.member} has the number ${before.no.value}, and this says ${slot.no.value}; a number is for life: write ${before.no.value} again`,
      });
    else if (owner !== undefined && owner.id?.value !== id)
      found.push({
        start: slot.no.start,
        message: `the number ${slot.no.value} is that of ${owner.member}, and numbers are never used again; leave no out, and the next free one is given`,
      });
  }
  return made;
}

/** Fields of the base, and what it had retired, that are nowhere now: their ids and numbers are kept. */
function goneFrom(origin: Origin, present: ReadonlySet<string>, slots: IdSlots): readonly { name: string; id: string; no: number }[] {
  const names = new Set(slots.slots.flatMap((slot) => (slot.member.startsWith('retired/') ? [slot.member.slice(8)] : [])));
  return [...origin.members.values()].flatMap((slot) => {
    if (slot.group !== 'fields' || slot.id === undefined || slot.no === undefined || present.has(slot.id.value)) return [];
    const wanted = slot.member.slice(slot.member.indexOf('/') + 1);
    let name = wanted;
    for (let count = 2; names.has(name); count += 1) name = `${wanted}${count}`;
    names.add(name);
    return [{ name, id: slot.id.value, no: slot.no.value }];
  });
}

/** Members that are put in at the beginning of an object: all of one object at once. */
function additions(
  slots: IdSlots,
  ids: ReadonlyMap<IdSlot, string>,
  numbers: ReadonlyMap<IdSlot, number>,
  text: string,
): readonly Splice[] {
  const rooms = new Map<number, { room: Room; members: string[] }>();
  for (const slot of slots.slots) {
    if (slot.room === undefined) continue;
    const id = ids.get(slot);
    const no = numbers.get(slot);
    const members = [...(id === undefined ? [] : [`${slot.key}: '${id}'`]), ...(no === undefined ? [] : [`no: ${no}`])];
    const room = rooms.get(slot.room.at) ?? { room: slot.room, members: [] };
    room.members.push(...members);
    rooms.set(slot.room.at, room);
  }
  return [...rooms.values()].flatMap(({ room, members }) => (members.length === 0 ? [] : [putIn(room, members, text)]));
}
function putIn(room: Room, members: readonly string[], text: string): Splice {
  if (room.first === null) {
    const inner = ` ${members.join(', ')} `;
    return { start: room.at, end: room.at, text: room.bare ? `{${inner}}` : inner };
  }
  const gap = text.slice(room.at, room.first);
  const between = gap.includes('\n') ? gap : ' ';
  return { start: room.at, end: room.at, text: `${gap === '' ? ' ' : gap}${members.join(`,${between}`)},${gap === '' ? ' ' : ''}` };
}

function choicesWritten(slots: IdSlots, ids: ReadonlyMap<IdSlot, string>): readonly Splice[] {
  const lists = Map.groupBy(
    slots.slots.filter((slot) => slot.listed !== undefined),
    (slot) => slot.listed ?? '',
  );
  return [
    ...[...lists.values()].map((list): Splice => ({
      start: list[0]?.span?.start ?? 0,
      end: list[0]?.span?.end ?? 0,
      text: `{ ${list.map((slot) => `${memberName(slot.key)}: '${ids.get(slot) ?? ''}'`).join(', ')} }`,
    })),
    ...slots.slots.flatMap((slot): readonly Splice[] => {
      const id = ids.get(slot);
      return slot.prefix !== 'c' || slot.listed !== undefined || slot.span === undefined || id === undefined
        ? []
        : [{ ...slot.span, text: `'${id}'` }];
    }),
  ];
}

function retiring(slots: IdSlots, gone: ReturnType<typeof goneFrom>, text: string): readonly Splice[] {
  if (gone.length === 0) return [];
  const members = gone.map(({ name, id, no }) => `${memberName(name)}: { id: '${id}', no: ${no} }`);
  if (slots.retired !== undefined) return [putIn(slots.retired, members, text)];
  // Behind the permanent id that may be put in at the same place: order among splices of one place is that of this list.
  return [putIn(slots.definition, [`retired: { ${members.join(', ')} }`], text)];
}

const headWritten = (slots: IdSlots, text: string, head: HeadFacts): readonly Splice[] =>
  slots.comment === undefined ? [] : [{ ...slots.comment, text: filledHead(text.slice(slots.comment.start, slots.comment.end), head) }];

function spliced(text: string, splices: readonly Splice[]): string {
  let made = '';
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    made += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return made + text.slice(at);
}
