/** What is proved holds for rows that nobody chose; what is refuted is refuted by the running code; what cannot be decided is unknown. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z3Solver } from '#adapters/z3-solver';
import { type EntityContract, type Expression, type Field, type FieldType, type PermanentId, permanentId, type ValueType } from '#kernel';
import type { Solver } from '#ports';
import type { Claim, Question } from '#rules/smt';
import { type Answer, prove as proveWithin, type ProveOptions } from './prove.ts';

const solver = z3Solver({ threads: 1 });
after(() => solver.close());
await solver.warm();

/** What is shown here must not hang on how busy the machine is. */
const prove = (question: Question, by: Solver, options: ProveOptions = {}): Promise<Answer> =>
  proveWithin(question, by, { milliseconds: 30_000, ...options });

const field = (id: string, name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  id: permanentId(id),
  no: 1,
  name,
  type,
  required: true,
  unique: false,
  sensitive: false,
  ...more,
});
const orderId = permanentId('e_ord');
const linesId = permanentId('e_lin');
const truth: ValueType = { kind: 'boolean', optional: false };
const plain: ValueType = { kind: 'number', scale: 0, money: false, optional: false };
const row: Expression = { node: 'input', name: 'row', type: { kind: 'row', of: orderId, optional: false } };
const read = (name: string, type: ValueType = plain, of: Expression = row): Expression => ({
  node: 'field',
  of,
  field: name,
  id: permanentId(`f_${name}`),
  type,
});
const int = (value: number): Expression => ({ node: 'constant', type: plain, value });
type Operator = Extract<Expression, { node: 'binary' }>['op'];
const compare = (op: Operator, left: Expression, right: Expression): Expression => ({ node: 'binary', op, left, right, type: truth });
const reckon = (op: Operator, left: Expression, right: Expression): Expression => ({ node: 'binary', op, left, right, type: plain });
const line: Expression = { node: 'input', name: 'line', type: { kind: 'row', of: linesId, optional: false } };
const lines = read('lines', { kind: 'list', of: linesId, optional: false });
const sum = (value: Expression, where?: Expression): Expression => ({
  node: 'aggregate',
  op: 'sum',
  over: lines,
  item: 'line',
  value,
  ...(where === undefined ? {} : { where }),
  type: plain,
});
const quantity = read('quantity', plain, line);
const weight = read('weight', plain, line);

const order: EntityContract = {
  kind: 'entity',
  id: orderId,
  name: 'order',
  plural: 'orders',
  title: 'amount',
  retired: [],
  invariants: [],
  fields: [
    field('f_amount', 'amount', { kind: 'integer', min: 0, max: 100_000 }),
    field('f_rate', 'rate', { kind: 'integer', min: 0, max: 100 }),
    field('f_day', 'day', { kind: 'date' }),
    field(
      'f_lines',
      'lines',
      {
        kind: 'list',
        item: 'line',
        itemId: linesId,
        fields: [
          field('f_quantity', 'quantity', { kind: 'integer', min: 1, max: 99 }),
          field('f_weight', 'weight', { kind: 'integer', min: 0, max: 999 }),
        ],
      },
      { required: false },
    ),
  ],
};
const question = (claim: Claim, given: readonly Expression[] = [], about: PermanentId = orderId): Question => ({
  system: { entities: [order], currencyDigits: 2, mostItems: 1_000 },
  about,
  given,
  claim,
});
const holds = (of: Expression): Claim => ({ kind: 'holds', of });

test('a product of two unknown numbers is within its bounds: proved; just beyond: refuted by a row', async () => {
  const share: Expression = {
    node: 'divide',
    left: reckon('multiply', read('amount'), read('rate')),
    right: int(100),
    scale: 0,
    rounding: 'half-up',
    type: plain,
  };
  assert.equal((await prove(question(holds(compare('lessOrEqual', share, read('amount')))), solver)).verdict, 'proved');
  const refuted = await prove(question(holds(compare('less', share, read('amount')))), solver);
  assert.equal(refuted.verdict, 'refuted');
  assert.ok(refuted.witness !== undefined && 'amount' in refuted.witness);
});

