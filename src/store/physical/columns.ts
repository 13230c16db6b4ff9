/**
 * Between plain values and columns: which columns a field has, what goes into them and what comes out. The types are those
 * of `#schema`; choices stand in columns as permanent ids, money as whole minor units beside its currency.
 */
import type { Field } from '#kernel';
import { dateOf, unscaled } from '#schema';

export type Decode = (wire: unknown) => unknown;
export type Encode = (plain: unknown) => unknown;

/** The PostgreSQL type of the (first) column of a stored field; undefined for lists, which have tables of their own. */
export function columnType(field: Field): string | undefined {
  switch (field.type.kind) {
    case 'text':
    case 'email':
    case 'url':
    case 'choice':
      return 'text';
    case 'integer':
    case 'money':
    case 'duration':
      return 'bigint';
    case 'decimal':
    case 'quantity':
      return 'numeric';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'instant':
      return 'timestamptz';
    case 'reference':
      return 'uuid';
    case 'json':
      return 'jsonb';
    case 'list':
      return undefined;
  }
}

/** A parameter of a statement, or a member of the JSON that list items are written from. */
export function encoder(field: Field): Encode {
  const type = field.type;
  switch (type.kind) {
    case 'choice': {
      const ids = new Map(type.choices.map((choice) => [choice.name, choice.id]));
      return (plain) => (plain === null || plain === undefined ? null : (ids.get(String(plain)) ?? null));
    }
    case 'instant':
      return (plain) => (typeof plain === 'number' ? new Date(plain).toISOString() : null);
    case 'json':
      return (plain) => (plain === null || plain === undefined ? null : JSON.stringify(plain));
    default:
      return (plain) => plain ?? null;
  }
}

/** From the wire, from JSON that the database made, or from what an expression of the rule language yields. */
export function decoder(field: Field): Decode {
  const type = field.type;
  switch (type.kind) {
    case 'choice': {
      const names = new Map<string, string>(type.choices.map((choice) => [choice.id, choice.name]));
      return (wire) => (wire === null || wire === undefined ? null : (names.get(String(wire)) ?? null));
    }
    case 'integer':
    case 'money':
    case 'duration':
      return wholeNumber;
    case 'instant':
      return (wire) => (typeof wire === 'string' && wire.includes('-', 1) ? Date.parse(wire) : wholeNumber(wire));
    case 'decimal':
    case 'quantity':
      return (wire) => (wire === null || wire === undefined ? null : withDigits(String(wire), type.scale));
    case 'date':
      return (wire) => (typeof wire === 'number' ? dateOf(wire) : (wire ?? null));
    default:
      return (wire) => wire ?? null;
  }
}

export const wholeNumber: Decode = (wire) => (wire === null || wire === undefined ? null : Number(wire));

/** Decimal text with exactly `scale` digits after the point, from what `numeric` prints. */
function withDigits(text: string, scale: number): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = (point < 0 ? '' : text.slice(point + 1)).padEnd(scale, '0').slice(0, scale);
  return scale === 0 ? whole : `${whole}.${fraction}`;
}
export const scaledText = (wire: unknown, scale: number): string | null =>
  wire === null || wire === undefined ? null : unscaled(Number(wire), scale);
