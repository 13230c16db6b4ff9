/** Whole numbers and the places at which they were put, by open addressing over typed arrays: as quick as memory, and no garbage. */
export class KeyTable {
  #slots: Int32Array = new Int32Array(1024);
  #keys: Float64Array = new Float64Array(512);
  size = 0;

  key(place: number): number {
    return this.#keys[place] ?? 0;
  }
  /** The place of a key; it is put at the end where it is not there yet. */
  put(key: number): number {
    let at = this.#slotOf(key);
    for (let found = this.#slots[at] ?? 0; found !== 0; found = this.#slots[at] ?? 0) {
      if (this.#keys[found - 1] === key) return found - 1;
      at = (at + 1) & (this.#slots.length - 1);
    }
    if (this.size === this.#keys.length) {
      this.#grow();
      return this.put(key);
    }
    const place = this.size;
    this.#keys[place] = key;
    this.size += 1;
    this.#slots[at] = this.size;
    return place;
  }

  #slotOf(key: number): number {
    const low = (key % 0x1_0000_0000) | 0;
    const high = Math.floor(key / 0x1_0000_0000) | 0;
    const mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
    return (mixed ^ (mixed >>> 15)) & (this.#slots.length - 1);
  }
  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(keys.length * 2);
    for (let place = 0; place < this.size; place += 1) {
      let at = this.#slotOf(this.key(place));
      while (this.#slots[at] !== 0) at = (at + 1) & (this.#slots.length - 1);
      this.#slots[at] = place + 1;
    }
  }
}
