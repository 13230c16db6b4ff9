/**
 * Values that plain chance never meets: the constants that stand in rules, invariants, bounds and in the code of a body, one unit in the
 * last place more and less, and the days on which calendars turn. Only candidates for inputs: that one is missing here alters no verdict. Pure.
 */
import type { EntityContract, Expression, Field } from '#kernel';
import type { SystemModel } from '#model';
import { constantsOf } from '#rules';
import { expressionsOf } from './leans-on.ts';

export interface Edges {
  /** As they are meant: 12.5, whatever the scale of the field that they are held against. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  readonly days: readonly string[];
}
const MOST = 24;
/** Ends of months, of a year, a leap day and the days around them; a day of 23 hours, and one of 25. */
export const calendarDays: readonly string[] = [
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2025-12-31',
  '2026-01-01',
  '2026-01-14',
  '2026-01-15',
  '2026-01-16',
  '2026-01-31',
  '2026-02-28',
  '2026-03-29',
  '2026-10-25',
];
export const noEdges: Edges = { numbers: [], texts: [], days: [] };

/** Of everything that a part of a system computes with, and of the text of a body. */
export function edgesOf(model: SystemModel, code: string): Edges {
  const { digits } = model.settings.currency;
  const read = [...model.entities, ...model.rules].flatMap((contract) => expressionsOf(contract).map(({ expression }) => expression));
  const decided = model.rules.flatMap((rule): readonly Expression[] =>
    rule.form === 'decision' ? [rule.decide, ...rule.ensures.map(({ holds }) => holds)] : rule.form === 'access' ? [rule.rows] : [],
  );
  const numbers = new Set<number>();
  const texts = new Set<string>();
  const days = new Set<string>();
  for (const { type, value } of [...read, ...decided].flatMap((expression) => [...constantsOf(expression)])) {
    if (typeof value === 'string' && type.kind === 'text') texts.add(value);
    if (typeof value !== 'number') continue;
    if (type.kind === 'date') days.add(dayOf(value));
    else if (type.kind === 'number') numbers.add(value / 10 ** type.scale);
  }
  for (const bound of model.entities.flatMap((entity) => entity.fields.flatMap(boundsOf))) numbers.add(bound);
  for (const [whole] of code.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '').matchAll(/(?<![\w.#])\d[\d_]*(?:\.\d+)?(?:e\d+)?(?!\w)/g)) {
    const value = Number(whole.replaceAll('_', ''));
    for (const meant of [value, value / 10 ** digits]) if (Number.isFinite(meant)) numbers.add(meant);
  }
  for (const [, , inside = ''] of code.matchAll(/(['"`])((?:(?!\1)[^\\\n]){1,40})\1/g)) {
    if (/^\d{4}-\d\d-\d\d$/.test(inside)) days.add(inside);
    else texts.add(inside);
  }
  return { numbers: last(numbers), texts: last(texts), days: last(days) };
}
/** What stands in the code is added last, and is what this is about. */
const last = <Value>(values: ReadonlySet<Value>): readonly Value[] => [...values].slice(-MOST);

const boundsOf = ({ type }: EntityContract['fields'][number]): readonly number[] =>
  type.kind === 'list' ? type.fields.flatMap(boundsOf) : [...boundsOfType(type)];
function boundsOfType(type: Field['type']): readonly number[] {
  if (!('min' in type) && !('max' in type)) return [];
  if (type.kind === 'text' || type.kind === 'date') return [];
  return [type.min, type.max].flatMap((bound) => (bound === undefined ? [] : [Number(bound)]));
}

/** Units of a scale at these numbers, one less and one more, within bounds. */
export function unitsNear(numbers: readonly number[], scale: number, min: number, max: number): readonly number[] {
  const near = numbers.flatMap((number) => {
    const [down, up] = [Math.floor(number * 10 ** scale), Math.ceil(number * 10 ** scale)];
    return [down - 1, down, up, up + 1];
  });
  return [...new Set([...near, min, min + 1, max - 1, max])].filter((value) => Number.isSafeInteger(value) && value >= min && value <= max);
}
/** Those days, and the ones before and after them. */
export const daysNear = (days: readonly string[]): readonly string[] => [
  ...new Set([...days.flatMap((day) => [-1, 0, 1].map((more) => dayOf(Date.parse(day) / 86_400_000 + more))), ...calendarDays]),
];
export const dayOf = (days: number): string =>
  Number.isFinite(days) && Math.abs(days) < 2_932_000 ? new Date(days * 86_400_000).toISOString().slice(0, 10) : '2026-01-15';
