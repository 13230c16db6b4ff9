/** The files of a new, empty system: what the owner decides, and what an editor needs to understand components without installing anything. */
export interface NewSystem {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
}

export function newSystemFiles(
  system: NewSystem,
  sdk: { readonly [file: string]: string },
  entityDeclarations: string,
): { readonly [path: string]: string } {
  const entry = sdk['index.ts'] === undefined ? 'index.d.ts' : 'index.ts';
  return {
    'theseus.json': `${JSON.stringify(settings(system), null, 2)}\n`,
    'README.md': readme(system.name),
    'tsconfig.json': `${JSON.stringify(compiler(entry), null, 2)}\n`,
    '.theseus/entities.d.ts': entityDeclarations,
    ...Object.fromEntries(Object.entries(sdk).map(([file, text]) => [`.theseus/sdk/${file}`, text])),
  };
}

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
  include: ['entities', 'rules', 'operations', 'views', '.theseus/entities.d.ts'],
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
| entities/, rules/, operations/, views/ | the components, one small file each, with their tests beside them |
| .theseus/ | types for editors; made, never edited |
`;
