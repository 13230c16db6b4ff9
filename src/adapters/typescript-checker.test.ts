import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { typescriptChecker } from './typescript-checker.ts';

const folder = mkdtempSync(join(tmpdir(), 'checker-'));
const sdk = join(folder, 'sdk.ts');
writeFileSync(
  sdk,
  'export interface Rows {}\nexport type Row<Name extends keyof Rows> = Rows[Name];\nexport declare function rule<Name extends keyof Rows>(on: Name, decide: (row: Row<Name>) => number): { decide: unknown };\n',
);
const checker = typescriptChecker({ sdk });
after(async () => {
  await checker.close();
  rmSync(folder, { recursive: true });
});

const declarations = (type: string): string =>
  `import 'theseus/sdk';\ndeclare module 'theseus/sdk' { interface Rows { order: { readonly total: ${type} } } }\n`;
const files = {
  'rules/discount.ts': "import { rule } from 'theseus/sdk';\nexport default rule('order', (order) => order.total * 2);\n",
  '.theseus/entities.d.ts': declarations('number'),
};

test('a good system has no problem; a changed neighbour breaks its dependant, with place and reason', async () => {
  await checker.open(files);
  assert.deepEqual(await checker.diagnose(['rules/discount.ts']), []);
  await checker.open({ ...files, '.theseus/entities.d.ts': declarations('string') });
  const [problem, ...others] = await checker.diagnose(['rules/discount.ts']);
  assert.deepEqual(others, []);
  assert.equal(problem?.line, 2);
  assert.match(problem?.message ?? '', /arithmetic operation/);
});

test('files come, go and come back', async () => {
  await checker.open(files);
  const added = 'views/late.ts';
  await checker.change({ [added]: "import discount from '../rules/discount.ts';\nexport default discount;\nconst unused = 1;\n" });
  assert.match((await checker.diagnose([added]))[0]?.message ?? '', /declared but its value is never read/);
  await checker.change({ 'rules/discount.ts': null });
  assert.match((await checker.diagnose([added]))[0]?.message ?? '', /Cannot find module/);
  await checker.open({ ...files, [added]: "import discount from '../rules/discount.ts';\nexport default discount;\n" });
  assert.deepEqual(await checker.diagnose([added, 'rules/discount.ts']), []);
});

test('text that is no TypeScript is a problem, not a failure', async () => {
  await checker.open({ ...files, 'rules/broken.ts': 'export default rule(;' });
  assert.ok((await checker.diagnose(['rules/broken.ts'])).length > 0);
});

test('a server that died is replaced within the same question', async () => {
  await checker.open(files);
  assert.deepEqual(await checker.diagnose(['rules/discount.ts']), []);
  const small = typescriptChecker({ sdk, memoryMb: 1 });
  await small.open(files);
  assert.deepEqual(await small.diagnose(['rules/discount.ts']), []);
  assert.deepEqual(await small.diagnose(['rules/discount.ts']), []);
  assert.ok(small.cpuMs() > 0);
  await small.close();
});
