/** TRUST.md says what is trusted, where it stands and how much there is of it: its paths are there, its figures are not far off. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const trust = readFileSync(`${root}TRUST.md`, 'utf8');
/** A path is named whole, by its end within the folders that the page speaks of, or by its file alone. */
const there = (path: string): boolean =>
  [path, `src/machine/${path}`, `src/language/${path}`, `src/language/rules/${path}`].some((each) => existsSync(root + each)) ||
  globSync(`src/**/${path}`, { cwd: root }).length > 0;

test('every path that TRUST.md names is there', () => {
  const paths = [...trust.matchAll(/`([\w./-]+(?:\.ts|\/[\w-]+|\/))`/g)].map(([, path = '']) => path);
  assert.ok(paths.length > 20, String(paths.length));
  assert.deepEqual(
    paths.filter((path) => !there(path)),
    [],
  );
});

test('what it says of how much there is to read is not off by a quarter', () => {
  const machine = (...names: readonly string[]): readonly string[] => names.map((name) => `src/machine/${name}`);
  const parts: readonly (readonly [RegExp, readonly string[]])[] = [
    [/`src\/kernel` \(([\d,]+) lines/, ['src/kernel/*.ts']],
    [/`state\.ts` are (\d+)\)/, ['admission', 'decide', 'apply', 'state'].map((name) => `src/kernel/${name}.ts`)],
    [
      /of `src\/machine` \(([\d,]+)\)/,
      machine('second-reading.ts', 'signatures.ts', 'kernel-log.ts', 'preparation.ts', 'admission.ts', 'routing.ts', 'steering.ts'),
    ],
    [/`broker\/` and `calls\.ts` \(([\d,]+)\)/, machine('broker.ts', 'calls.ts', 'broker/*.ts')],
    [/by `unasked\/` \(([\d,]+)\)/, machine('unasked/*.ts')],
  ];
  for (const [stated, patterns] of parts) {
    const said = Number((stated.exec(trust)?.[1] ?? '').replace(',', ''));
    const files = patterns
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .filter((file) => !/\.test\.ts$|specimens\.ts$/.test(file));
    const lines = files.reduce((sum, file) => sum + readFileSync(root + file, 'utf8').split('\n').length - 1, 0);
    assert.ok(said > 0 && Math.abs(lines - said) <= lines / 4, `${stated.source}: it says ${said}, there are ${lines}`);
  }
});
