/** Parts of dates, edges of periods and what lies between two dates: all back ends say the same, and what a calendar says that is not ours. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DatePart, Expression, Period, PermanentId } from '#kernel';
import type { RunningServer } from '#store/server';
import { startThrowAwayServer } from '#store/server';
import pg from 'pg';
import { daysOfText, edgeOfPeriod, firstDay, lastDay, monthsBetween, partOfDate, textOfDays, yearsBetween } from '../calendar.ts';
import { evaluate } from '../evaluate.ts';
import { compileJavaScript } from '../javascript.ts';
import { Encoder } from '../smt/encode.ts';
import { evaluatorAt } from '../smt/evaluate-term.ts';
import type { Scalar } from '../smt/value.ts';
import { sqlCompiler, type SqlNames } from '../sql.ts';
import { dateType, numberType } from '../value-type.ts';

const day: Expression = { node: 'input', name: 'day', type: dateType };
const other: Expression = { node: 'input', name: 'other', type: dateType };
const ofOne: readonly Expression[] = [
  ...(['year', 'quarter', 'month', 'day', 'weekday'] as const).map((part): Expression => ({
    node: 'partOfDate',
    of: day,
    part,
    type: numberType(0),
  })),
  ...(['first', 'last'] as const).flatMap((edge) =>
    (['month', 'quarter', 'year'] as const).map((period): Expression => ({ node: 'edgeOfPeriod', of: day, edge, period, type: dateType })),
  ),
];
/** Parts of days beside one that was put together. */
const beside: readonly Expression[] = (
  [
    ['first', -1],
    ['first', -28],
    ['last', 1],
    ['last', 28],
    ['last', -3],
  ] as const
).flatMap(([edge, moved]) =>
  (['year', 'month', 'day'] as const).map((part): Expression => {
    const amount: Expression = { node: 'constant', type: numberType(0), value: moved };
    const of: Expression = { node: 'edgeOfPeriod', of: day, edge, period: 'month', type: dateType };
    return { node: 'partOfDate', of: { node: 'addToDate', of, amount, unit: 'days', type: dateType }, part, type: numberType(0) };
  }),
);
const ofTwo: readonly Expression[] = (['months', 'years'] as const).map((unit): Expression => ({
  node: 'periodsBetween',
  left: day,
  right: other,
  unit,
  type: numberType(0),
}));

const at = (text: string): number => daysOfText(text) ?? Number.NaN;
const from = (first: string, last: string, step = 1): readonly number[] =>
  Array.from({ length: Math.floor((at(last) - at(first)) / step) + 1 }, (_, index) => at(first) + index * step);
/** Every day about leap years and years that are none though 4 divides them; the ends of all months of two centuries; the ends of what is a date. */
const days: readonly number[] = [
  ...new Set([
    firstDay,
    firstDay + 1,
    lastDay - 1,
    lastDay,
    ...from('1899-12-25', '1900-03-05'),
    ...from('1999-11-25', '2001-01-05'),
    ...from('2023-12-25', '2025-01-05'),
    ...from('2099-12-25', '2100-03-05'),
    ...from('1890-01-01', '2110-12-31', 31),
    ...from('1890-01-31', '2110-12-31', 365),
    ...from('0001-01-01', '9999-12-31', 9_973),
    ...from('1970-01-01', '2069-12-31').filter((one) => Number(textOfDays(one + 1).slice(8)) <= 2),
  ]),
];
const birthdays = ['1900-02-28', '1996-02-29', '2000-02-29', '2003-12-31', '2004-01-01', '2023-01-31', '2024-08-30'].map(at);
const pairs = birthdays.flatMap((born) => days.filter((_, index) => index % 4 === born % 4).map((one) => [born, one] as const));

let server: RunningServer;
let client: pg.Client;
before(async () => {
  server = await startThrowAwayServer();
  client = new pg.Client({ connectionString: server.url('superuser', 'postgres') });
  await client.connect();
});
after(async () => {
  await client?.end();
  await server?.stop();
});

const context = { today: 0 };
const meant = (of: Expression, [one, two]: readonly [number, number]): unknown => evaluate(of, { day: one, other: two }, context);

/** Of dates that JavaScript knows as moments at midnight of Greenwich. */
test('the calendar of rules is the one of the platform, day by day', () => {
  const utc = (one: number): Date => new Date(one * 86_400_000);
  const made = (year: number, month: number, ofMonth: number): number => {
    const date = new Date(0);
    return date.setUTCFullYear(year, month, ofMonth) / 86_400_000;
  };
  for (const one of days) {
    const [year, month, ofMonth] = [utc(one).getUTCFullYear(), utc(one).getUTCMonth(), utc(one).getUTCDate()];
    const parts: { readonly [Part in DatePart]: number } = {
      year,
      quarter: Math.ceil((month + 1) / 3),
      month: month + 1,
      day: ofMonth,
      weekday: utc(one).getUTCDay() || 7,
    };
    for (const part of Object.keys(parts) as DatePart[]) assert.equal(partOfDate(one, part), parts[part], `${part} ${textOfDays(one)}`);
    const begins: { readonly [Name in Period]: number } = { month, quarter: month - (month % 3), year: 0 };
    for (const [period, months] of [
      ['month', 1],
      ['quarter', 3],
      ['year', 12],
    ] as const) {
      assert.equal(edgeOfPeriod(one, 'first', period), made(year, begins[period], 1), `${period} ${textOfDays(one)}`);
      assert.equal(edgeOfPeriod(one, 'last', period), made(year, begins[period] + months, 0), `${period} ${textOfDays(one)}`);
    }
  }
  for (const [born, one] of pairs) {
    const early = utc(one).toISOString().slice(5, 10) < utc(born).toISOString().slice(5, 10);
    const years = utc(one).getUTCFullYear() - utc(born).getUTCFullYear() - (early ? 1 : 0);
    if (one >= born) assert.equal(yearsBetween(born, one), years, `${textOfDays(born)} ${textOfDays(one)}`);
    assert.equal(monthsBetween(one, born), 0 - monthsBetween(born, one) + 0);
  }
});

