/**
 * What a generation means, written down independently of how the product reads sentences: which kinds of things there are,
 * with which fields, rules, actions and views. The judge knows nothing else. Immutable: a change makes a new meaning.
 */
export type Value = string | number | boolean | null | readonly LineValue[];
/** A line of an order; money in minor units. */
export interface LineValue {
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

/** A row as one connection knows it: values by the field's key, which outlives names and generations. */
export interface StoredRow {
  readonly id: string;
  readonly thing: string;
  readonly version: number;
  readonly values: { readonly [key: string]: Value };
  /** Discount rule -> what it had taken off when the order ceased to be open. */
  readonly kept: { readonly [rule: string]: number };
  /** Approval rule -> the amount that was approved. */
  readonly approved: { readonly [rule: string]: number };
}
/** What a formula may look at: values of this row and the rows of the same connection, as this generation shows them. */
export interface Sight {
  value(row: StoredRow, field: string): Value;
  rows(thing: string): readonly StoredRow[];
  row(id: Value): StoredRow | undefined;
}
export type FieldKind = 'text' | 'email' | 'money' | 'integer' | 'date' | 'boolean' | 'choice' | 'reference' | 'lines';
export interface FieldMeaning {
  readonly key: string;
  readonly kind: FieldKind;
  readonly to?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly least?: number;
  readonly most?: number;
  /** What a new row gets that does not name the field. */
  readonly fallback?: Value;
  /** Read-only: what it shows. */
  readonly derived?: (row: StoredRow, sight: Sight) => Value;
}
export interface ThingMeaning {
  readonly plural: string;
  readonly fields: { readonly [name: string]: FieldMeaning };
}
export interface Discount {
  readonly key: string;
  readonly tier?: string;
  readonly percent: number;
  readonly from: number;
  readonly strict: boolean;
}
export interface ActionMeaning {
  readonly from: string;
  readonly to: string;
  readonly restock: boolean;
}
export interface ViewMeaning {
  readonly thing: string;
  readonly where: (row: StoredRow, sight: Sight) => boolean;
  /** One line a row, or one a group: what the own rows must give. `owner`: the column that tells whose line it is. */
  readonly lines: (rows: readonly StoredRow[], sight: Sight) => readonly { readonly [column: string]: unknown }[];
  readonly owner: string;
  readonly order?: { readonly column: string; readonly descending: boolean };
}
export interface Meaning {
  readonly things: { readonly [name: string]: ThingMeaning };
  readonly discount?: Discount;
  readonly approval?: { readonly key: string; readonly from: number; readonly strict: boolean };
  /** The total that an order may have at most. */
  readonly orderLimit?: number;
  /** The quantity that an order line may have at most. */
  readonly lineMost?: number;
  readonly actions: { readonly [name: string]: ActionMeaning };
  readonly views: { readonly [path: string]: ViewMeaning };
}

const plain = (key: string, kind: FieldKind, more: Partial<FieldMeaning> = {}): FieldMeaning => ({ key, kind, ...more });
export const linesOf = (row: StoredRow): readonly LineValue[] => {
  const lines = row.values['order.lines'];
  return Array.isArray(lines) ? (lines as readonly LineValue[]) : [];
};
export const sumOfLines = (row: StoredRow): number => linesOf(row).reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);

/** The sample system, as its description says. */
export const shop: Meaning = {
  things: {
    customer: {
      plural: 'customers',
      fields: {
        name: plain('customer.name', 'text', { required: true }),
        email: plain('customer.email', 'email'),
        tier: plain('customer.tier', 'choice', { choices: ['standard', 'silver', 'gold'], fallback: 'standard' }),
        creditLimit: plain('customer.creditLimit', 'money'),
      },
    },
    product: {
      plural: 'products',
      fields: {
        sku: plain('product.sku', 'text', { required: true, unique: true }),
        name: plain('product.name', 'text', { required: true }),
        category: plain('product.category', 'text'),
        price: plain('product.price', 'money', { required: true, least: 0 }),
        stock: plain('product.stock', 'integer', { least: 0, fallback: 0 }),
      },
    },
    order: {
      plural: 'orders',
      fields: {
        customer: plain('order.customer', 'reference', { to: 'customer', required: true }),
        placedOn: plain('order.placedOn', 'date'),
        status: plain('order.status', 'choice', { choices: ['open', 'paid', 'shipped', 'cancelled'], fallback: 'open' }),
        lines: plain('order.lines', 'lines'),
        total: plain('order.total', 'money', { derived: sumOfLines }),
      },
    },
    invoice: {
      plural: 'invoices',
      fields: {
        order: plain('invoice.order', 'reference', { to: 'order', required: true }),
        number: plain('invoice.number', 'text', { required: true, unique: true }),
        issueDate: plain('invoice.issueDate', 'date', { required: true }),
        total: plain('invoice.total', 'money', { required: true }),
        paid: plain('invoice.paid', 'boolean', { fallback: false }),
      },
    },
  },
  actions: {},
  views: {},
};

export function withField(meaning: Meaning, thing: string, name: string, field: FieldMeaning | null): Meaning {
  const before = meaning.things[thing];
  if (before === undefined) throw new Error(`there is no ${thing}`);
  const { [name]: _, ...others } = before.fields;
  return {
    ...meaning,
    things: { ...meaning.things, [thing]: { ...before, fields: field === null ? others : { ...before.fields, [name]: field } } },
  };
}

/** Percent of an amount in minor units, half up. */
export const percentOf = (amount: number, percent: number): number => Math.floor((amount * percent + 50) / 100);

/** What a discount rule takes off an order that is open. */
export function discountNow(rule: Discount, row: StoredRow, sight: Sight): number {
  const customer = sight.row(row.values['order.customer'] ?? null);
  const subtotal = sumOfLines(row);
  const reached = rule.strict ? subtotal > rule.from : subtotal >= rule.from;
  const tier = customer === undefined ? null : sight.value(customer, 'tier');
  return reached && (rule.tier === undefined || tier === rule.tier) ? percentOf(subtotal, rule.percent) : 0;
}
export function withDiscount(meaning: Meaning, rule: Discount): Meaning {
  const discount = (row: StoredRow, sight: Sight): number =>
    row.values['order.status'] === 'open' ? discountNow(rule, row, sight) : (row.kept[rule.key] ?? 0);
  const subtotal = withField(
    { ...meaning, discount: rule },
    'order',
    'subtotal',
    plain('order.subtotal', 'money', { derived: sumOfLines }),
  );
  const less = withField(subtotal, 'order', 'discount', plain(`${rule.key}.discount`, 'money', { derived: discount }));
  return withField(
    less,
    'order',
    'total',
    plain('order.total', 'money', { derived: (row, sight) => sumOfLines(row) - discount(row, sight) }),
  );
}

/** The rows of one connection as a generation shows them. */
export function sightOf(meaning: Meaning, world: ReadonlyMap<string, StoredRow>): Sight {
  const sight: Sight = {
    value: (row, name) => {
      const field = meaning.things[row.thing]?.fields[name];
      if (field === undefined) return null;
      if (field.derived !== undefined) return field.derived(row, sight);
      const value = row.values[field.key] ?? null;
      return field.kind === 'choice' && typeof value === 'string' && field.choices?.includes(value) !== true ? null : value;
    },
    rows: (thing) => [...world.values()].filter((row) => row.thing === thing),
    row: (id) => (typeof id === 'string' ? world.get(id) : undefined),
  };
  return sight;
}
