/**
 * One segment of a path that an operation states: letters as they are, an input in braces, or an input with something before or after it (`{status}.json`,
 * `{project}:cancel`, `@{user}`), as published interfaces have them. Pure.
 */
interface Mixed {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The input of a segment, and what stands around it; undefined where it is letters alone. */
export function inputIn(segment: string): Mixed | undefined {
  const [open, close] = [segment.indexOf('{'), segment.indexOf('}')];
  return open < 0 || close < open
    ? undefined
    : { name: segment.slice(open + 1, close), before: segment.slice(0, open), after: segment.slice(close + 1) };
}

/** What is given in place of the input; undefined where the segment does not fit, '' where it is letters that do. */
export function givenIn(segment: string, given: string): string | undefined {
  const input = inputIn(segment);
  if (input === undefined) return segment === given ? '' : undefined;
  const { before, after } = input;
  return given.length > before.length + after.length && given.startsWith(before) && given.endsWith(after)
    ? given.slice(before.length, given.length - after.length)
    : undefined;
}

/** As the router has it: `:slug`, or a pattern of its own where something stands around the input. */
export function routed(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      const input = inputIn(segment);
      if (input === undefined) return segment;
      const { name, before, after } = input;
      return before === '' && after === '' ? `:${name}` : `:${name}{${RegExp.escape(before)}[^/]+${RegExp.escape(after)}}`;
    })
    .join('/');
}
export const isMixed = (path: string): boolean => /[^/]\{|\}[^/]/.test(path);
