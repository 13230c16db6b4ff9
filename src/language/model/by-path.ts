/**
 * Lists in order of path, as readings are. Two readings share what is the same in both: one walk that compares by identity finds the rest, and
 * a look-up halves the list, so that a large system costs little more than a small one.
 */
interface Placed {
  readonly path: string;
}

/** Members of two lists in order of path that are not the same object, paired by path. */
export function pairsByPath<Value extends Placed>(
  from: readonly Value[],
  to: readonly Value[],
): readonly (readonly [Value | undefined, Value | undefined])[] {
  const found: (readonly [Value | undefined, Value | undefined])[] = [];
  let [a, b] = [0, 0];
  while (a < from.length || b < to.length) {
    const old = from[a];
    const next = to[b];
    if (old === next) {
      a += 1;
      b += 1;
      continue;
    }
    const only =
      next === undefined || (old !== undefined && old.path < next.path)
        ? 'old'
        : old === undefined || next.path < old.path
          ? 'next'
          : 'both';
    found.push([only === 'next' ? undefined : old, only === 'old' ? undefined : next]);
    if (only !== 'next') a += 1;
    if (only !== 'old') b += 1;
  }
  return found;
}

/** The member at a path. */
export function atPath<Value extends Placed>(list: readonly Value[], path: string): Value | undefined {
  const found = list[placeOfPath(list, path)];
  return found?.path === path ? found : undefined;
}

/** The first place whose path is not before this one. */
export function placeOfPath(list: readonly Placed[], path: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
