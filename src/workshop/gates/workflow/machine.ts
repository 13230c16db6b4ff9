/**
 * A machine of finitely many states, as plain data: what it holds, where it starts, and how it moves. Each state is one whole number, its
 * values in mixed radix, so that a hundred thousand of them fit where a person would not notice. Knows nothing of rows.
 */
export interface Variable {
  /** As people say it: "status", "status of its invoice". */
  readonly name: string;
  readonly values: readonly string[];
}
/** How sure it is that a move can be made: shown by a row, not excluded, or excluded. */
export type Strength = 'can' | 'may' | 'never';
export interface Move {
  readonly name: string;
  /** Of whom it speaks where that is not the row itself: "invoice". */
  readonly of?: string;
  /** Variables that decide whether it can be made. */
  readonly reads: readonly number[];
  /** By the values of `reads` in mixed radix, the first varying slowest: 0 never, 1 may, 2 can. */
  readonly table: Uint8Array;
  readonly sets: readonly (readonly [variable: number, value: number])[];
}
/** What a history is remembered by: a variable of the three values unseen, seen, broken. */
export interface Monitor {
  readonly variable: number;
  readonly watches: number;
  /** Being there is seen from then on. */
  readonly sees: number;
  /** Coming there is broken where it was seen, or where it was not. */
  readonly reaches: number;
  readonly brokenBy: 'seen' | 'unseen';
}
export const unseen = 0;
export const seen = 1;
export const broken = 2;

export interface Machine {
  readonly variables: readonly Variable[];
  /** May be many: they are taken one by one. */
  readonly starts: Iterable<readonly number[]>;
  readonly moves: readonly Move[];
  readonly monitors: readonly Monitor[];
}

/** A whole number names each state exactly up to here. */
export const mostNamed: number = 2 ** 53;
export const sizeOf = ({ variables }: Pick<Machine, 'variables'>): number =>
  variables.reduce((size, { values }) => size * values.length, 1);

export function pack(variables: readonly Variable[], values: ArrayLike<number>): number {
  let key = 0;
  for (let at = 0; at < variables.length; at += 1) key = key * (variables[at]?.values.length ?? 1) + (values[at] ?? 0);
  return key;
}
export function unpack(variables: readonly Variable[], key: number, into: Int32Array): Int32Array {
  let rest = key;
  for (let at = variables.length - 1; at >= 0; at -= 1) {
    const radix = variables[at]?.values.length ?? 1;
    const above = Math.floor(rest / radix);
    into[at] = rest - above * radix;
    rest = above;
  }
  return into;
}

const strengths: readonly Strength[] = ['never', 'may', 'can'];
export const strengthNo: { readonly [Each in Strength]: number } = { never: 0, may: 1, can: 2 };

/** The table of a move, by what each assignment of what it reads comes to. */
export function tableOf(
  variables: readonly Variable[],
  reads: readonly number[],
  strength: (values: readonly number[]) => Strength,
): Uint8Array {
  const radices = reads.map((at) => variables[at]?.values.length ?? 1);
  const table = new Uint8Array(radices.reduce((size, radix) => size * radix, 1));
  for (let at = 0; at < table.length; at += 1) {
    const values: number[] = [];
    let rest = at;
    for (const radix of [...radices].reverse()) {
      values.unshift(rest % radix);
      rest = Math.floor(rest / radix);
    }
    table[at] = strengthNo[strength(values)];
  }
  return table;
}
export const strengthAt = (move: Move, place: number): Strength => strengths[move.table[place] ?? 0] ?? 'never';

/** A start of a row that is created there. */
export function created(monitors: readonly Monitor[], values: readonly number[]): readonly number[] {
  const made = Int32Array.from(values);
  remember(monitors, made);
  return [...made];
}
/** What the monitors remember after a row has come to these values; `before`: where it came from, absent of a start. Alters `values`. */
export function remember(monitors: readonly Monitor[], values: Int32Array, before?: Int32Array): void {
  for (const { variable, watches, sees, reaches, brokenBy } of monitors) {
    const now = values[watches] ?? 0;
    const known = values[variable] ?? unseen;
    if (known === broken) continue;
    const came = before === undefined || before[watches] !== now;
    if (came && now === reaches && (brokenBy === 'seen') === (known === seen)) values[variable] = broken;
    else if (now === sees) values[variable] = seen;
  }
}
