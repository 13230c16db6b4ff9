/** Decimal text and whole scaled numbers: "12.5" at scale 2 is 1250. Exact; never through a floating-point number. */
import { limits } from './limits.ts';

const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/** The whole number text x 10^scale, or undefined: not decimal text, more digits after the point than `scale`, or too large to be exact. */
export function scaled(text: string, scale: number): number | undefined {
  if (text.length > 40) return undefined;
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const fraction = found[3] ?? '';
  if (fraction.length > scale) return undefined;
  const value = Number((found[2] ?? '') + fraction.padEnd(scale, '0'));
  if (!Number.isSafeInteger(value)) return undefined;
  return found[1] === '-' && value !== 0 ? -value : value;
}

/** Decimal text with exactly `scale` digits after the point; `value` is a whole number. */
export function unscaled(value: number, scale: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact whole number: ${value}`);
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const sign = value < 0 ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The pattern of decimal text with at most `scale` digits after the point, as JSON Schema writes it. */
export const decimalPattern = (scale: number): string =>
  scale === 0 ? '^-?(0|[1-9][0-9]*)$' : `^-?(0|[1-9][0-9]*)(\\.[0-9]{1,${scale}})?$`;

export const largestWhole: number = limits.whole;
