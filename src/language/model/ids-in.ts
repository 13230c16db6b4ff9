/** The permanent ids that stand in sources as text: found without reading them, so that none is given twice. */
import type { SourceFiles } from './reading.ts';

/** Every permanent id that stands in these texts, with the path of the first: what may not be given again. */
export function idsIn(files: SourceFiles): { readonly [id: string]: string } {
  const ids: { [id: string]: string } = {};
  for (const [path, text] of Object.entries(files))
    for (const [, id] of text.matchAll(/['"`]([efcorvnjwt]_[a-z0-9]{3,16})['"`]/g)) if (id !== undefined) ids[id] ??= path;
  return ids;
}
