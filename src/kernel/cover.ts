/** How much of what is there a stated region covers, as it was counted: a noun of evidence, and its words. */

/** Rows of the entity that a formula is about, and those of them for which its region holds. */
export interface Cover {
  /** As a scope names it: `rule/discount`, `entity/order#field/total`. */
  readonly formula: string;
  readonly rows: number;
  /** Looked at; 0: it could not be told. */
  readonly of: number;
  /** The rows are the newest of more; left out: all that are there. */
  readonly newest?: true;
  /** The rows are made up, since too few are there. */
  readonly made?: true;
}
/** Fewer live rows than these say nothing of how much a region covers. */
export const ENOUGH_ROWS = 20;

export const isWideCover = ({ rows, of }: Cover, { wideRegion }: { readonly wideRegion: number }): boolean =>
  of === 0 || rows * 100 >= wideRegion * of;

/** "1,204 of 1,251 orders that are there (96%)". */
export function coverInWords({ rows, of, newest, made }: Cover, many: string): string {
  const share = rows > 0 && rows * 100 < of ? 'under 1%' : `${Math.floor((rows * 100) / Math.max(1, of))}%`;
  const which = made === true ? `${many} that were made up` : newest === true ? `${many} that came last` : `${many} that are there`;
  return `${grouped(rows)} of ${grouped(of)} ${which} (${share})`;
}
const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
