/** What the database is asked by `read/unkept.ts`, of rows in memory: the same rows, and the titles of a few. */
import type { EntityContract } from '#kernel';
import type { Demand } from '#model';
import { characters, isBlank, scaled } from '#schema';
import type { Unkept } from '../read/unkept.ts';
import type { PlainRow } from '../row.ts';

type Values = { readonly [field: string]: unknown };
const TITLES = 3;

/** `rows` in the order of their ids. */
export function unkeptIn(rows: readonly PlainRow[], { title }: EntityContract, demand: Demand, titled: boolean, digits: number): Unkept {
  const { was, list, asks } = demand;
  const valueOf = (values: Values): unknown => values[was.name] ?? null;
  const counted = new Map<unknown, number>();
  for (const row of rows) counted.set(valueOf(row), (counted.get(valueOf(row)) ?? 0) + 1);
  const breaks = (values: Values): boolean => {
    const value = valueOf(values);
    if (asks.kind === 'present') return value === null || (asks.seen && isBlank(String(value)));
    if (value === null) return false;
    if (asks.kind === 'different') return (counted.get(value) ?? 0) > 1;
    if (asks.kind === 'among')
      return !(was.type.kind === 'choice' && was.type.choices.some(({ id, name }) => name === value && asks.choices.includes(id)));
    if (asks.kind === 'shape') return false;
    const order = compared(
      asks.of === 'characters' ? String(characters(String(value))) : String(value),
      asks.bound,
      was.type.kind === 'money' ? digits : 0,
    );
    return asks.kind === 'least' ? order < 0 : order > 0;
  };
  const found = rows.filter((row) => (list === undefined ? breaks(row) : ((row as Values)[list.name] as readonly Values[]).some(breaks)));
  const titles = titled ? found.slice(0, TITLES).map((row) => (row as Values)[title]) : [];
  return { count: found.length, titles: titles.flatMap((name) => (typeof name === 'string' && name !== '' ? [name] : [])) };
}

/** A value as rows hold it with a bound as definitions write it. */
const compared = (value: string, bound: string, digits: number): number =>
  bound.includes('-', 1)
    ? value < bound
      ? -1
      : value > bound
        ? 1
        : 0
    : Number(value) - (digits === 0 ? Number(bound) : (scaled(bound, digits) ?? 0));
