/** Fixed-point text and whole scaled numbers: "12.50" at scale 2 is 1250. Exact; undefined where it does not fit. */

export interface FixedPoint {
  readonly value: number;
  readonly scale: number;
}

/** The value of digits with an optional point, at the smallest scale that holds it: "0.10" is 1 at scale 1. */
export function fixedPointOf(text: string): FixedPoint | undefined {
  const match = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text);
  if (match === null) return undefined;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const value = Number(`${match[1] ?? ''}${match[2] ?? ''}${fraction}`);
  return Number.isSafeInteger(value) && fraction.length <= 15 ? { value: value === 0 ? 0 : value, scale: fraction.length } : undefined;
}

/** The same value at another scale; undefined where digits would be lost or the number leaves the safe integers. */
export function atScale({ value, scale }: FixedPoint, wanted: number): number | undefined {
  const scaled = wanted >= scale ? BigInt(value) * 10n ** BigInt(wanted - scale) : BigInt(value) / 10n ** BigInt(scale - wanted);
  if (wanted < scale && scaled * 10n ** BigInt(scale - wanted) !== BigInt(value)) return undefined;
  const whole = Number(scaled);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

/** All `scale` digits: 1250 at 2 is "12.50". */
export function textOf({ value, scale }: FixedPoint): string {
  if (scale === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
