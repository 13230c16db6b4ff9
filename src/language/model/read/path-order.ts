/** Values by path, in order of path. One change costs a copy of the list and no sorting; a list that was given out never changes. */
export class PathOrder<Value> {
  #paths: string[] = [];
  #values: readonly Value[] = [];

  paths(): readonly string[] {
    return this.#paths;
  }
  inOrder(): readonly Value[] {
    return this.#values;
  }

  /** Puts or, with undefined, removes; true where the set of paths is another one now. */
  put(path: string, value: Value | undefined): boolean {
    const at = this.#place(path);
    const there = this.#paths[at] === path;
    if (value === undefined) {
      if (!there) return false;
      this.#paths.splice(at, 1);
      this.#values = this.#values.toSpliced(at, 1);
      return true;
    }
    if (there) {
      if (this.#values[at] !== value) this.#values = this.#values.with(at, value);
      return false;
    }
    this.#paths.splice(at, 0, path);
    this.#values = this.#values.toSpliced(at, 0, value);
    return true;
  }

  /** Where the path is, or belongs. */
  #place(path: string): number {
    let low = 0;
    let high = this.#paths.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#paths[middle] ?? '') < path) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
