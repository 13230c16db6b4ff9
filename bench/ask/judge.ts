/** Judges one step of a case against an answer, by the rules of bench/ask/README.md. Pure. */
export interface Step {
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number | readonly number[];
  readonly save?: string;
  readonly match?: unknown;
  readonly absent?: readonly string[];
}
export interface Case {
  readonly id: string;
  readonly family: string;
  readonly kind: string;
  readonly before?: readonly string[];
  readonly setup?: readonly Step[];
  readonly request: string;
  readonly expect: readonly string[];
  readonly effects: readonly Step[];
  readonly why: string;
}

type Members = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces `{name.lines.0.id}` by what was saved. */
export function filled(value: unknown, saved: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{([a-zA-Z]\w*)((?:\.\w+)+)\}/g, (_, name: string, path: string) =>
      String(
        path
          .slice(1)
          .split('.')
          .reduce<unknown>((at, key) => (isObject(at) || Array.isArray(at) ? (at as Members)[key] : undefined), saved.get(name)),
      ),
    );
  }
  if (Array.isArray(value)) return value.map((member) => filled(member, saved));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, saved)]));
  return value;
}

/** Null where it matches, else what differs and where. */
export function mismatch(expected: unknown, actual: unknown, at = ''): string | null {
  const place = at === '' ? 'the answer' : at;
  if (isObject(expected)) {
    if ('$contains' in expected)
      return Array.isArray(actual) && actual.some((member) => mismatch(expected['$contains'], member) === null)
        ? null
        : `${place} has no element like ${JSON.stringify(expected['$contains'])}`;
    if ('$length' in expected)
      return Array.isArray(actual) && actual.length === expected['$length']
        ? null
        : `${place} has not ${String(expected['$length'])} elements`;
    if ('$gte' in expected)
      return typeof actual === 'number' && actual >= Number(expected['$gte']) ? null : `${place} is ${JSON.stringify(actual)}`;
    if ('$not' in expected) return mismatch(expected['$not'], actual) === null ? `${place} is ${JSON.stringify(actual)}` : null;
    if (!isObject(actual)) return `${place} is ${JSON.stringify(actual)}, not an object`;
    for (const [name, member] of Object.entries(expected)) {
      const found = mismatch(member, actual[name], `${at}.${name}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return `${place} is ${JSON.stringify(actual)}`;
    return expected.map((member, index) => mismatch(member, actual[index], `${at}.${index}`)).find((found) => found !== null) ?? null;
  }
  return expected === actual || (expected === null && actual === undefined)
    ? null
    : `${place} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
}
