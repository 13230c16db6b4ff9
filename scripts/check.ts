/** The one command that checks the whole tree without running it: types of all three projects, lint, format. Same here and in CI. */
import { spawnSync } from 'node:child_process';

const bin = (name: string): string => `node_modules/.bin/${name}`;
const checks: readonly (readonly [string, string, readonly string[]])[] = [
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['types of the kernel alone', bin('tsc'), ['--noEmit', '-p', 'src/kernel']],
  ['types of the console', bin('tsc'), ['--noEmit', '-p', 'src/doors/console']],
  ['lint', bin('oxlint'), ['--deny-warnings', 'src', 'test', 'bench', 'scripts', 'systems', 'examples']],
  ['format', bin('oxfmt'), ['--check', 'src', 'test', 'bench', 'scripts', 'systems', 'examples']],
];
let failed = 0;
for (const [name, command, args] of checks) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  const good = done.status === 0;
  process.stdout.write(`${good ? 'pass' : 'FAIL'}  ${name}\n`);
  if (!good) {
    failed += 1;
    process.stdout.write(`${done.stdout}${done.stderr}\n`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
