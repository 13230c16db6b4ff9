/** Generated rows of the specimen system with the values that matter, and what a rule asks of them. */
import type { PermanentId } from '#kernel';
import { permanentId } from '#kernel';
import fc from 'fast-check';
import { customerId, orderId, productId, specimenNames } from './specimens.ts';

const pick = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
export const trickyTexts: readonly string[] = ['', "it's", 'a\\b', "\\'; drop table x; --", '$1', 'ünï', 'x\ny', '"quoted"', '%', ' '];

/** Rows as rule values by field name, with `id`. */
export type SpecimenRow = { readonly id: string; readonly [field: string]: unknown };
export interface SpecimenRows {
  readonly [entity: string]: readonly SpecimenRow[];
}

const id = (kind: number, index: number): string => `00000000-0000-7000-800${kind}-${String(index).padStart(12, '0')}`;
const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(values, { nil: null, freq: 3 });
const amounts = fc.oneof(pick(0, 1, -1, 49, 50, 99, 100, 50000, 50001, -250), fc.integer({ min: -10000, max: 300000 }));
const days = fc.oneof(pick(20088, 20119, 19782, 0, -1, 20054, 20148), fc.integer({ min: 19000, max: 21000 }));
const choiceOf = (...names: readonly string[]): fc.Arbitrary<string> => pick(...names.map((name) => permanentId(`c_${name}`)));
const texting = fc.oneof(
  pick(...trickyTexts),
  fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
);

const customer = (index: number): fc.Arbitrary<SpecimenRow> =>
  fc.record({
    id: fc.constant(id(1, index)),
    name: texting,
    tier: maybe(choiceOf('standard', 'silver', 'gold')),
    creditLimit: maybe(amounts),
    since: days,
  });
const product = (index: number): fc.Arbitrary<SpecimenRow> =>
  fc.record({
    id: fc.constant(id(2, index)),
    price: amounts,
    stock: maybe(fc.integer({ min: -5, max: 500 })),
    maker: maybe(pick(0, 1, 2).map((at) => id(1, at))),
  });
const order = (index: number): fc.Arbitrary<SpecimenRow> =>
  fc.record({
    id: fc.constant(id(3, index)),
    customer: fc.nat(7).map((at) => id(1, at)),
    referrer: maybe(fc.nat(7).map((at) => id(1, at))),
    placedOn: maybe(days),
    dueOn: days,
    status: choiceOf('open', 'paid', 'shipped'),
    rate: maybe(fc.integer({ min: -2000, max: 2000 })),
    weight: fc.integer({ min: 0, max: 500 }),
    urgent: maybe(fc.boolean()),
    gift: fc.boolean(),
    note: maybe(texting),
    shipping: amounts,
    seenAt: maybe(fc.integer({ min: 0, max: 2_000_000_000_000 })),
    madeAt: fc.integer({ min: 0, max: 2_000_000_000_000 }),
    lines: fc
      .array(
        fc.record({
          product: fc.nat(5).map((at) => id(2, at)),
          quantity: fc.oneof(pick(0, 1, -1), fc.integer({ min: 0, max: 50 })),
          unitPrice: amounts,
          rebate: maybe(amounts),
        }),
        { maxLength: 4 },
      )
      .map((lines) => lines.map((line, at) => ({ id: id(4, index * 10 + at), ...line }))),
  });

/** Each value may be missing, of a required field too: rows that were written before it was required have none. */
const withHoles = (row: fc.Arbitrary<SpecimenRow>): fc.Arbitrary<SpecimenRow> =>
  fc.tuple(row, fc.infiniteStream(fc.integer({ min: 0, max: 4 }))).map(([whole, drawn]): SpecimenRow => {
    const holed = (at: SpecimenRow): SpecimenRow => ({
      ...Object.fromEntries(
        Object.entries(at).map(([name, value]) => [
          name,
          Array.isArray(value) ? (value as readonly SpecimenRow[]).map(holed) : name !== 'id' && drawn.next().value === 0 ? null : value,
        ]),
      ),
      id: at.id,
    });
    return holed(whole);
  });

export const specimenRows = (seed: number, holes = false): SpecimenRows => {
  const each = (make: (index: number) => fc.Arbitrary<SpecimenRow>, count: number): readonly SpecimenRow[] =>
    Array.from({ length: count }, (_, index) =>
      fc.sample(holes ? withHoles(make(index)) : make(index), { numRuns: 1, seed: seed + index * 31 }),
    ).flat();
  return { [customerId]: each(customer, 8), [productId]: each(product, 6), [orderId]: each(order, 30) };
};

/** The questions that a rule asks besides its inputs, over those rows. */
export const contextOf = (
  rows: SpecimenRows,
  today: number,
): {
  today: number;
  follow: (entity: PermanentId, id: string) => unknown;
  related: (entity: PermanentId, via: PermanentId, id: string) => readonly unknown[];
} => ({
  today,
  follow: (entity, wanted) => rows[entity]?.find((row) => row.id === wanted) ?? null,
  related: (entity, via, wanted) => {
    const name = specimenNames.members(entity).find((member) => member.kind === 'field' && member.id === via)?.name ?? '';
    return (rows[entity] ?? []).filter((row) => row[name] === wanted);
  },
});
