/** Values in order of path. One change costs a copy of the list and no sorting; a list that was given out never changes. */
import { placeOfPath } from '../by-path.ts';

export class PathOrder<Value extends { readonly path: string }> {
  #values: readonly Value[] = [];

  inOrder(): readonly Value[] {
    return this.#values;
  }

  /** Puts or, with undefined, removes; true where the set of paths is another one now. */
  put(path: string, value: Value | undefined): boolean {
    const at = placeOfPath(this.#values, path);
    const there = this.#values[at];
    const known = there?.path === path;
    if (value === undefined) {
      if (known) this.#values = this.#values.toSpliced(at, 1);
      return known;
    }
    if (there !== value) this.#values = known ? this.#values.with(at, value) : this.#values.toSpliced(at, 0, value);
    return !known;
  }
}
