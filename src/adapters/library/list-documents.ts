/** The files of a folder that may be documents, in the order of their paths. Links are not followed, hidden files not looked at; numbers and sizes are capped. */
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const documentCaps = { files: 2_000, depth: 8, textBytes: 1_000_000, pdfBytes: 20_000_000 } as const;
const endings = /\.(?:md|markdown|txt|text|pdf)$/i;

export interface FoundFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly changed: number;
  /** Why it is not read, where that is known without reading it. */
  readonly skipped?: string;
}

/** Throws what the file system throws where the folder itself cannot be read. */
export async function listDocuments(folder: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const visit = async (below: string, depth: number): Promise<void> => {
    const entries = await entriesOf(join(folder, below), below === '');
    if (entries === null) {
      found.push({ path: below, size: 0, changed: 0, skipped: 'this folder cannot be looked into' });
      return;
    }
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      if (found.length >= documentCaps.files) return;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < documentCaps.depth) await visit(path, depth + 1);
        else found.push({ path, size: 0, changed: 0, skipped: `it lies more than ${documentCaps.depth} folders deep` });
        continue;
      }
      const { size, mtimeMs } = await lstat(join(folder, path));
      found.push({ path, size, changed: mtimeMs, ...reason(path, size, entry.isFile()) });
    }
  };
  await visit('', 0);
  return found;
}

async function entriesOf(folder: string, first: boolean): Promise<Dirent[] | null> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (first) throw cause;
    return null;
  }
}

function reason(path: string, size: number, plain: boolean): { readonly skipped?: string } {
  if (!plain) return { skipped: 'it is no plain file (links are not followed)' };
  if (!endings.test(path)) return { skipped: 'it is neither Markdown, text nor PDF by its name' };
  if (!path.isWellFormed() || /\p{Cc}/u.test(path) || path.length > 300) return { skipped: 'its name cannot be shown' };
  const most = /\.pdf$/i.test(path) ? documentCaps.pdfBytes : documentCaps.textBytes;
  return size > most ? { skipped: `it has ${size} bytes; at most ${most} are read` } : {};
}
