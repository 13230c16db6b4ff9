import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from './random.ts';
import { sdkFunctions } from './sdk.ts';

type Callable = (...args: readonly unknown[]) => unknown;
const sdk = sdkFunctions(2, () => {
  throw new Error('refused');
}) as unknown as { readonly [name: string]: Callable };
const call = (name: string, ...args: readonly unknown[]): unknown => (sdk[name] as Callable)(...args);

test('definition functions answer what they are given, and so nothing is defined at run time', () => {
  const definition = { id: 'f_a', no: 1 };
  for (const name of [
    'text',
    'integer',
    'money',
    'date',
    'decimal',
    'quantity',
    'choice',
    'reference',
    'list',
    'operation',
    'entity',
    'view',
  ])
    assert.equal(call(name, definition), definition);
});

test('literals are plain values', () => {
  assert.deepEqual(
    [call('money', '500.00'), call('money', '500'), call('money', '0.5'), call('date', '2026-01-31'), call('decimal', '1.50')],
    [50_000, 50_000, 50, '2026-01-31', '1.50'],
  );
  for (const wrong of [
    () => call('money', '1.005'),
    () => call('money', 'x'),
    () => call('date', '2026-02-30'),
    () => call('date', '26-1-1'),
    () => call('decimal', '1e5'),
  ])
    assert.throws(wrong, RangeError);
});

test('sums and aggregates are exact, over whole numbers and over decimals', () => {
  const lines = [
    { price: 450, factor: '0.1' },
    { price: 1_000, factor: '0.20' },
    { price: null, factor: null },
  ];
  assert.equal(
    call('sum', lines, (line: { price: number }) => line.price),
    1_450,
  );
  assert.equal(
    call('sum', lines, (line: { factor: string }) => line.factor),
    '0.30',
  );
  assert.equal(
    call('sum', [], () => 1),
    0,
  );
  assert.equal(call('count', lines), 3);
  assert.equal(
    call('average', [{ n: 1 }, { n: 2 }], (item: { n: number }) => item.n, { scale: 2, rounding: 'half-up' }),
    2,
  );
  assert.equal(
    call('average', [], () => 1),
    undefined,
  );
  assert.deepEqual(
    [call('smallest', lines, (line: { price: number }) => line.price), call('largest', lines, (line: { factor: string }) => line.factor)],
    [450, '0.20'],
  );
  assert.equal(
    call('largest', [{ on: '2026-01-31' }, { on: '2026-02-01' }], (item: { on: string }) => item.on),
    '2026-02-01',
  );
  assert.deepEqual([call('min', 2, 10), call('max', '2.0', '10.0'), call('min', '2026-01-02', '2026-01-01')], [2, '10.0', '2026-01-01']);
});

test('rounding says its way, and half-up leads away from zero', () => {
  assert.deepEqual(
    [call('percentOf', 105, 10), call('percentOf', -105, 10), call('percentOf', 1_000, '12.5'), call('percentOf', 333, 50)],
    [11, -11, 125, 167],
  );
  assert.deepEqual(
    [
      call('divide', 1_000, 3, { scale: 2, rounding: 'half-up' }),
      call('divide', 1_000, 3, { scale: 2, rounding: 'up' }),
      call('divide', '1', '3', { scale: 3, rounding: 'down' }),
      call('divide', 1, 0, { scale: 0, rounding: 'up' }),
    ],
    [333, 334, '0.333', undefined],
  );
  assert.deepEqual(
    [
      call('round', 1_250, { scale: 0, rounding: 'half-even' }),
      call('round', 1_250, { scale: 0, rounding: 'half-up' }),
      call('round', '1.255', { scale: 2, rounding: 'half-even' }),
      call('round', '1.2', { scale: 2, rounding: 'half-up' }),
    ],
    [1_200, 1_300, '1.26', '1.20'],
  );
  assert.throws(() => call('sum', [0.1], (value: number) => value), RangeError);
});

test('dates are reckoned as a calendar does', () => {
  assert.deepEqual(
    [
      call('addDays', '2024-02-28', 2),
      call('addDays', '2026-01-01', -1),
      call('addMonths', '2026-01-31', 1),
      call('addMonths', '2024-01-31', 1),
      call('addMonths', '2026-03-31', -13),
      call('daysBetween', '2026-01-31', '2026-03-02'),
    ],
    ['2024-03-01', '2025-12-31', '2026-02-28', '2024-02-29', '2025-02-28', 30],
  );
  assert.deepEqual(
    ['yearOf', 'quarterOf', 'monthOf', 'dayOf', 'weekdayOf'].map((name) => call(name, '2024-02-29')),
    [2024, 1, 2, 29, 4],
  );
  assert.deepEqual(
    ['startOfMonth', 'endOfMonth', 'startOfQuarter', 'endOfQuarter', 'startOfYear', 'endOfYear'].map((name) => call(name, '2024-05-15')),
    ['2024-05-01', '2024-05-31', '2024-04-01', '2024-06-30', '2024-01-01', '2024-12-31'],
  );
  assert.deepEqual(
    [
      call('addYears', '2024-02-29', 1),
      call('monthsBetween', '2024-01-31', '2024-02-29'),
      call('monthsBetween', '2024-03-01', '2024-01-31'),
      call('yearsBetween', '2004-02-29', '2022-02-28'),
      call('yearsBetween', '2004-02-29', '2022-03-01'),
    ],
    ['2025-02-28', 0, -1, 17, 18],
  );
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9990-01-01'), noInvalidDate: true }),
      fc.integer({ min: -300, max: 3_000 }),
      (date, days) => {
        const text = (at: Date): string => at.toISOString().slice(0, 10);
        fc.pre(date.getTime() + days * 86_400_000 > Date.parse('0001-01-01'));
        assert.equal(call('addDays', text(date), days), text(new Date(date.getTime() + days * 86_400_000)));
      },
    ),
  );
  assert.throws(() => call('addDays', '9999-12-31', 1), RangeError);
});

test('a seed decides all that is drawn, evenly between 0 and 1', () => {
  const drawn = (seed: string, count: number): readonly number[] => {
    const next = seededRandom(seed);
    return Array.from({ length: count }, next);
  };
  assert.deepEqual(drawn('a', 5), drawn('a', 5));
  assert.notDeepEqual(drawn('a', 5), drawn('b', 5));
  const many = drawn('c', 20_000);
  assert.ok(many.every((value) => value >= 0 && value < 1));
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = many.filter((value) => Math.floor(value * 10) === tenth).length / many.length;
    assert.ok(Math.abs(share - 0.1) < 0.01, `${tenth}: ${share}`);
  }
});

test('an instant is written and read as others write it, to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (date) => {
        assert.equal(call('instantText', date.getTime()), date.toISOString());
        assert.equal(call('instantOf', date.toISOString()), date.getTime());
      },
    ),
  );
  for (const text of ['2026-03-01T10:00:00+02:00', '2026-03-01T10:00:00.5-05:30', '2026-03-01t10:00:00z', '1969-12-31T23:59:59.999Z'])
    assert.equal(call('instantOf', text), Date.parse(text.toUpperCase()), text);
  for (const wrong of ['2026-03-01', '2026-03-01T10:00:00', '2026-02-30T10:00:00Z', '2026-03-01T24:00:00Z', 'soon', '', 7, null])
    assert.throws(() => call('instantOf', wrong), RangeError, String(wrong));
  for (const wrong of [0.5, Number.NaN, Infinity, '7', 8.64e15]) assert.throws(() => call('instantText', wrong), RangeError, String(wrong));
});
