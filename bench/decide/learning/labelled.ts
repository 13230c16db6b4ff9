/** The labelled requests that the decision learns from, each with the system that it was written to; and those of cases*.json that may be read, never those that are kept for the figure. */
import { readFileSync } from 'node:fs';
import { type Asked, type Leaning, type Leant, lookAt, type Need, ofLeaning, type Signs, sureNeedOf } from '#decide';
import { sentencesGenerator } from '#sentences';
import { type OpenedSystem, openSystem, shop } from '../system.ts';

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
const names = ['shop', 'clinic', 'rental', 'warehouse', 'school', 'property', 'restaurant', 'garage', 'events'] as const;
export type SystemName = (typeof names)[number];
export const systemNames: readonly SystemName[] = names;
const foldersOf = (name: SystemName): readonly URL[] => (name === 'shop' ? shop : [new URL(`${name}/`, import.meta.url)]);
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

const opened = new Map<SystemName, OpenedSystem>();
function open(name: SystemName): OpenedSystem {
  const system = opened.get(name) ?? openSystem(foldersOf(name));
  opened.set(name, system);
  return system;
}

export async function askedOf({ request, system }: Pick<Labelled, 'request' | 'system'>): Promise<Asked> {
  const { reading, points, sources } = open(system);
  const context = { reading: reading as never, sources, count: async () => 0, change: 'learning', today: '2026-11-23' };
  return {
    text: request,
    reading,
    points,
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
