/**
 * A folder with the sources of a generation, edited by a person or an agent: what it was made from, and what differs since. It
 * knows its generation from `.theseus/base.json`; nothing is overwritten that somebody has edited, and no path leads out of it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Client, SourcesJson } from '#api/client';
import { Refused } from './failure.ts';
import { systemFiles } from './system-files.ts';

const baseFile = '.theseus/base.json';
type Files = { readonly [path: string]: string };
export interface Edits {
  /** The generation that the folder was made from. */
  readonly base: string;
  readonly files: { readonly [path: string]: string | null };
}

export async function editsOf(folder: string, client: Client): Promise<Edits> {
  const base = baseOf(folder);
  if (base === null)
    throw new Refused(
      'not-found',
      `${folder} was not checked out, so it is not known what it was made from. Write the sources that serve now into a folder: theseus checkout FOLDER`,
    );
  return { base, files: differences((await client.sources(base)).files, systemFiles(folder)) };
}

/** `force`: also where somebody has edited, who then loses it. `beside`: files for editors and agents. */
export async function writeCopy(
  folder: string,
  client: Client,
  sources: SourcesJson,
  beside: Files,
  force: boolean,
): Promise<readonly string[]> {
  const odd = Object.keys(sources.files).find((path) => !/^(?:theseus\.json|[a-z]+\/[a-z0-9-]+(?:\.test)?\.ts)$/.test(path));
  if (odd !== undefined)
    throw new Refused('malformed', `The system names a file ${JSON.stringify(odd.slice(0, 100))}, which is no source of a system.`);
  const there = existsSync(join(folder, 'theseus.json'));
  const base = baseOf(folder);
  const from = base === null ? sources.files : (await client.sources(base)).files;
  const edited = there ? Object.keys(differences(from, systemFiles(folder))) : [];
  if (edited.length > 0 && !force)
    throw new Refused(
      'conflict',
      `${folder} holds edits: ${edited.slice(0, 5).join(', ')}${edited.length > 5 ? ' and more' : ''}. Nothing was written. Propose them first, choose another folder, or let them go: --force`,
    );
  const files: Files = { ...beside, ...sources.files, [baseFile]: `${JSON.stringify({ generation: sources.generation }, null, 2)}\n` };
  for (const path of there ? Object.keys(systemFiles(folder)) : []) if (files[path] === undefined) rmSync(join(folder, path));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Object.keys(files);
}

function baseOf(folder: string): string | null {
  if (!existsSync(join(folder, baseFile))) return null;
  try {
    const { generation } = JSON.parse(readFileSync(join(folder, baseFile), 'utf8')) as { readonly generation?: unknown };
    if (typeof generation === 'string' && generation.startsWith('sha256:')) return generation;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new Refused('malformed', `${join(folder, baseFile)} does not say of which generation these sources are.`);
}

function differences(base: Files, now: Files): { readonly [path: string]: string | null } {
  const made: { [path: string]: string | null } = {};
  for (const [path, text] of Object.entries(now)) if (base[path] !== text) made[path] = text;
  for (const path of Object.keys(base)) if (now[path] === undefined) made[path] = null;
  return made;
}
