/**
 * Builds the console into dist/console when it is older than anything that it is made of, and says so in one line. Quick
 * when there is nothing to do (a look at the times of the files), so that it can stand before every start. `--force` builds
 * in any case; `--watch` goes on building.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src/doors/console');
const target = join(root, 'dist/console');
const made = join(target, 'index.html');
/** What goes into the bundle: the console, the API's client, this file, the lock file. */
const sources = [source, join(root, 'src/doors/api'), join(root, 'scripts/build-console.ts'), join(root, 'package-lock.json')];

if (
  process.argv.includes('--force') ||
  process.argv.includes('--watch') ||
  !existsSync(made) ||
  newestIn(sources) > statSync(made).mtimeMs
) {
  const started = Date.now();
  await build(process.argv.includes('--watch'));
  process.stdout.write(`The console is built (${((Date.now() - started) / 1000).toFixed(1)} s).\n`);
}

function newestIn(paths: readonly string[]): number {
  let newest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    newest = Math.max(newest, found.mtimeMs);
    if (found.isDirectory()) newest = Math.max(newest, newestIn(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
}

/** Into a folder beside the target first, which then takes its place: a build that fails or is cut off leaves the old console. */
async function build(watch: boolean): Promise<void> {
  const [{ build: bundle }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  const making = watch ? target : `${target}.${process.pid}`;
  try {
    await bundle({
      configFile: false,
      root: source,
      base: '/console/',
      logLevel: 'warn',
      clearScreen: false,
      plugins: [react()],
      build: {
        outDir: making,
        emptyOutDir: true,
        target: 'es2023',
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 700,
        assetsInlineLimit: 0,
        ...(watch ? { watch: {} } : {}),
      },
    });
    if (watch) return;
    rmSync(target, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    try {
      renameSync(making, target);
    } catch {
      // Another build put its own there at the same moment, or the folder is a mount: copying works in both cases.
      cpSync(making, target, { recursive: true });
    }
  } finally {
    if (!watch) rmSync(making, { recursive: true, force: true });
  }
}
