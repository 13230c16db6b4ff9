// Makes a fresh clone ready: installs what is missing, builds the console when it is older than its sources, keeps the parser compiled.
// Runs on the Node that the machine has (20 or newer); everything after it runs on the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneAtATime } from './one-at-a-time.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const time = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function run(what, command, args) {
  if (what !== null) process.stderr.write(`${what} ...\n`);
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { NODE_COMPILE_CACHE: at('node_modules', '.cache', 'theseus'), ...process.env },
  });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}\n${what ?? 'Making it ready'} failed. See above; then try again.\n`);
    process.exit(done.status ?? 1);
  }
}

const pinned = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
function makeReady() {
  if (time(at('node_modules', '.package-lock.json')) < time(at('package-lock.json')) || !existsSync(pinned))
    run('Installing packages (once)', 'npm', ['ci', '--no-audit', '--no-fund']);
  // It looks by itself whether anything that the console is made of is newer.
  if (existsSync(at('scripts', 'build-console.ts')))
    run(null, pinned, ['--disable-warning=ExperimentalWarning', 'scripts/build-console.ts']);
  if (existsSync(at('scripts', 'keep-compiled.ts')))
    run(null, pinned, ['--disable-warning=ExperimentalWarning', 'scripts/keep-compiled.ts']);
}

oneAtATime(root, makeReady, () => process.stderr.write('Another terminal makes this folder ready; waiting for it ...\n'));
