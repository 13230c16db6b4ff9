/**
 * How column values come off the wire, as the plain form needs them: whole numbers as numbers, dates and decimals as the
 * text they are. Never a Date: it would drag the time zone of the process into the data.
 */
import pg from 'pg';
import type { Parser } from './incoming.ts';

const parsers = new Map<number, Parser | null>([
  [16, (value) => value === 't'], // boolean
  [20, Number], // bigint: whole numbers within 2^53 are all that the rules let through
  [23, Number], // integer
  [25, null], // text
  [1082, null], // date
  [1114, null], // timestamp
  [1184, (value) => Date.parse(value)], // timestamptz: milliseconds
  [1700, null], // numeric
  [2950, null], // uuid
]);

/** `null`: the text is the value. */
export function parserOf(type: number): Parser | null {
  const known = parsers.get(type);
  return known === undefined ? (pg.types.getTypeParser(type, 'text') as Parser) : known;
}
