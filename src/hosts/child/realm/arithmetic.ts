/**
 * Exact arithmetic on the plain values of operations: whole numbers (integers, money in minor units, milliseconds) and
 * decimal texts such as "1.50". Where a text takes part the result is a text, else a whole number of the same unit.
 * Never: floating point; a result that is not exact throws.
 */
export type Plain = number | string;
export type RoundingWay = 'half-up' | 'half-even' | 'down' | 'up';
/** value / 10^scale. */
interface Scaled {
  readonly value: bigint;
  readonly scale: number;
  readonly text: boolean;
}

export function scaledOf(plain: Plain): Scaled {
  if (typeof plain === 'number') {
    if (!Number.isSafeInteger(plain)) throw new RangeError(`${String(plain)} is no whole number`);
    return { value: BigInt(plain), scale: 0, text: false };
  }
  const match = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(String(plain));
  if (match === null) throw new RangeError(`${String(plain).slice(0, 40)} is no decimal such as 1.50`);
  const fraction = match[3] ?? '';
  return { value: BigInt(`${match[1] ?? ''}${match[2] ?? ''}${fraction}`), scale: fraction.length, text: true };
}

export function plainOf({ value, scale, text }: Scaled): Plain {
  if (!text) {
    const number = Number(value);
    if (scale !== 0 || !Number.isSafeInteger(number)) throw new RangeError('a number leaves the range that is exact');
    return number;
  }
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function addition(left: Scaled, right: Scaled): Scaled {
  const scale = Math.max(left.scale, right.scale);
  return { value: valueAt(left, scale) + valueAt(right, scale), scale, text: left.text || right.text };
}
export const valueAt = ({ value, scale }: Scaled, wanted: number): bigint => value * 10n ** BigInt(wanted - scale);
export const compared = (left: Scaled, right: Scaled): number => {
  const scale = Math.max(left.scale, right.scale);
  const [a, b] = [valueAt(left, scale), valueAt(right, scale)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** left / right as a whole number; ties away from zero at half-up. */
export function wholeQuotient(left: bigint, right: bigint, rounding: RoundingWay): bigint {
  const whole = left / right;
  const rest = left % right;
  if (rest === 0n || rounding === 'down') return whole;
  const away = left < 0n === right < 0n ? whole + 1n : whole - 1n;
  if (rounding === 'up') return away;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const size = right < 0n ? -right : right;
  if (twice !== size) return twice > size ? away : whole;
  return rounding === 'half-up' || whole % 2n !== 0n ? away : whole;
}

/** left / right at that scale; a quotient of two whole numbers stays a whole number of their unit. */
export function quotientOf(left: Scaled, right: Scaled, scale: number, rounding: RoundingWay): Scaled {
  const text = left.text || right.text;
  const wanted = text ? scale : 0;
  const common = Math.max(left.scale, right.scale);
  return { value: wholeQuotient(valueAt(left, common) * 10n ** BigInt(wanted), valueAt(right, common), rounding), scale: wanted, text };
}
