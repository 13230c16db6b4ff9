/** Where the documents of the house lie: where one says, else in documents/ of the system, else nowhere. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './environment.ts';
import { Refused } from './failure.ts';

export function documentsFolder(environment: Pick<Environment, 'cwd'>, system: string | null, given: string | undefined): string | null {
  if (given !== undefined) {
    const folder = resolve(environment.cwd, given);
    if (!isFolder(folder)) throw new Refused('not-found', `${folder} is no folder. Give one with the documents: --documents FOLDER`);
    return folder;
  }
  const own = system === null ? null : join(system, 'documents');
  return own !== null && isFolder(own) ? own : null;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
