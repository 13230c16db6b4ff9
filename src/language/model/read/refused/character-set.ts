/** Sets of characters as ranges of code points; enough of them to ask whether two parts of a pattern can take the same character. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;
export const everything: CharacterSet = [[0, last]];
export const one = (code: number): CharacterSet => [[code, code]];
export const range = (from: number, to: number): CharacterSet => [[from, to]];

export const union = (...sets: readonly CharacterSet[]): CharacterSet => {
  const sorted = sets.flat().toSorted((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const end = joined.at(-1);
    if (end !== undefined && from <= end[1] + 1) end[1] = Math.max(end[1], to);
    else joined.push([from, to]);
  }
  return joined;
};

export const complement = (set: CharacterSet): CharacterSet => {
  const left: [number, number][] = [];
  let next = 0;
  for (const [from, to] of union(set)) {
    if (from > next) left.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) left.push([next, last]);
  return left;
};

export const overlap = (a: CharacterSet, b: CharacterSet): boolean => {
  for (let left = 0, right = 0; left < a.length && right < b.length;) {
    const [first, second] = [a[left], b[right]];
    if (first === undefined || second === undefined) return false;
    if (first[0] <= second[1] && second[0] <= first[1]) return true;
    if (first[1] < second[1]) left += 1;
    else right += 1;
  }
  return false;
};

/** With the other case of each letter; of letters outside ASCII all count as one. */
export const eitherCase = (set: CharacterSet): CharacterSet => {
  const shifted = (from: number, to: number, by: number): CharacterSet =>
    set.flatMap(([low, high]): CharacterSet =>
      Math.max(low, from) <= Math.min(high, to) ? [[Math.max(low, from) + by, Math.min(high, to) + by]] : [],
    );
  const beyond: CharacterSet = overlap(set, [[0x80, last]]) ? [[0x80, last]] : [];
  return union(set, shifted(0x41, 0x5a, 0x20), shifted(0x61, 0x7a, -0x20), beyond, overlap(beyond, [[0x212a, 0x212a]]) ? one(0x6b) : []);
};

export const digits: CharacterSet = range(0x30, 0x39);
export const wordCharacters: CharacterSet = union(digits, range(0x41, 0x5a), range(0x61, 0x7a), one(0x5f));
export const spaces: CharacterSet = union(
  range(0x9, 0xd),
  one(0x20),
  one(0xa0),
  one(0x1680),
  range(0x2000, 0x200a),
  range(0x2028, 0x2029),
  one(0x202f),
  one(0x205f),
  one(0x3000),
  one(0xfeff),
);
export const lineEnds: CharacterSet = union(one(0xa), one(0xd), range(0x2028, 0x2029));
