/** Exact decimals for expectations: whole number and digits after the point. Shares nothing with the rules' arithmetic. */

export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function decimal(text: string): Decimal {
  const negative = text.startsWith('-');
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const units = BigInt(`${whole}${part}`);
  return { units: negative ? -units : units, scale: part.length };
}
export function textOf(value: Decimal): string {
  const sign = value.units < 0n ? '-' : '';
  const digits = (value.units < 0n ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  return value.scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
}
const aligned = (left: Decimal, right: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(left.scale, right.scale);
  return [left.units * 10n ** BigInt(scale - left.scale), right.units * 10n ** BigInt(scale - right.scale), scale];
};
export const plus = (left: Decimal, right: Decimal): Decimal => {
  const [a, b, scale] = aligned(left, right);
  return { units: a + b, scale };
};
export const minus = (left: Decimal, right: Decimal): Decimal => plus(left, { ...right, units: -right.units });
export const times = (left: Decimal, right: Decimal): Decimal => ({ units: left.units * right.units, scale: left.scale + right.scale });
export const compare = (left: Decimal, right: Decimal): number => {
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
};
/** Half away from zero, as commerce rounds. */
export function rounded(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  return { units: halfUp(value.units, 10n ** BigInt(value.scale - scale)), scale };
}
export function dividedBy(left: Decimal, right: Decimal, scale: number): Decimal | undefined {
  if (right.units === 0n) return undefined;
  const shift = scale + right.scale - left.scale;
  const top = shift >= 0 ? left.units * 10n ** BigInt(shift) : left.units;
  const bottom = shift >= 0 ? right.units : right.units * 10n ** BigInt(-shift);
  return { units: halfUp(top, bottom), scale };
}
function halfUp(top: bigint, bottom: bigint): bigint {
  const negative = top < 0n !== bottom < 0n;
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  const value = (2n * a + b) / (2n * b);
  return negative ? -value : value;
}
