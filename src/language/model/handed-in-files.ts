/** Which files may be handed in at all, by path and size: said before anything of them is parsed, and again by whoever takes them. */
import { kindOfPath } from './paths.ts';

export type HandedInFiles = { readonly [path: string]: string | null };

/** A body of the API has at most 1 MB. */
export const handedInCaps: { readonly files: number; readonly bytes: number; readonly fileBytes: number } = {
  files: 200,
  bytes: 900_000,
  fileBytes: 200_000,
};

/** Why these files are not taken, or undefined. */
export function filesFault(files: HandedInFiles): string | undefined {
  const paths = Object.keys(files);
  if (paths.length === 0) return 'No file was handed in. Hand in the new text of each file that changes, and null for one that goes.';
  if (paths.length > handedInCaps.files)
    return `${paths.length} files were handed in; at most ${handedInCaps.files} are taken at once: make smaller changes.`;
  let bytes = 0;
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault !== undefined) return fault;
    const text = files[path];
    if (typeof text !== 'string') continue;
    const size = Buffer.byteLength(text);
    if (size > handedInCaps.fileBytes)
      return `${path} has ${size} bytes; at most ${handedInCaps.fileBytes} are taken: split it into smaller components.`;
    if (!text.isWellFormed() || text.includes('\u0000')) return `${path} is no well-formed text.`;
    bytes += size;
  }
  return bytes > handedInCaps.bytes
    ? `The files have ${bytes} bytes together; at most ${handedInCaps.bytes} are taken at once: make smaller changes.`
    : undefined;
}

function pathFault(path: string): string | undefined {
  const shown = JSON.stringify(path.slice(0, 100).toWellFormed());
  if (path === 'theseus.json')
    return 'theseus.json cannot be handed in: roles and policy are the owner’s, and no change of code may alter them. Ask for it in words ("Add a role auditor that may read"), and leave the file as it is.';
  if (kindOfPath(path) === undefined || path.length > 120 || !/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(path))
    return `${shown} is no place for a component. Components stand in entities, rules, workflows, operations, views, reactions and jobs as <name>.ts in kebab-case, with <name>.test.ts beside them.`;
  return undefined;
}
