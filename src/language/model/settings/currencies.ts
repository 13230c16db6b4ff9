/** Digits after the point of a currency, by its ISO 4217 code, from the tables that Node carries. */
const codes = new Set(Intl.supportedValuesOf('currency'));

/** Undefined: no such currency. */
export function currencyDigits(code: string): number | undefined {
  if (!codes.has(code)) return undefined;
  return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits;
}
