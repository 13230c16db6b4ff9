/**
 * How column values come off the wire, as the plain form needs them: whole numbers as numbers, dates and decimals as the
 * text they are. Never a Date: it would drag the time zone of the process into the data.
 */
import pg from 'pg';

const asText = (value: string): string => value;
const parsers = new Map<number, (value: string) => unknown>([
  [20, Number], // bigint: whole numbers within 2^53 are all that the rules let through
  [1082, asText], // date
  [1114, asText], // timestamp
  [1184, (value) => Date.parse(value)], // timestamptz: milliseconds
  [1700, asText], // numeric
  [2950, asText], // uuid
]);

export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ??
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