test('JavaScript means what the plain evaluator means', () => {
  for (const of of [...ofOne, ...ofTwo]) {
    const compiled = compileJavaScript(of);
    for (const [one, two] of ofTwo.includes(of) ? pairs : days.map((each) => [each, 0] as const))
      assert.equal(compiled({ day: one, other: two }, context), meant(of, [one, two]), `${JSON.stringify(of)} ${textOfDays(one)}`);
    assert.equal(compiled({ day: null, other: null }, context), null);
  }
});

test('SQL gives what the plain evaluator gives, whatever the time zone of the session', async () => {
  const names: SqlNames = {
    inputs: { day: 'g.day', other: 'g.other' },
    relation: (of: PermanentId) => assert.fail(of),
    today: { days: 0 },
  };
  for (const zone of ['UTC', 'America/Sao_Paulo']) {
    await client.query(`SET TimeZone = '${zone}'`);
    for (const [asked, given] of [
      [ofOne, days.map((each) => [each, each] as const)],
      [ofTwo, pairs],
    ] as const) {
      const columns = asked.map((of, index) => {
        const text = sqlCompiler(names, { constants: 'literals' }).value(of);
        return `${of.type.kind === 'date' ? `(${text} - '1970-01-01'::date)` : text}::integer AS c${index}`;
      });
      const { rows } = await client.query(
        `SELECT ${columns.join(', ')} FROM (SELECT '1970-01-01'::date + a AS day, '1970-01-01'::date + b AS other FROM unnest($1::integer[], $2::integer[]) WITH ORDINALITY AS u(a, b, n) ORDER BY n) AS g`,
        [given.map(([one]) => one), given.map(([, two]) => two)],
      );
      for (const [index, row] of rows.entries())
        for (const [which, of] of asked.entries())
          assert.equal(row[`c${which}`], meant(of, given[index] ?? [0, 0]), `${JSON.stringify(of)} ${textOfDays(given[index]?.[0] ?? 0)}`);
    }
  }
  await client.query('RESET TimeZone');
});

/** Of the days those at which a mistake would show, and some between. */
const telling = [
  ...days.filter((one) => /^(?:0001|1900|2000|2024|2100|9999)-(?:02-2[89]|03-01|12-31|01-01)$/.test(textOfDays(one))),
  ...days.filter((_, index) => index % 23 === 0),
];
const tellingPairs = pairs.filter(([, one], index) => index % 61 === 0 || telling.slice(0, 12).includes(one));

test('the terms for a solver stand for the same values, and what is said of them holds of these and of no others', () => {
  for (const [low, high] of [
    [at('1890-01-01'), at('2110-12-31')],
    [firstDay, lastDay],
    [null, null],
  ] as const) {
    const encoder = new Encoder(0);
    const { terms } = encoder;
    const interval = low === null ? {} : { low: BigInt(low), high: BigInt(high) };
    const variables = [terms.variable('day', 'Int', interval), terms.variable('other', 'Int', interval)] as const;
    const given = (term: Scalar['value']): Scalar => ({ kind: 'scalar', absent: terms.false, value: term, fault: terms.false });
    const names = new Map([
      ['day', given(variables[0])],
      ['other', given(variables[1])],
    ]);
    const made = [...ofOne, ...ofTwo, ...beside].map((of) => [of, encoder.scalar(of, names).value] as const);
    const lemmas = terms.opaques().flatMap((term) => term.opaque.lemmas());
    const parts = terms.opaques().filter((term) => term.opaque.determined === true && term.name.endsWith(` ${variables[0].id}`));
    for (const [index, [one, two]] of [...telling.map((each) => [each, 0] as const), ...tellingPairs].entries()) {
      if (low !== null && (one < low || one > high || two < low || two > high)) continue;
      const point = new Map([
        [variables[0], BigInt(one)],
        [variables[1], BigInt(two)],
      ]);
      const world = evaluatorAt(point);
      const atTheEnds = one < firstDay + 60 || one > lastDay - 60;
      for (const [of, term] of made)
        if (!atTheEnds || !beside.includes(of))
          assert.equal(Number(world.number(term)), meant(of, [one, two]), `${JSON.stringify(of)} ${textOfDays(one)}`);
      for (const lemma of lemmas) assert.ok(world.truth(lemma), `${textOfDays(one)} ${textOfDays(two)}`);
      if (index % 9 !== 0) continue;
      // Any other value of one of them is ruled out.
      for (const part of parts)
        for (const off of [-12n, -3n, -1n, 1n, 2n, 11n]) {
          const otherwise = evaluatorAt(
            new Map([...point, ...parts.map((each) => [each, world.number(each)] as const), [part, world.number(part) + off]]),
          );
          const value = otherwise.number(part);
          const allowed = (part.low === null || value >= part.low) && (part.high === null || value <= part.high);
          assert.ok(!allowed || lemmas.some((lemma) => !otherwise.truth(lemma)), `${part.name} ${off} ${textOfDays(one)}`);
        }
    }
  }
});