test('sums over lists of any length are compared by what one item adds', async () => {
  const some = sum(weight, compare('greater', quantity, int(5)));
  const answer = await prove(question(holds(compare('lessOrEqual', some, sum(weight)))), solver);
  assert.deepEqual([answer.verdict, answer.upTo], ['proved', undefined], answer.why ?? '');
  assert.equal((await prove(question(holds(compare('lessOrEqual', sum(weight), some))), solver)).verdict, 'refuted');
});

test('the smallest is part of a sum, and an average lies between the smallest and the largest: for lists of any length', async () => {
  const of = (op: 'smallest' | 'largest' | 'average', value: Expression, where?: Expression): Expression => ({
    node: 'aggregate',
    op,
    over: lines,
    item: 'line',
    value,
    ...(where === undefined ? {} : { where }),
    ...(op === 'average' ? { rounding: 'half-up' as const } : {}),
    type: { ...plain, optional: true },
  });
  const otherwise = (value: Expression): Expression =>
    value.type.kind === 'number' && value.type.optional ? { node: 'coalesce', of: value, otherwise: int(0), type: plain } : value;
  const answered = async (op: Operator, left: Expression, right: Expression): Promise<readonly unknown[]> => {
    const { verdict, upTo } = await prove(question(holds(compare(op, otherwise(left), otherwise(right)))), solver);
    return [verdict, upTo];
  };
  const heavy = compare('greater', weight, int(5));
  for (const where of [undefined, heavy]) {
    assert.deepEqual(await answered('lessOrEqual', of('smallest', quantity, where), sum(quantity, where)), ['proved', undefined]);
    assert.deepEqual(await answered('lessOrEqual', of('largest', quantity, where), sum(quantity)), ['proved', undefined]);
    assert.deepEqual(await answered('lessOrEqual', of('average', quantity, where), of('largest', quantity, where)), ['proved', undefined]);
    assert.deepEqual(await answered('lessOrEqual', of('smallest', quantity, where), of('average', quantity, where)), ['proved', undefined]);
  }
  assert.deepEqual(await answered('lessOrEqual', of('largest', quantity), sum(quantity, heavy)), ['refuted', undefined]);
  assert.deepEqual(await answered('less', of('average', quantity), of('largest', quantity)), ['refuted', undefined]);
  assert.deepEqual(await answered('lessOrEqual', of('average', quantity), of('largest', quantity, heavy)), ['refuted', undefined]);
});

test('what only hand counting shows is not called proved: it says up to how many items', async () => {
  // The square of a sum of whole numbers from 1 on is at least the sum of their squares; no single item shows it.
  const total = sum(quantity);
  const squares = sum(reckon('multiply', quantity, quantity));
  const answer = await prove(question(holds(compare('lessOrEqual', squares, reckon('multiply', total, total)))), solver, {
    milliseconds: 2_000,
  });
  assert.equal(answer.verdict, 'unknown');
});

test('premises that contradict each other prove nothing', async () => {
  const given = [compare('greater', read('amount'), int(10)), compare('less', read('amount'), int(5))];
  const answer = await prove(question(holds(compare('equal', read('rate'), int(7))), given), solver);
  assert.deepEqual([answer.verdict, answer.empty], ['unknown', true], answer.why ?? '');
  const possible = await prove(question({ kind: 'possible' }, given), solver);
  assert.deepEqual([possible.verdict, possible.empty], ['refuted', true]);
});

test('a row that is rare is found by the solver, and shown only since the running code agrees', async () => {
  const needle = compare('notEqual', reckon('add', reckon('multiply', read('amount'), int(3)), read('rate')), int(271_834));
  const answer = await prove(question(holds(needle)), solver, { points: 20 });
  assert.equal(answer.verdict, 'refuted');
  const { amount, rate } = answer.witness as { readonly amount: number; readonly rate: number };
  assert.equal(amount * 3 + rate, 271_834);
});

