/** What was made on an earlier generation, put on the one that serves: file by file, and never a file that both have altered. */
export type Files = { readonly [path: string]: string | null };
export type Sources = { readonly [path: string]: string };

export interface Rebased {
  /** What differs from the base that serves. */
  readonly files: Files;
  /** Paths that both sides altered, each in another way. */
  readonly conflicts: readonly string[];
}

/** `from`: what the author saw. */
export function rebase(files: Files, from: Sources, onto: Sources): Rebased {
  const made: { [path: string]: string | null } = {};
  const conflicts: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const seen = from[path] ?? null;
    const serves = onto[path] ?? null;
    if (text === serves || text === seen) continue;
    if (serves === seen) made[path] = text;
    else conflicts.push(path);
  }
  return { files: made, conflicts };
}
