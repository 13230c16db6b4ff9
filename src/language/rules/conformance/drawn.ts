/** Numbers from 0 to below 1 by a seed and a place, the same again for the same two (mulberry32). */
export function drawn(seed: number, place: number): () => number {
  let state = (seed * 1_000_003 + place) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
