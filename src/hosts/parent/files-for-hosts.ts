/**
 * The two files that a host needs, as open descriptors: Node's binary and the addon. Why: our folder may be closed to the
 * host's user, yet a descriptor that we opened can be executed and loaded wherever the file lies. Only where the files
 * themselves are closed to others (a strict umask) are they copied, once, into `reachable`.
 */
import { chmodSync, constants, copyFileSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Fault } from '#kernel';

export interface FilesForHosts {
  /** Null where descriptors cannot be executed (other systems than Linux): then the paths count. */
  readonly descriptors: { readonly addon: number; readonly node: number } | null;
  readonly addonPath: string;
  readonly nodePath: string;
  readonly notes: readonly string[];
}

export function openFilesForHosts(reachable: string): FilesForHosts {
  const notes: string[] = [];
  const addonPath = openToOthers(addonFile(), 0o004, reachable, notes);
  const nodePath = openToOthers(process.execPath, 0o005, reachable, notes);
  const descriptors = process.platform === 'linux' ? { addon: openSync(addonPath, 'r'), node: openSync(nodePath, 'r') } : null;
  return { descriptors, addonPath, nodePath, notes };
}

/** The package's own rule for its prebuilt files, asked without loading the addon into this process. */
function addonFile(): string {
  const packageJson = createRequire(import.meta.url).resolve('isolated-vm/package.json');
  const resolver = createRequire(packageJson)('node-gyp-build') as { readonly path: (folder: string) => string };
  try {
    return resolver.path(dirname(packageJson));
  } catch (cause) {
    throw new Fault(
      'setup',
      `isolated-vm has no file for Node ${process.versions.node} on ${process.platform} ${process.arch}; run npm ci again, with scripts allowed.`,
      cause,
    );
  }
}

function openToOthers(path: string, rights: number, reachable: string, notes: string[]): string {
  const { mode, size, mtimeMs } = statSync(path);
  if (process.getuid?.() !== 0 || (mode & rights) === rights) return path;
  mkdirSync(reachable, { recursive: true });
  const copy = join(reachable, `${basename(path)}-${size}-${Math.trunc(mtimeMs)}`);
  notes.push(`${path} is closed to other users; hosts run from a copy, ${copy}.`);
  if (statSync(copy, { throwIfNoEntry: false })?.size === size) return copy;
  copyFileSync(path, `${copy}.new`, constants.COPYFILE_FICLONE);
  chmodSync(`${copy}.new`, 0o755);
  renameSync(`${copy}.new`, copy);
  return copy;
}
