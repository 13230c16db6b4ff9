/**
 * All states that a machine can come to, breadth first, so that the way to each is a shortest one. It ends at a number of states or
 * at a time and then says so: what was not seen is never taken for what is not there.
 */
import { KeyTable } from './key-table.ts';
import { type Machine, mostNamed, pack, remember, sizeOf, unpack } from './machine.ts';

export interface SearchLimits {
  readonly states: number;
  /** Ways between them, which are kept for the shortest. */
  readonly moves: number;
  readonly milliseconds: number;
  readonly now: () => number;
}
export const defaultLimits: SearchLimits = { states: 200_000, moves: 4_000_000, milliseconds: 300, now: () => performance.now() };

export interface Explored {
  readonly machine: Machine;
  readonly states: number;
  /** Steps from a start to the farthest state. */
  readonly depth: number;
  /** Absent where all was seen. */
  readonly endedBy?: string;
  /** The values of a state, in an array that the next question overwrites. */
  valuesOf(state: number): Int32Array;
  readonly starts: number;
  /** Edges in order of the state that they leave; those of `state` stand from `first[state]` to before `first[state + 1]`. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  readonly by: Int32Array;
  /** 1: not excluded; 2: shown to be possible. */
  readonly strength: Uint8Array;
}

export function explore(machine: Machine, limits: SearchLimits = defaultLimits): Explored {
  const { variables, moves, monitors } = machine;
  const groups = byFirstRead(machine);
  const table = new KeyTable();
  const edges = new Edges();
  const first: number[] = [];
  const values = new Int32Array(variables.length);
  const next = new Int32Array(variables.length);
  const radices = variables.map((variable) => variable.values.length);
  let [depth, endOfDepth, endedBy] = [0, 0, undefined as string | undefined];
  if (sizeOf(machine) > mostNamed) endedBy = 'there are more facts than a state can be named by';
  else
    for (const start of machine.starts) {
      if (table.size >= limits.states) {
        endedBy = `${table.size.toLocaleString('en')} states`;
        break;
      }
      table.put(pack(variables, start));
    }
  const starts = table.size;
  endOfDepth = starts;
  const ends = limits.now() + limits.milliseconds;
  for (let state = 0; state < table.size && endedBy === undefined; state += 1) {
    if (state === endOfDepth) {
      depth += 1;
      endOfDepth = table.size;
    }
    if ((state & 1023) === 1023 && limits.now() > ends) {
      endedBy = `${limits.milliseconds} ms`;
      break;
    }
    first.push(edges.size);
    unpack(variables, table.key(state), values);
    for (const leaving of groups)
      for (const by of leaving.by[values[leaving.variable] ?? 0] ?? []) {
        const move = moves[by];
        if (move === undefined) continue;
        let place = 0;
        for (const read of move.reads) place = place * (radices[read] ?? 1) + (values[read] ?? 0);
        const strength = move.table[place] ?? 0;
        if (strength === 0) continue;
        next.set(values);
        for (const [variable, value] of move.sets) next[variable] = value;
        remember(monitors, next, values);
        edges.add(table.put(pack(variables, next)), by, strength);
      }
    if (table.size > limits.states) endedBy = `${limits.states.toLocaleString('en')} states`;
    else if (edges.size > limits.moves) endedBy = `${limits.moves.toLocaleString('en')} moves`;
  }
  while (first.length <= table.size) first.push(edges.size);
  return {
    machine,
    states: table.size,
    depth,
    ...(endedBy === undefined ? {} : { endedBy }),
    valuesOf: (state) => unpack(variables, table.key(state), values),
    starts,
    first: Int32Array.from(first),
    ...edges.packed(),
  };
}

/** Moves by the variable that they read first and the values of it at which they may be made: of all others none need be looked at. */
function byFirstRead({ variables, moves }: Machine): readonly { readonly variable: number; readonly by: readonly (readonly number[])[] }[] {
  const groups = new Map<number, number[][]>();
  moves.forEach(({ reads, table }, no) => {
    const variable = reads[0] ?? 0;
    const values = variables[variable]?.values.length ?? 1;
    const by = groups.get(variable) ?? Array.from({ length: values }, () => []);
    groups.set(variable, by);
    const width = reads.length === 0 ? 1 : table.length / values;
    for (let value = 0; value < values; value += 1) {
      const at = reads.length === 0 ? 0 : value * width;
      if (table.subarray(at, at + width).some((strength) => strength > 0)) by[value]?.push(no);
    }
  });
  return [...groups].map(([variable, by]) => ({ variable, by }));
}

class Edges {
  #to = new Int32Array(4096);
  #by = new Int32Array(4096);
  #strength = new Uint8Array(4096);
  size = 0;

  add(to: number, by: number, strength: number): void {
    if (this.size === this.#to.length) {
      const double = <Of extends Int32Array | Uint8Array>(old: Of, made: Of): Of => (made.set(old), made);
      this.#to = double(this.#to, new Int32Array(this.size * 2));
      this.#by = double(this.#by, new Int32Array(this.size * 2));
      this.#strength = double(this.#strength, new Uint8Array(this.size * 2));
    }
    this.#to[this.size] = to;
    this.#by[this.size] = by;
    this.#strength[this.size] = strength;
    this.size += 1;
  }
  packed(): Pick<Explored, 'to' | 'by' | 'strength'> {
    return { to: this.#to.subarray(0, this.size), by: this.#by.subarray(0, this.size), strength: this.#strength.subarray(0, this.size) };
  }
}
