/** The labelled requests that the decision learns from, each with the system that it was written to; and those of cases*.json that may be read, never those that are kept for the figure. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Asked, type Leaning, type Leant, lookAt, type Need, ofLeaning, type Signs, sureNeedOf } from '#decide';
import { readSystem } from '#model/read';
import { sentencesGenerator } from '#sentences';

export interface Labelled {
  readonly request: string;
  readonly need: Leant;
  readonly system: SystemName;
  /** The first file of whoever wrote it. One hand writes pairs that differ in a word: what one wrote is judged by what the others teach. */
  readonly hand: string;
}
/** A request as the decision sees it: what is plain of it, its signs, and whether that none is needed would be told of it at all. */
export interface Looked extends Labelled {
  readonly sure: Need | undefined;
  readonly signs: Signs;
  readonly noneTold: (leaning: Leaning) => boolean;
}
const folders = {
  shop: ['../../../systems/shop/', '../system-extra/'],
  clinic: ['clinic/'],
  rental: ['rental/'],
  warehouse: ['warehouse/'],
  school: ['school/'],
  property: ['property/'],
  restaurant: ['restaurant/'],
  garage: ['garage/'],
  events: ['events/'],
} as const;
export type SystemName = keyof typeof folders;
export const systemNames = Object.keys(folders) as readonly SystemName[];
/** The files of requests to each system, by hand. */
const hands: { readonly [Name in SystemName]: readonly (readonly string[])[] } = {
  shop: [
    ['shop/requests.json', 'shop/more.json', 'shop/taken-away.json'],
    ['shop/others.json', 'shop/others-taken-away.json'],
    ['shop/voices.json'],
    ['shop/month.json'],
  ],
  clinic: [['clinic/requests.json', 'clinic/taken-away.json']],
  rental: [['rental/requests.json', 'rental/taken-away.json']],
  warehouse: [['warehouse/requests.json', 'warehouse/taken-away.json']],
  school: [['school/requests.json', 'school/taken-away.json']],
  property: [['property/requests.json', 'property/taken-away.json']],
  restaurant: [['restaurant/requests.json', 'restaurant/taken-away.json']],
  garage: [['garage/requests.json', 'garage/taken-away.json']],
  events: [['events/requests.json', 'events/taken-away.json']],
};

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const json = <Value>(path: string): Value => JSON.parse(text(path)) as Value;
export const labelled = (): readonly Labelled[] =>
  systemNames.flatMap((system) =>
    hands[system].flatMap((files) =>
      files.flatMap((path) =>
        json<readonly Labelled[]>(path).map(({ request, need }) => ({ request, need, system, hand: files[0] ?? '' })),
      ),
    ),
  );
/** The halves of the bench's sets that may be read. */
export const openCases = (): readonly Labelled[] =>
  ['cases.json', 'cases-2.json', 'cases-3.json'].flatMap((path) =>
    json<readonly (Labelled & { readonly split: string })[]>(`../${path}`)
      .filter(({ split }) => split === 'open')
      .map(({ request, need }) => ({ request, need, system: 'shop' as const, hand: path })),
  );

/** Everything that is learnt from, as text: its digest stands with what was learnt. */
export const requestTexts = (): readonly string[] =>
  [...labelled(), ...openCases()].map(({ system, need, request }) => `${system} ${need}: ${request}`);

type Stated = { readonly point: string } & Omit<NonNullable<Asked['points']>[number], 'name'>;
const opened = new Map<SystemName, Omit<Asked, 'text' | 'said'> & { readonly sources: { readonly [path: string]: string } }>();
function open(name: SystemName): Omit<Asked, 'text' | 'said'> & { readonly sources: { readonly [path: string]: string } } {
  const before = opened.get(name);
  if (before !== undefined) return before;
  const sources = Object.assign({}, ...folders[name].map(sourcesIn)) as { readonly [path: string]: string };
  const reading = readSystem(sources);
  if (!reading.ok) throw new Error(`the system ${name} does not read: ${reading.problems[0]?.message ?? ''}`);
  const points = json<readonly Stated[]>(`${folders[name].at(-1) ?? ''}strategies.json`).map(({ point, ...rest }) => ({
    ...rest,
    name: point,
  }));
  const system = { reading, points, sources };
  opened.set(name, system);
  return system;
}
function sourcesIn(folder: string): { readonly [path: string]: string } {
  const url = new URL(folder, import.meta.url);
  return Object.fromEntries(
    readdirSync(url, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, url), 'utf8')]),
  );
}

export async function askedOf({ request, system }: Pick<Labelled, 'request' | 'system'>): Promise<Asked> {
  const { reading, points, sources } = open(system);
  const context = { reading: reading as never, sources, count: async () => 0, change: 'learning', today: '2026-11-23' };
  return {
    text: request,
    reading,
    ...(points === undefined ? {} : { points }),
    said: await sentencesGenerator.understand(request, context),
  };
}
export async function looked(all: readonly Labelled[]): Promise<readonly Looked[]> {
  const found: Looked[] = [];
  for (const each of all) {
    const asked = await askedOf(each);
    const seen = lookAt(asked);
    found.push({
      ...each,
      sure: sureNeedOf(asked),
      signs: seen.signs,
      noneTold: (leaning) => ofLeaning({ ...leaning, verdict: 'none' }, seen, asked.reading).kind !== 'undecided',
    });
  }
  return found;
}
