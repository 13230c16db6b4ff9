import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantsBetween, nextInstant, scheduleFault } from './schedule.ts';

const berlin = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);
const named = (cron: string, zone: string, after: string, until: string, most = 1_000): readonly string[] =>
  instantsBetween(cron, zone, at(after), at(until), most).map((instant) => new Date(instant).toISOString().replace(':00.000Z', 'Z'));

test('a schedule names its instants by the clock of its own zone, after one moment and up to another', () => {
  assert.deepEqual(named('0 6 * * 1-5', berlin, '2026-01-02T00:00:00Z', '2026-01-06T05:00:00Z'), [
    '2026-01-02T05:00Z',
    '2026-01-05T05:00Z',
    '2026-01-06T05:00Z',
  ]);
  assert.deepEqual(named('0 6 * * *', 'America/New_York', '2026-07-01T10:00:00Z', '2026-07-02T10:00:00Z'), ['2026-07-02T10:00Z']);
  assert.deepEqual(named('0 0 31 * *', 'UTC', '2026-01-31T00:00:00Z', '2026-06-01T00:00:00Z'), ['2026-03-31T00:00Z', '2026-05-31T00:00Z']);
});

test('the skipped hour of spring is made up for once, at the first moment after it', () => {
  assert.deepEqual(named('30 2 * * *', berlin, '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z'), [
    '2026-03-28T01:30Z',
    '2026-03-29T01:00Z',
    '2026-03-30T00:30Z',
  ]);
  assert.deepEqual(named('0 * * * *', berlin, '2026-03-28T23:30:00Z', '2026-03-29T02:30:00Z'), [
    '2026-03-29T00:00Z',
    '2026-03-29T01:00Z',
    '2026-03-29T02:00Z',
  ]);
});

test('the doubled hour of autumn runs a fixed time once, at its first coming, and every hour twice', () => {
  assert.deepEqual(named('30 2 * * *', berlin, '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z'), ['2026-10-25T00:30Z', '2026-10-26T01:30Z']);
  assert.deepEqual(named('0 * * * *', berlin, '2026-10-24T23:30:00Z', '2026-10-25T02:30:00Z'), [
    '2026-10-25T00:00Z',
    '2026-10-25T01:00Z',
    '2026-10-25T02:00Z',
  ]);
});

test('of more instants than may be, the last ones are told, the same as counted on from before', () => {
  for (const [cron, zone, until] of [
    ['30 2 * * *', berlin, '2026-03-30T12:00:00Z'],
    ['30 2 * * *', berlin, '2026-10-26T12:00:00Z'],
    ['*/30 * * * *', 'America/New_York', '2026-11-01T08:30:00.500Z'],
    ['0 * * * *', berlin, '2026-03-29T03:30:00Z'],
  ] as const) {
    const from = new Date(at(until) - 6 * 86_400_000).toISOString();
    const all = named(cron, zone, from, until);
    assert.deepEqual(named(cron, zone, from, until, 5), all.slice(-5), `${cron} ${zone}`);
  }
  assert.deepEqual(named('* * * * *', 'UTC', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', 2), [
    '2026-01-01T00:59Z',
    '2026-01-01T01:00Z',
  ]);
});

test('day of the month and day of the week together mean either, as cron has it', () => {
  assert.deepEqual(named('0 6 1 * 1', 'UTC', '2026-01-31T12:00:00Z', '2026-02-03T00:00:00Z'), ['2026-02-01T06:00Z', '2026-02-02T06:00Z']);
});

test('an instant is after the moment asked, never that moment', () => {
  assert.equal(nextInstant('0 6 * * *', 'UTC', at('2026-01-01T06:00:00Z')), at('2026-01-02T06:00:00Z'));
});

test('what is no plain schedule of five fields is refused with what to write', () => {
  for (const good of ['0 6 * * *', '*/5 * * * *', '0 6 * * MON-FRI', '0,30 8-18 1 JAN 0', '59 23 31 12 7'])
    assert.equal(scheduleFault(good), undefined, good);
  for (const bad of [
    '',
    '* * * *',
    '0 0 * * * *',
    '@daily',
    '60 * * * *',
    '* 24 * * *',
    'a * * * *',
    '0 6 L * *',
    '0 6 15W * *',
    '0 6 * * 1#2',
    '0 6 ? * *',
    '5-1 * * * *',
    '0  6 * * *',
    '*/0 * * * *',
    '-1 * * * *',
    '0 6 * * * '.repeat(40),
  ])
    assert.equal(scheduleFault(bad)?.member, 'cron', bad);
  assert.match(scheduleFault('0 0 30 2 *')?.why ?? '', /no instant that ever comes/);
  for (const zone of ['Mars/One', 'CET', 'europe/berlin', '+02:00', ''])
    assert.equal(scheduleFault('0 6 * * *', zone)?.member, 'timeZone', zone);
});
