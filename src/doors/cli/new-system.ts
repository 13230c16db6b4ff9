/** The files of a new, empty system: what the owner decides, and what an editor needs to understand components without installing anything. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { agentFiles } from './agent-files.ts';
import { componentFolders, filesBelow } from './system-files.ts';

export interface NewSystem {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
}

type Files = { readonly [path: string]: string };

export const newSystemFiles = (system: NewSystem, sdk: Files, entityDeclarations: string): Files => ({
  'theseus.json': `${JSON.stringify(settings(system), null, 2)}\n`,
  'README.md': readme(system.name),
  ...besideSources(system.name, sdk, entityDeclarations),
});

/** What stands beside the sources for editors and agents: made, never edited. */
export const besideSources = (name: string, sdk: Files, entityDeclarations: string): Files => ({
  'tsconfig.json': `${JSON.stringify(compiler(sdk['index.ts'] === undefined ? 'index.d.ts' : 'index.ts'), null, 2)}\n`,
  '.theseus/entities.d.ts': entityDeclarations,
  ...Object.fromEntries(Object.entries(sdk).map(([file, text]) => [`.theseus/sdk/${file}`, text])),
  ...agentFiles(name),
});

/** The types of `theseus/sdk` by file. */
export const sdkFiles = (folder: string): Files =>
  Object.fromEntries(
    filesBelow(folder)
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );

const settings = ({ name, currency, timeZone, locale }: NewSystem): unknown => ({
  name,
  currency,
  timeZone,
  locale,
  collation: 'und-x-icu',
  roles: {
    owner: { read: true, write: true, sensitive: true },
    manager: { read: true, write: true, sensitive: true },
    clerk: { read: true, write: true, sensitive: false },
    viewer: { read: true, write: false, sensitive: false },
  },
  policy: {
    ask: ['owner', 'manager'],
    approve: ['owner'],
    rollback: ['owner'],
    freeze: ['owner'],
    autonomy: { low: 'act', medium: 'act', high: 'propose' },
    approvals: { low: 0, medium: 1, high: 1 },
    isolation: 'preferred',
  },
});

const compiler = (entry: string): unknown => ({
  compilerOptions: {
    target: 'esnext',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['esnext'],
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    moduleDetection: 'force',
    paths: { 'theseus/sdk': [`./.theseus/sdk/${entry}`] },
  },
  include: [...componentFolders, '.theseus/entities.d.ts'],
});

const readme = (name: string): string => `# ${name}

A system that grows by sentences. Start it, and say what it should hold and do:

\`\`\`
theseus start
theseus change "Track customers with a name, an email and a phone"
theseus change "Show customers with name and email"
\`\`\`

Each sentence becomes plain TypeScript with tests, passes the gates, and goes live without a restart; \`theseus rollback\` takes it back.

| here | what it is |
| --- | --- |
| theseus.json | name, currency, time zone, roles, and who may ask, approve, take back |
| entities/, rules/, workflows/, operations/, views/, reactions/, jobs/ | the components, one small file each, with their tests beside them |
| AGENTS.md, .agents/ | the way for a coding agent |
| .theseus/ | types for editors; made, never edited |
`;
