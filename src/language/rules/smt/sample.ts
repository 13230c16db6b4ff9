/**
 * Points to hold the translation against the running code: values within the intervals, often the constants of the formulas with
 * their neighbours, often the ends. By seed, so that the same question meets the same points.
 */
import type { Expression } from '#kernel';
import { daysOf } from '../calendar.ts';
import { constantsOf } from '../constants.ts';
import type { Encoded } from './claim.ts';
import { evaluatorAt, nearZero, type Point, type TermValue } from './evaluate-term.ts';
import { partsOfTerm, type Term } from './term.ts';

/** 2026-01-15, in days since 1970. */
const NEAR_TODAY = 20_468;

/** Every variable that the terms mean, by their definitions. */
export function variablesOf(from: readonly Term[]): readonly Term[] {
  const seen = new Set<Term>();
  const waiting = [...from];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (seen.has(term)) continue;
    seen.add(term);
    waiting.push(...partsOfTerm(term));
    if (term.node === 'opaque') waiting.push(term.opaque.definition());
  }
  return [...seen].filter((term) => term.node === 'variable').sort((a, b) => a.id - b.id);
}

export interface Sampler {
  readonly next: () => Point;
}
export function sampler(encoded: Encoded, expressions: readonly Expression[], unrolled: number, seed: number): Sampler {
  const { rows, today } = encoded.encoder;
  const random = mulberry(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const constants = [
    ...new Set(
      expressions.flatMap((expression) =>
        constantsOf(expression).flatMap(({ value }) =>
          typeof value === 'number' ? [value - 1, value, value + 1, value * 100, value * 100 + 1] : [],
        ),
      ),
    ),
  ].map((value) => BigInt(Math.trunc(value)));
  const roots = [encoded.spoken, encoded.against, ...encoded.roots.flatMap(({ made }) => [made.absent, made.value, made.fault])];
  let variables = variablesOf([...roots, ...rows.facts()]);
  // Definitions bring in rows, and those facts.
  for (let before = -1; before !== variables.length;) {
    before = variables.length;
    variables = variablesOf([...roots, ...rows.facts()]);
  }
  const kinds = new Map<Term, 'date' | 'reference' | 'text' | 'choice' | 'length' | 'id'>();
  kinds.set(today, 'date');
  for (const known of rows.known.values()) {
    if (known.id.node === 'variable' && !kinds.has(known.id)) kinds.set(known.id, 'id');
    for (const { field, value } of known.slots.values()) {
      const { kind } = field.type;
      if (kind === 'email' || kind === 'url' || kind === 'text') kinds.set(value.value, 'text');
      if (kind === 'date' || kind === 'reference' || kind === 'choice') kinds.set(value.value, kind);
    }
  }
  for (const list of rows.lists.values()) kinds.set(list.length, 'length');

  const within = (term: Term, value: bigint): bigint =>
    term.low !== null && value < term.low ? term.low : term.high !== null && value > term.high ? term.high : value;
  const number = (term: Term): bigint => {
    const { low, high } = term;
    const edges = [nearZero(term), ...(low === null ? [] : [low, low + 1n]), ...(high === null ? [] : [high, high - 1n])];
    switch (below(8)) {
      case 0:
        return edges[below(edges.length)] ?? 0n;
      case 1:
      case 2:
      case 3:
        return within(term, constants[below(constants.length)] ?? BigInt(below(100)));
      case 4:
        return within(term, (low ?? 0n) + BigInt(below(20)));
      case 5:
        return within(term, BigInt(Math.round((random() < 0.7 ? 1 : -1) * 10 ** (random() * 12))));
      case 6:
        return low !== null && high !== null
          ? low + BigInt(Math.floor(random() * Number(high - low + 1n)))
          : within(term, BigInt(below(10_000)));
      default:
        return within(term, BigInt(below(100_000)));
    }
  };
  const one = (term: Term, at: number): TermValue => {
    if (term.sort === 'Bool') return below(3) === 0;
    switch (kinds.get(term)) {
      case 'id':
        return BigInt(1_000 + at);
      case 'reference':
        return below(4) === 0 ? BigInt(1_000 + below(variables.length)) : BigInt(2_000 + at);
      case 'text':
        return BigInt(below(rows.texts.length + 2));
      case 'choice':
        return BigInt(below(Number(term.high ?? 0n) + 1));
      case 'length':
        return within(term, BigInt(below(unrolled + 1)));
      case 'date':
        if (below(3) === 0) return number(term);
        return within(term, below(2) === 0 ? endOfMonth(below(12), below(3), below(6)) : BigInt(NEAR_TODAY - 200 + below(400)));
      default:
        return number(term);
    }
  };
  return {
    next: () => {
      const point = new Map<Term, TermValue>();
      for (const [at, term] of variables.entries()) point.set(term, one(term, at));
      // Values that must hang together: a fifth of the numbers are those of another.
      const numbers = variables.filter(
        (term) => term.sort === 'Int' && !['id', 'reference', 'text', 'choice', 'length'].includes(kinds.get(term) ?? ''),
      );
      for (const term of numbers) {
        if (below(5) !== 0) continue;
        const from = numbers[below(numbers.length)];
        const value = from === undefined ? undefined : point.get(from);
        if (typeof value === 'bigint') point.set(term, within(term, value + BigInt(below(3) - 1)));
      }
      const { number: numberAt } = evaluatorAt(point);
      for (const list of rows.lists.values()) {
        if (!('via' in list.at)) continue;
        for (let place = 0; place < unrolled; place++) {
          const item = rows.known.get(encoded.encoder.item(list, place).base);
          const via = item?.slots.get(list.at.via)?.value;
          if (via === undefined) continue;
          point.set(via.value, numberAt(list.at.row.id));
          if (via.absent.node === 'variable') point.set(via.absent, false);
        }
      }
      return point;
    },
  };
}

/** The last days of months, and those before and after them: where months differ in length. */
const endOfMonth = (month: number, day: number, year: number): bigint =>
  BigInt(daysOf({ year: 2023 + year, month: 1 + month, day: 1 }) - 2 + day);

/** mulberry32, by Tommy Ettinger. */
function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
