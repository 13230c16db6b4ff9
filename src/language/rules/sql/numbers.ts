/** Rounding in SQL, exactly as the rule IR means it, on bigint values. */
import type { Rounding } from '#kernel';

/** bigint x 10^places. */
export const raised = (value: string, places: number): string => (places === 0 ? value : `(${value} * ${10n ** BigInt(places)}::bigint)`);

/** bigint / 10^places. */
export function lowered(value: string, places: number, rounding: Rounding): string {
  return places === 0 ? value : whole(`${value}::numeric * 0.${'0'.repeat(places - 1)}1`, rounding);
}

/**
 * left x 10^shift / right, absent where right is 0. The quotient is computed to 40 digits after the point: the
 * divisor has fewer than 36 digits, so no quotient that is not a tie comes out as one.
 */
export function divided(left: string, right: string, shift: number, rounding: Rounding): string {
  const numerator = `${left}::numeric * ${10n ** BigInt(Math.max(shift, 0))}.${'0'.repeat(40)}`;
  const denominator = shift < 0 ? `${right}::numeric * ${10n ** BigInt(-shift)}` : `${right}::numeric`;
  return whole(`${numerator} / NULLIF(${denominator}, 0)`, rounding);
}

/** An exact numeric to a bigint. */
function whole(value: string, rounding: Rounding): string {
  switch (rounding) {
    case 'half-up':
      return `round(${value})::bigint`;
    case 'down':
      return `trunc(${value})::bigint`;
    case 'up':
      return `(SELECT CASE WHEN q < 0 THEN floor(q) ELSE ceil(q) END::bigint FROM (SELECT ${value} AS q OFFSET 0) AS q)`;
    case 'half-even':
      return `(SELECT CASE WHEN abs(q - trunc(q)) = 0.5 THEN 2 * round(q / 2) ELSE round(q) END::bigint FROM (SELECT ${value} AS q OFFSET 0) AS q)`;
  }
}