test('of two rows, the one with more: monotone is proved or refuted by both rows', async () => {
  const fee: Expression = {
    node: 'condition',
    when: compare('greater', read('amount'), int(1_000)),
    then: int(5),
    otherwise: { node: 'divide', left: read('amount'), right: int(100), scale: 0, rounding: 'down', type: plain },
    type: plain,
  };
  const upTo10 = reckon('smaller', fee, int(4));
  const claim = (of: Expression): Claim => ({ kind: 'monotone', of, in: permanentId('f_amount'), direction: 'up' });
  assert.equal((await prove(question(claim(upTo10)), solver)).verdict, 'proved');
  const refuted = await prove(question(claim(fee)), solver);
  assert.equal(refuted.verdict, 'refuted');
  assert.ok('the other row' in (refuted.witness ?? {}));
});

test('a solver that hangs, dies, or says nothing of use leaves it unknown', async () => {
  const claim = question(holds(compare('lessOrEqual', reckon('multiply', read('amount'), read('rate')), int(10_000_000))));
  const silent: Solver = { ...solver, solve: async () => ({ verdict: 'unknown', why: 'the solver died' }) };
  const answer = await prove(claim, silent);
  assert.equal(answer.verdict, 'unknown');
  assert.match(answer.why ?? '', /the solver died.*; tried: \d+ rows that were made up, [23] questions to the solver$/);
  // A model that the running code does not bear out is no refutation.
  const lying: Solver = { ...solver, solve: async () => ({ verdict: 'sat', model: '' }) };
  assert.equal((await prove(claim, lying)).verdict, 'unknown');
});

test('an input that nobody described is refused with the reason', async () => {
  const answer = await prove(question(holds({ node: 'input', name: 'caller', type: truth })), solver);
  assert.equal(answer.verdict, 'unknown');
  assert.match(answer.why ?? '', /caller, of which nothing is known/);
});

test('what is too hard for its limit is unknown, and says what was tried', async () => {
  // Sums of cubes: nobody decides that in a moment.
  const cube = (of: Expression): Expression => reckon('multiply', of, reckon('multiply', of, of));
  const [x, y, z] = [read('amount'), read('rate'), read('day', { kind: 'date', optional: false })];
  const days: Expression = {
    node: 'daysBetween',
    left: z,
    right: { node: 'constant', type: { kind: 'date', optional: false }, value: 0 },
    type: plain,
  };
  const fermat = compare(
    'or',
    compare('notEqual', reckon('add', cube(reckon('add', x, int(2))), cube(reckon('add', y, int(2)))), cube(days)),
    compare('less', days, int(2)),
  );
  const answer = await prove(question(holds(fermat)), solver, { milliseconds: 300 });
  assert.equal(answer.verdict, 'unknown');
  assert.match(answer.why ?? '', /; tried: \d+ rows that were made up, \d+ questions? to the solver/);
});

test('a formula that is too large, or nested too deep, is unknown at once, and says how large', async () => {
  let wide = [compare('less', read('amount'), int(1))];
  for (let at = 0; at < 40_000; at++)
    wide.push(compare('notEqual', reckon('multiply', read('amount'), int(at)), reckon('add', read('rate'), int(3 * at + 1))));
  while (wide.length > 1)
    wide = wide.flatMap((each, at) =>
      at % 2 === 1 ? [] : [wide[at + 1] === undefined ? each : compare('or', each, wide[at + 1] ?? each)],
    );
  const large = await prove(question(holds(wide[0] ?? compare('less', int(0), int(1)))), solver);
  assert.deepEqual(
    [large.verdict, large.why],
    ['unknown', 'The formula is too large to be proved: written out it has more than 60000 parts.'],
  );
  let deep = read('amount');
  for (let at = 0; at < 500; at++) deep = reckon('add', deep, int(at));
  const nested = await prove(question(holds(compare('less', deep, int(0)))), solver);
  assert.deepEqual([nested.verdict, nested.why], ['unknown', 'The formula is nested too deep to be proved: more than 400 times.']);
});
