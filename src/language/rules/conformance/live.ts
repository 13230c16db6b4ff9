/** Live fields of the specimen system: the rows that a rule sees have them, the tables do not; SQL computes them in place. */
import type { Expression } from '#kernel';
import { evaluate } from '../evaluate.ts';
import type { SpecimenRow, SpecimenRows } from './rows.ts';
import { contextOf } from './rows.ts';
import { orderId, parseSource, specimenNames } from './specimens.ts';

const sources: { readonly [field: string]: string } = {
  shipping: `(order) => {
    const subtotal = sum(order.lines, (line) => line.quantity * line.unitPrice);
    const most = largest(order.lines.filter((line) => line.unitPrice < subtotal), (line) => line.unitPrice) ?? money('1.00');
    return order.customer.tier === 'gold' && subtotal > money('5.00') ? percentOf(subtotal, 10) : min(most, subtotal);
  }`,
  rate: '(order) => order.placedOn === undefined ? undefined : 0.5 * daysBetween(order.placedOn, order.dueOn)',
};

export const liveFormulas: ReadonlyMap<string, Expression> = new Map(
  Object.entries(sources).map(([name, source]) => {
    const field = specimenNames.members(orderId).find((member) => member.name === name);
    if (field?.kind !== 'field') throw new Error(`the specimen system has no ${name}`);
    const parsed = parseSource(source, { expected: field.type });
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    return [field.id, parsed.expression];
  }),
);

const withOrders = (rows: SpecimenRows, change: (order: SpecimenRow) => SpecimenRow): SpecimenRows => ({
  ...rows,
  [orderId]: (rows[orderId] ?? []).map(change),
});

/** The rows with their live fields computed. */
export function computed(rows: SpecimenRows, today: number): SpecimenRows {
  const context = contextOf(rows, today);
  return withOrders(rows, (order) => ({
    ...order,
    ...Object.fromEntries(
      Object.keys(sources).map((name) => {
        const id = specimenNames.members(orderId).find((member) => member.name === name);
        const formula = id?.kind === 'field' ? liveFormulas.get(id.id) : undefined;
        return [name, formula === undefined ? null : evaluate(formula, { row: order }, context)];
      }),
    ),
  }));
}

/** What the tables hold of them: nothing. */
export const stripped = (rows: SpecimenRows): SpecimenRows =>
  withOrders(rows, (order) => ({ ...order, ...Object.fromEntries(Object.keys(sources).map((name) => [name, null])) }));
