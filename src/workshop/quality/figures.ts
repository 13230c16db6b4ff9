/** What was measured, in words; and what counts as better: by counts, which are the same at every run, and never by times alone. */
import type { Measured, ReadCost } from '#ports';

/** So many times less work. */
const WORTH = 2;
/** A page that is in memory costs about as much as two rows that are looked at. */
const ROWS_A_PAGE = 2;
/** A page of a list has fifty rows, and looking at some hundred takes less than a millisecond: nothing to gain that anybody would notice. */
const FEW_ROWS = 500;

const workOf = ({ rows, pages }: ReadCost): number => rows + ROWS_A_PAGE * pages;
export const helps = (before: ReadCost, after: ReadCost): boolean =>
  !isFrugal(before) && workOf(before) >= WORTH * Math.max(1, workOf(after));
export const isFrugal = (cost: ReadCost): boolean => cost.rows <= FEW_ROWS;

const grouped = (number: number): string => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ',');
const ms = (value: number): string => `${value < 10 ? Number(value.toFixed(1)) : grouped(value)} ms`;
const many = (number: number, one: string): string => `${grouped(number)} ${one}${number === 1 ? '' : 's'}`;

/** `looks at 20,000 rows in 410 pages, 12 ms (11 to 13)`. */
export const tellCost = ({ rows, pages, ms: took }: ReadCost): string =>
  `looks at ${many(rows, 'row')} in ${many(pages, 'page')}, ${ms(took.median)} (${ms(took.low)} to ${ms(took.high)})`;

/** `looks at 20,000 rows in 410 pages, 12 ms (11 to 13); with an index at 51 in 53, 0.6 ms (0.5 to 0.7): 392 times fewer rows`. */
export function tellGain(before: ReadCost, after: ReadCost): string {
  const rows = before.rows / Math.max(1, after.rows);
  const share = rows >= 1.05 ? `: ${rows < 10 ? Number(rows.toFixed(1)) : grouped(rows)} times fewer rows` : '';
  return `${tellCost(before)}; with the index it ${tellCost(after)}${share}`;
}

/** What stands behind the figures. */
export const tellBound = ({ rows, live, runs }: Pick<Measured, 'rows' | 'live' | 'runs'>): string =>
  `over ${grouped(rows)} generated rows (the live system has ${grouped(live)}), with the value that costs most, median and quarters of ${runs} runs`;

/** `The index takes 1.2 MB, and adding a row takes 1.1 times as long`. */
export function tellPrice({ indexBytes, adding, rows }: Measured, before = 0, after = 1): string {
  const bytes = (indexBytes[after] ?? 0) - (indexBytes[before] ?? 0);
  const [was, is] = [adding[before]?.median ?? 0, adding[after]?.median ?? 0];
  const slower = was === 0 ? undefined : is / was;
  const longer = slower === undefined || slower < 1.05 ? 'hardly longer' : `${Number(slower.toFixed(1))} times as long`;
  return `it takes ${tellBytes(bytes)} for ${grouped(rows)} rows, and adding rows takes ${longer}`;
}
export const tellBytes = (bytes: number): string =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(0, Math.round(bytes / 1000))} KB`;
export { ms as tellMs };
