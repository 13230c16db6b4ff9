/** The sources of a system in its folder: theseus.json and every component with its tests. Nothing that was made, nothing beside. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The folders of components. */
export const componentFolders: readonly string[] = ['entities', 'rules', 'workflows', 'operations', 'views', 'reactions', 'jobs'];

export function systemFiles(folder: string): { readonly [path: string]: string } {
  return Object.fromEntries(
    [
      ...componentFolders.flatMap((kind) =>
        filesBelow(join(folder, kind)).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts')),
      ),
      join(folder, 'theseus.json'),
    ].map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

export function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}
