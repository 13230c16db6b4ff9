// Makes a fresh clone ready: installs what is missing, builds the console when it is older than its sources.
// Runs on the Node that the machine has (20 or newer); everything after it runs on the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const time = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newest = (folder) => readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => Math.max(latest, entry.isDirectory() ? newest(join(folder, entry.name)) : time(join(folder, entry.name))), 0);

function run(what, command, args) {
  process.stderr.write(`${what} ...\n`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}\n${what} failed. See above; then try again.\n`);
    process.exit(done.status ?? 1);
  }
}

const pinned = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (time(at('node_modules', '.package-lock.json')) < time(at('package-lock.json')) || !existsSync(pinned)) run('Installing packages (once)', 'npm', ['ci', '--no-audit', '--no-fund']);
const sources = at('src', 'doors', 'console');
if (existsSync(join(sources, 'tsconfig.json')) && time(at('dist', 'console', 'index.html')) < newest(sources)) run('Building the console (once)', pinned, ['scripts/build-console.ts']);
