/** A system that requests are made to, from its folders: the sources, what is read of them, and the variation points that stand beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Asked } from '#decide';
import { readSystem } from '#model/read';

export interface OpenedSystem extends Pick<Asked, 'reading'> {
  readonly sources: { readonly [path: string]: string };
  readonly points: NonNullable<Asked['points']>;
}
type Point = OpenedSystem['points'][number];
type Stated = Omit<Point, 'name'> & { readonly point: string };

/** The shop of the sample together with what stands beside the cases. */
export const shop: readonly URL[] = ['../../systems/shop/', 'system-extra/'].map((folder) => new URL(folder, import.meta.url));

/** Folders end with a slash; `strategies.json` stands in the last of them. Throws where the system does not read. */
export function openSystem(folders: readonly URL[]): OpenedSystem {
  const sources = sourcesOf(folders);
  const reading = readSystem(sources);
  if (!reading.ok) throw new Error(`${folders.at(-1)?.pathname ?? ''} does not read: ${reading.problems[0]?.message ?? ''}`);
  const stated = JSON.parse(readFileSync(new URL('strategies.json', folders.at(-1)), 'utf8')) as readonly Stated[];
  return { sources, reading, points: stated.map(({ point, ...rest }): Point => ({ ...rest, name: point })) };
}

export const sourcesOf = (folders: readonly URL[]): OpenedSystem['sources'] =>
  Object.assign({}, ...folders.map(sourcesIn)) as OpenedSystem['sources'];
function sourcesIn(folder: URL): OpenedSystem['sources'] {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
  );
}
