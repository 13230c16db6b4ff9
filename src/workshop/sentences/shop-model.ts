/** The sample system's model, read from its sources, for the tests of this folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SystemModel, SystemReading } from '#model';
import { readSystem } from '#model/read';

const folder = join(import.meta.dirname, '../../../systems/shop');
const walk = (at: string): readonly string[] =>
  readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? walk(join(at, name)) : [join(at, name)]));
export const shopSources = (): { readonly [path: string]: string } =>
  Object.fromEntries(
    walk(folder)
      .filter((path) => /\.(ts|json)$/.test(path) && !path.endsWith('.d.ts'))
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );

export function shopReading(sources: { readonly [path: string]: string } = shopSources()): Extract<SystemReading, { ok: true }> {
  const reading = readSystem(sources);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems, null, 2));
  return reading;
}
export const shopModel = (): SystemModel => shopReading().model;
/** A system that `init` made: roles and settings, no components. */
export const emptySources = (): { readonly [path: string]: string } => ({ 'theseus.json': shopSources()['theseus.json'] ?? '{}' });
