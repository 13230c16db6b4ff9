import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { permanentId, type Field, type FieldType, type Json } from '#kernel';
import { jsonArbitrary } from './arbitrary.ts';
import { edgesOf, fieldSchema, fieldSubset, fromJson, isFieldError, unscaled, valuesFromJson, valuesSubset } from './index.ts';

const settings = { currency: { code: 'EUR', digits: 2 } };
const field = (type: FieldType, more: Partial<Field> = {}): Field => ({
  id: permanentId('f_test'),
  no: 1,
  name: 'it',
  type,
  required: true,
  unique: false,
  sensitive: false,
  ...more,
});
/* An outside validator, so that a witness is not judged by the code that found it. Formats it does not know are not looked at. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const outside = (of: Field): ((json: Json) => boolean) => {
  const validate = ajv.compile(fieldSchema(of, settings, 'write'));
  return (json) => validate(json) === true;
};

const ordered = <Bound>(
  low: fc.Arbitrary<Bound | undefined>,
  order: (a: Bound, b: Bound) => boolean,
): fc.Arbitrary<{ min?: Bound; max?: Bound }> =>
  fc.tuple(low, low).map(([a, b]) => {
    const [min, max] = a !== undefined && b !== undefined && !order(a, b) ? [b, a] : [a, b];
    return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  });
const small = fc.option(fc.integer({ min: -5, max: 40 }), { nil: undefined });
const numbers = ordered(small, (a, b) => a <= b);
const lengths = ordered(fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }), (a, b) => a <= b);
const amounts = (scale: number): fc.Arbitrary<{ min?: string; max?: string }> =>
  ordered(
    small.map((value) => (value === undefined ? undefined : unscaled(value, scale))),
    (a, b) => Number(a) <= Number(b),
  );
const dates = ordered(
  fc.option(fc.constantFrom('2026-01-01', '2026-01-31', '2026-02-01', '2030-12-31'), { nil: undefined }),
  (a, b) => a <= b,
);
const choices = fc
  .subarray(['open', 'paid', '5', '12', '2026-01-31', 'a long choice of words'], { minLength: 1 })
  .map((names): FieldType => ({ kind: 'choice', choices: names.map((name, at) => ({ id: permanentId(`c_c${at}xx`), name })) }));
const scalar: fc.Arbitrary<FieldType> = fc.oneof(
  fc
    .tuple(lengths, fc.boolean())
    .map(([bounds, multiline]): FieldType => ({ kind: 'text', ...bounds, ...(multiline ? { multiline } : {}) })),
  numbers.map((bounds): FieldType => ({ kind: 'integer', ...bounds })),
  numbers.map((bounds): FieldType => ({ kind: 'duration', ...bounds })),
  fc.integer({ min: 0, max: 3 }).chain((scale) => amounts(scale).map((bounds): FieldType => ({ kind: 'decimal', scale, ...bounds }))),
  fc
    .integer({ min: 0, max: 3 })
    .chain((scale) => amounts(scale).map((bounds): FieldType => ({ kind: 'quantity', unit: 'kg', scale, ...bounds }))),
  amounts(2).map((bounds): FieldType => ({ kind: 'money', ...bounds })),
  dates.map((bounds): FieldType => ({ kind: 'date', ...bounds })),
  choices,
  fc.constantFrom<FieldType>(
    { kind: 'boolean' },
    { kind: 'instant' },
    { kind: 'email' },
    { kind: 'url' },
    { kind: 'json' },
    { kind: 'reference', to: permanentId('e_one') },
  ),
);
const fieldOf = (type: fc.Arbitrary<FieldType>): fc.Arbitrary<Field> =>
  fc.tuple(type, fc.boolean()).map(([of, required]) => field(of, { required }));

test('a no shows a value that the one takes and the other does not; a yes holds for every value tried; nothing plain is left undecided', () => {
  let undecided = 0;
  let all = 0;
  const seen = { yes: 0, no: 0, undecided: 0 };
  fc.assert(
    fc.property(fieldOf(scalar), fieldOf(scalar), fc.gen(), (a, b, gen) => {
      const found = fieldSubset(a, b, settings);
      all++;
      seen[found.decision]++;
      if (found.decision === 'no') {
        assert.ok(!isFieldError(fromJson(a, found.witness, settings)), 'the witness is a value of the one');
        assert.ok(isFieldError(fromJson(b, found.witness, settings)), 'the witness is no value of the other');
        assert.ok(outside(a)(found.witness), `an outside validator takes ${JSON.stringify(found.witness)}`);
        if (['integer', 'duration', 'boolean', 'choice', 'text'].includes(b.type.kind))
          assert.ok(!outside(b)(found.witness), `an outside validator refuses ${JSON.stringify(found.witness)}`);
      } else if (found.decision === 'yes') {
        for (let count = 0; count < 8; count++)
          assert.ok(
            !isFieldError(
              fromJson(
                b,
                gen(() => jsonArbitrary(a, { settings })),
                settings,
              ),
            ),
          );
      } else undecided++;
    }),
    { numRuns: 1_500 },
  );
  assert.ok(seen.yes > 50 && seen.no > 500, JSON.stringify(seen));
  assert.ok(undecided <= all * 0.002, `${undecided} of ${all} undecided`);
});

test('a field is within itself, and within what is wider', () => {
  fc.assert(fc.property(fieldOf(scalar), (a) => fieldSubset(a, a, settings).decision === 'yes'));
  const yes = (a: FieldType, b: FieldType): void => assert.equal(fieldSubset(field(a), field(b), settings).decision, 'yes');
  const no = (a: FieldType, b: FieldType, witness: Json): void =>
    assert.deepEqual(fieldSubset(field(a), field(b), settings), { decision: 'no', witness });
  yes({ kind: 'integer', min: 1, max: 5 }, { kind: 'integer', min: 0 });
  no({ kind: 'integer', min: 0 }, { kind: 'integer', min: 1 }, 0);
  yes({ kind: 'decimal', scale: 1 }, { kind: 'text' });
  no({ kind: 'money', min: '0.00' }, { kind: 'money', min: '0.01' }, { amount: '0.00', currency: 'EUR' });
  no({ kind: 'decimal', scale: 2, min: '0.00', max: '1.00' }, { kind: 'decimal', scale: 1 }, '0.01');
  assert.equal(fieldSubset(field({ kind: 'boolean' }, { required: false }), field({ kind: 'boolean' }), settings).decision, 'no');
});

test('bodies: a member that is new and required, gone, or narrower is shown by a whole body', () => {
  const name = field({ kind: 'text' }, { name: 'name' });
  const count = field({ kind: 'integer', min: 0 }, { name: 'count', required: false });
  const lines = (quantity: FieldType): Field =>
    field(
      { kind: 'list', item: 'line', itemId: permanentId('e_line'), fields: [field(quantity, { name: 'quantity' })] },
      { name: 'lines', required: false },
    );
  const cases: readonly (readonly [readonly Field[], readonly Field[]])[] = [
    [[name], [name, { ...count, required: true }]],
    [[name, count], [name]],
    [
      [name, count],
      [name, { ...count, type: { kind: 'integer', min: 1 } }],
    ],
    [
      [name, count],
      [name, { ...count, derived: { mode: 'live', formula: { node: 'today', type: { kind: 'date', optional: false } } } }],
    ],
    [[lines({ kind: 'integer' })], [lines({ kind: 'integer', max: 5 })]],
  ];
  for (const [a, b] of cases) {
    const found = valuesSubset(a, b, settings);
    assert.equal(found.decision, 'no');
    assert.ok(
      found.decision === 'no' &&
        !isFieldError(valuesFromJson(a, found.witness, settings, 'create')) &&
        isFieldError(valuesFromJson(b, found.witness, settings, 'create')),
    );
    assert.equal(
      valuesSubset(
        b.filter((each) => each.derived === undefined),
        b,
        settings,
      ).decision,
      'yes',
    );
  }
  assert.equal(valuesSubset([name], [name, count], settings).decision, 'yes');
  assert.equal(valuesSubset([name], [name, { ...count, required: true, default: { literal: 1 } }], settings).decision, 'yes');
});

test('what a field takes, its JSON Schema takes in the eyes of an outside validator', () => {
  fc.assert(
    fc.property(fieldOf(scalar), fc.gen(), (a, gen) => {
      const takes = outside(a);
      for (let count = 0; count < 5; count++) assert.ok(takes(gen(() => jsonArbitrary(a, { settings }))));
      for (const edge of edgesOf(a, settings)) assert.ok(takes(edge), JSON.stringify(edge).slice(0, 80));
    }),
    { numRuns: 300 },
  );
});

test('constants of the sources come up among generated values', () => {
  const amount = field({ kind: 'money' });
  const drawn = fc.sample(jsonArbitrary(amount, { settings, constants: ['500.00'] }), 300).map((json) => JSON.stringify(json));
  for (const wanted of ['499.99', '500.00', '500.01'])
    assert.ok(
      drawn.some((text) => text.includes(`"${wanted}"`)),
      wanted,
    );
});
