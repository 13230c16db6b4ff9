/**
 * The fences of an answer: blocks between lines of three backticks. Read line by line, in one pass: an answer is hostile, and may be made
 * of a million openings that nothing closes.
 */
export interface Fence {
  /** What its opening line says after the language; null where it says nothing. */
  readonly path: string | null;
  readonly text: string;
}
const OPENING = /^```[\w+.-]*(?:[ \t]+(\S{1,300}))?[ \t]*$/;

/** The fences, in their order, and the answer without those that name a path. */
export function fencesIn(answer: string): { readonly fences: readonly Fence[]; readonly rest: string } {
  const fences: Fence[] = [];
  const rest: string[] = [];
  const keep = (...parts: readonly (readonly string[])[]): void => {
    for (const part of parts) for (const line of part) rest.push(line);
  };
  let open: { readonly path: string | null; readonly opening: string; readonly lines: string[] } | null = null;
  for (const line of answer.split('\n')) {
    const said: string = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (open === null) {
      const found = OPENING.exec(said);
      if (found === null) rest.push(line);
      else open = { path: found[1] ?? null, opening: line, lines: [] };
    } else if (said.trimEnd() === '```') {
      fences.push({ path: open.path, text: open.lines.map((each) => `${each}\n`).join('') });
      if (open.path === null) keep([open.opening], open.lines, [line]);
      open = null;
    } else open.lines.push(said);
  }
  if (open !== null) keep([open.opening], open.lines);
  return { fences, rest: rest.join('\n') };
}
