/**
 * Makes the installable package in dist/package: under node_modules Node refuses to strip types, so the sources become
 * JavaScript there; the doors of package.json point at them. `npm pack ./dist/package` then packs it. An argument names
 * another folder.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist', 'package'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const compiled = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.package.json', '--outDir', join(out, 'lib')], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

type Manifest = {
  name: string;
  version: string;
  description: string;
  license: string;
  imports: Record<string, string>;
  dependencies: Record<string, string>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const compiledPath = (path: string): string => path.replace('./src/', './lib/').replace(/\.ts$/, '.js');
const packed = {
  name: manifest.name,
  version: manifest.version,
  description: manifest.description,
  license: manifest.license,
  type: 'module',
  engines: { node: '>=20' },
  bin: { theseus: 'bin/theseus.mjs' },
  imports: Object.fromEntries(Object.entries(manifest.imports).map(([door, path]) => [door, compiledPath(path)])),
  exports: { './sdk': { types: './lib/language/sdk/index.ts', default: './lib/language/sdk/index.js' } },
  dependencies: manifest.dependencies,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
// The sources of the SDK as well, beside their JavaScript: the types gate checks components against them, `init` copies them for editors.
cpSync(join(root, 'src', 'language', 'sdk'), join(out, 'lib', 'language', 'sdk'), {
  recursive: true,
  filter: (path) => !path.endsWith('.test.ts'),
});
// Prompts, and how a system is written, are read as files.
cpSync(join(root, 'src', 'language', 'model', 'writing.md'), join(out, 'lib', 'language', 'model', 'writing.md'));
cpSync(join(root, 'src', 'workshop', 'models', 'prompts'), join(out, 'lib', 'workshop', 'models', 'prompts'), { recursive: true });
cpSync(join(root, 'bin'), join(out, 'bin'), { recursive: true });
cpSync(join(root, 'systems'), join(out, 'systems'), { recursive: true });
if (existsSync(join(root, 'dist', 'console'))) cpSync(join(root, 'dist', 'console'), join(out, 'console'), { recursive: true });
// The pages of errors are answered from the document; the picture is that of the README.
for (const page of ['errors.md', 'first-change.png']) cpSync(join(root, 'docs', page), join(out, 'docs', page));
for (const page of ['README.md', 'TRUST.md', 'SECURITY.md']) if (existsSync(join(root, page))) cpSync(join(root, page), join(out, page));
