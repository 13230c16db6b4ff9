/** The tree as the tests of the architecture see it: files, their imports, and the folder that each belongs to. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

export const root: string = resolve(import.meta.dirname, '../..');
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  imports: { [door: string]: string };
  dependencies: { [name: string]: string };
  devDependencies: { [name: string]: string };
};

export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => read(relative(root, join(entry.parentPath, entry.name))));
}

function read(path: string): SourceFile {
  const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'));
  const fixed = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((each) => (each.moduleRequest === null ? [] : [each.moduleRequest.value])),
    ),
  ];
  const text = readFileSync(join(root, path), 'utf8');
  const dynamic = module.dynamicImports
    .map((entry) => text.slice(entry.moduleRequest.start, entry.moduleRequest.end))
    .filter((request) => /^['"]/.test(request))
    .map((request) => request.slice(1, -1));
  return { path, imports: [...new Set([...fixed, ...dynamic])] };
}

/** The file that a specifier means, or the specifier itself where it is a package. */
export function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(from), specifier));
  if (specifier.startsWith('#')) {
    const exact = manifest.imports[specifier];
    if (exact !== undefined) return exact.slice(2);
    for (const [door, file] of Object.entries(manifest.imports)) {
      const [head = '', tail = ''] = door.split('*');
      if (door.includes('*') && specifier.startsWith(head) && specifier.endsWith(tail))
        return file.replace('*', specifier.slice(head.length, specifier.length - tail.length)).slice(2);
    }
    throw new Error(`${from} imports ${specifier}, which is no door of package.json`);
  }
  return specifier;
}

/** `src/language/rules/parse/x.ts` belongs to `language/rules`, `src/store/write/y.ts` to `store`. */
export function folderOf(path: string): string {
  const parts = path.split('/').slice(1, -1);
  return ['language', 'workshop', 'doors', 'hosts'].includes(parts[0] ?? '') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}
export const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.includes('/conformance/');
