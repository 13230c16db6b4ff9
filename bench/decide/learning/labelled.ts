/** The labelled requests that the decision learns from, each with the system that it was written to. Of cases*.json those that may be read; never those that are kept for the figure. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Asked, type Leant, lookAt, type Need, type Signs, sureNeedOf } from '#decide';
import { readSystem } from '#model/read';
import { sentencesGenerator } from '#sentences';

export interface Labelled {
  readonly request: string;
  readonly need: Leant;
  readonly system: SystemName;
}
/** A request as the decision sees it: what is plain of it, and its signs. */
export interface Looked extends Labelled {
  readonly sure: Need | undefined;
  readonly signs: Signs;
}
const folders = {
  shop: ['../../../systems/shop/', '../system-extra/'],
  clinic: ['clinic/'],
  rental: ['rental/'],
} as const;
export type SystemName = keyof typeof folders;
export const systemNames = Object.keys(folders) as readonly SystemName[];
const requestFiles: { readonly [Name in SystemName]: readonly string[] } = {
  shop: ['shop/requests.json', 'shop/more.json', 'shop/taken-away.json'],
  clinic: ['clinic/requests.json', 'clinic/taken-away.json'],
  rental: ['rental/requests.json', 'rental/taken-away.json'],
};

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const json = <Value>(path: string): Value => JSON.parse(text(path)) as Value;
/** Everything that is learnt from, as text: its digest stands with the weights. */
export const requestTexts = (): readonly string[] => [
  ...systemNames.flatMap((name) => requestFiles[name].map(text)),
  ...openCases().map(({ request, need }) => `${need}: ${request}`),
];

export const labelled = (): readonly Labelled[] =>
  systemNames.flatMap((system) =>
    requestFiles[system].flatMap((path) => json<readonly Labelled[]>(path).map(({ request, need }) => ({ request, need, system }))),
  );
/** The halves of the bench's sets that may be read. */
export const openCases = (): readonly Labelled[] =>
  ['cases.json', 'cases-2.json', 'cases-3.json'].flatMap((path) =>
    json<readonly (Labelled & { readonly split: string })[]>(`../${path}`)
      .filter(({ split }) => split === 'open')
      .map(({ request, need }) => ({ request, need, system: 'shop' as const })),
  );

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
    found.push({ ...each, sure: sureNeedOf(asked), signs: lookAt(asked).signs });
  }
  return found;
}
