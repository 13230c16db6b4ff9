/**
 * Changes to ask for, drawn by seed, each with the effect that it must have on the meaning. The effects are stated from the
 * description of the families, never taken from what the product understood. A draw is always possible on the meaning given.
 */
import {
  type FieldKind,
  type FieldMeaning,
  linesOf,
  type Meaning,
  type StoredRow,
  type Value,
  withDiscount,
  withField,
} from './meaning.ts';

export interface DrawnChange {
  readonly family: string;
  readonly sentence: string;
  readonly then: Meaning;
}
type Random = () => number;
type Draw = (meaning: Meaning, random: Random, key: string) => DrawnChange | null;

const pick = <Item>(items: readonly Item[], random: Random): Item | undefined => items[Math.floor(random() * items.length)];
const shopThings = ['customer', 'product', 'order', 'invoice'] as const;
const newFields: readonly { readonly words: string; readonly name: string; readonly kind: FieldKind }[] = [
  { words: 'a phone', name: 'phone', kind: 'text' },
  { words: 'an address', name: 'address', kind: 'text' },
  { words: 'a note', name: 'note', kind: 'text' },
  { words: 'a comment', name: 'comment', kind: 'text' },
  { words: 'a delivery date', name: 'deliveryDate', kind: 'date' },
  { words: 'a birth date', name: 'birthDate', kind: 'date' },
  { words: 'a fee', name: 'fee', kind: 'money' },
  { words: 'a budget', name: 'budget', kind: 'money' },
  { words: 'an age', name: 'age', kind: 'integer' },
  { words: 'a description', name: 'description', kind: 'text' },
];
const newThings: readonly { readonly name: string; readonly plural: string }[] = [
  'supplier',
  'warehouse',
  'project',
  'employee',
  'vehicle',
  'contract',
  'campaign',
  'carrier',
  'department',
  'machine',
  'meeting',
  'branch',
].map((name) => ({ name, plural: name === 'branch' ? 'branches' : `${name}s` }));
const thingFields: readonly { readonly words: string; readonly name: string; readonly field: Omit<FieldMeaning, 'key'> }[] = [
  { words: 'an email', name: 'email', field: { kind: 'email' } },
  { words: 'a phone', name: 'phone', field: { kind: 'text' } },
  { words: 'a city', name: 'city', field: { kind: 'text' } },
  { words: 'a budget', name: 'budget', field: { kind: 'money' } },
  { words: 'a start date', name: 'startDate', field: { kind: 'date' } },
  { words: 'a customer', name: 'customer', field: { kind: 'reference', to: 'customer' } },
  { words: 'a rating from 1 to 5', name: 'rating', field: { kind: 'integer', least: 1, most: 5 } },
  {
    words: 'a state planned, running or done',
    name: 'state',
    field: { kind: 'choice', choices: ['planned', 'running', 'done'], fallback: 'planned' },
  },
];

/** "1,500" for 150000 minor units. */
const amount = (minor: number): string => Math.round(minor / 100).toLocaleString('en-US');
const dayAfter = (value: Value, days: number): Value =>
  typeof value === 'string' ? new Date(Date.parse(`${value}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) : null;
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const number = (value: Value): number => (typeof value === 'number' ? value : 0);
/** Fields that a change of this bench added, with no formula: these may be renamed and removed. */
const addedFields = (meaning: Meaning): readonly (readonly [string, string, FieldMeaning])[] =>
  shopThings.flatMap((thing) =>
    Object.entries(meaning.things[thing]?.fields ?? {}).flatMap(([name, field]) =>
      field.key.startsWith('+') && field.derived === undefined ? [[thing, name, field] as const] : [],
    ),
  );
const spoken = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const derived =
  (family: string, thing: string, name: string, sentence: string, field: FieldMeaning): Draw =>
  (meaning) =>
    meaning.things[thing]?.fields[name] === undefined ? { family, sentence, then: withField(meaning, thing, name, field) } : null;

const families: { readonly [family: string]: readonly Draw[] } = {
  things: [
    (meaning, random, key) => {
      const thing = pick(
        newThings.filter(({ name }) => meaning.things[name] === undefined),
        random,
      );
      if (thing === undefined) return null;
      const chosen = thingFields.filter(() => random() < 0.4).slice(0, 4);
      const fields = {
        name: { key: `${key}.name`, kind: 'text', required: true },
        ...Object.fromEntries(chosen.map(({ name, field }) => [name, { key: `${key}.${name}`, ...field }])),
      } as const;
      return {
        family: 'things',
        sentence: `Track ${thing.plural} with ${listed(['a name', ...chosen.map(({ words }) => words)])}`,
        then: { ...meaning, things: { ...meaning.things, [thing.name]: { plural: thing.plural, fields } } },
      };
    },
    (meaning, random) => {
      const thing =
        random() < 0.3
          ? pick(
              newThings.filter(({ name }) => meaning.things[name] !== undefined),
              random,
            )
          : undefined;
      if (thing === undefined) return null;
      const { [thing.name]: _, ...things } = meaning.things;
      return { family: 'things', sentence: `Stop tracking ${thing.plural}`, then: { ...meaning, things } };
    },
  ],
  fields: [
    (meaning, random, key) => {
      const thing = pick(shopThings, random) ?? 'customer';
      const field = pick(
        newFields.filter(({ name }) => meaning.things[thing]?.fields[name] === undefined),
        random,
      );
      if (field === undefined) return null;
      return {
        family: 'fields',
        sentence: `Add ${field.words} to ${thing}s`,
        then: withField(meaning, thing, field.name, { key: `+${key}.${field.name}`, kind: field.kind }),
      };
    },
    (meaning, random) => {
      const [thing, name, field] =
        pick(
          addedFields(meaning).filter(([of, name]) => name === 'phone' && meaning.things[of]?.fields['mobile'] === undefined),
          random,
        ) ?? [];
      if (thing === undefined || name === undefined || field === undefined) return null;
      return {
        family: 'fields',
        sentence: `Rename the phone of ${thing}s to mobile`,
        then: withField(withField(meaning, thing, name, null), thing, 'mobile', field),
      };
    },
    (meaning, random) => {
      const [thing, name] = pick(addedFields(meaning), random) ?? [];
      if (thing === undefined || name === undefined) return null;
      return { family: 'fields', sentence: `Remove the ${spoken(name)} from ${thing}s`, then: withField(meaning, thing, name, null) };
    },
    (meaning, random) => {
      const most = 20 + Math.floor(random() * 60);
      return meaning.lineMost === undefined
        ? { family: 'fields', sentence: `The quantity of an order line is at most ${most}`, then: { ...meaning, lineMost: most } }
        : null;
    },
    (meaning, random) => {
      const stock = meaning.things['product']?.fields['stock'];
      const most = 2_000 + Math.floor(random() * 30) * 100;
      return stock === undefined || stock.most !== undefined
        ? null
        : {
            family: 'fields',
            sentence: `The stock of a product cannot be above ${most.toLocaleString('en-US')}`,
            then: withField(meaning, 'product', 'stock', { ...stock, most }),
          };
    },
    (meaning, random) => {
      const stock = meaning.things['product']?.fields['stock'];
      const fallback = 1 + Math.floor(random() * 9);
      return stock === undefined || stock.fallback === fallback
        ? null
        : {
            family: 'fields',
            sentence: `The stock of a product is ${fallback} by default`,
            then: withField(meaning, 'product', 'stock', { ...stock, fallback }),
          };
    },
    (meaning) => {
      const email = meaning.things['customer']?.fields['email'];
      return email === undefined || email.required === true
        ? null
        : {
            family: 'fields',
            sentence: 'Customers must have an email',
            then: withField(meaning, 'customer', 'email', { ...email, required: true }),
          };
    },
    (meaning) => {
      const tier = meaning.things['customer']?.fields['tier'];
      return tier?.choices === undefined || tier.choices.includes('platinum')
        ? null
        : {
            family: 'fields',
            sentence: 'The tier of a customer can also be platinum',
            then: withField(meaning, 'customer', 'tier', { ...tier, choices: [...tier.choices, 'platinum'] }),
          };
    },
  ],
  derived: [
    (meaning, random, key) => {
      const days = 5 + Math.floor(random() * 40);
      return derived('derived', 'invoice', 'dueDate', `Add a due date to invoices, ${days} days after the issue date`, {
        key: `${key}.dueDate`,
        kind: 'date',
        derived: (row, sight) => dayAfter(sight.value(row, 'issueDate'), days),
      })(meaning, random, key);
    },
    (meaning, random, key) =>
      derived(
        'derived',
        'customer',
        'balance',
        'The balance of a customer is the credit limit minus the sum of the total of their open orders',
        {
          key: `${key}.balance`,
          kind: 'money',
          derived: (row, sight) =>
            number(sight.value(row, 'creditLimit')) -
            ordersOf(row, sight)
              .filter((order) => sight.value(order, 'status') === 'open')
              .reduce((sum, order) => sum + number(sight.value(order, 'total')), 0),
        },
      )(meaning, random, key),
    (meaning, random, key) =>
      derived('derived', 'customer', 'orderCount', 'The order count of a customer is the number of their orders', {
        key: `${key}.orderCount`,
        kind: 'integer',
        derived: (row, sight) => ordersOf(row, sight).length,
      })(meaning, random, key),
    (meaning, random, key) =>
      derived('derived', 'customer', 'highestTotal', 'The highest total of a customer is the largest total of their orders', {
        key: `${key}.highestTotal`,
        kind: 'money',
        derived: (row, sight) =>
          ordersOf(row, sight).reduce<Value>(
            (most, order) =>
              most === null || number(sight.value(order, 'total')) > number(most) ? number(sight.value(order, 'total')) : most,
            null,
          ),
      })(meaning, random, key),
    (meaning, random, key) =>
      derived('derived', 'order', 'itemCount', 'The item count of an order is the sum of the quantity of its lines', {
        key: `${key}.itemCount`,
        kind: 'integer',
        derived: (row) => linesOf(row).reduce((sum, line) => sum + line.quantity, 0),
      })(meaning, random, key),
    (meaning, random, key) =>
      derived('derived', 'product', 'stockValue', 'Products have a stock value, the stock times the price', {
        key: `${key}.stockValue`,
        kind: 'money',
        derived: (row, sight) => number(sight.value(row, 'stock')) * number(sight.value(row, 'price')),
      })(meaning, random, key),
  ],
  rules: [
    (meaning, random, key) => {
      if (meaning.discount !== undefined) return null;
      const tier = pick(['gold', 'silver'], random) ?? 'gold';
      const percent = 3 + Math.floor(random() * 20);
      const from = (1 + Math.floor(random() * 20)) * 5_000;
      return {
        family: 'rules',
        sentence: `${tier === 'gold' ? 'Gold' : 'Silver'} customers get ${percent}% off orders over ${amount(from)}`,
        then: withDiscount(meaning, { key, tier, percent, from, strict: true }),
      };
    },
    (meaning, random, key) => {
      if (meaning.discount !== undefined) return null;
      const percent = 3 + Math.floor(random() * 20);
      const from = (1 + Math.floor(random() * 20)) * 5_000;
      return {
        family: 'rules',
        sentence: `Orders of at least ${amount(from)} get ${percent}% off`,
        then: withDiscount(meaning, { key, percent, from, strict: false }),
      };
    },
    (meaning, random, key) => {
      const from = 100_000 + Math.floor(random() * 10) * 20_000;
      return meaning.approval === undefined
        ? {
            family: 'rules',
            sentence: `Orders over ${amount(from)} need approval by a manager`,
            then: { ...meaning, approval: { key, from, strict: true } },
          }
        : null;
    },
    (meaning, random) => {
      const orderLimit = 300_000 + Math.floor(random() * 10) * 20_000;
      return meaning.orderLimit === undefined
        ? { family: 'rules', sentence: `An order cannot be over ${amount(orderLimit)}`, then: { ...meaning, orderLimit } }
        : null;
    },
  ],
  actions: [
    (meaning) =>
      meaning.actions['cancel'] === undefined
        ? {
            family: 'actions',
            sentence: 'An order can be cancelled while it is open; then its lines go back to stock',
            then: { ...meaning, actions: { ...meaning.actions, cancel: { from: 'open', to: 'cancelled', restock: true } } },
          }
        : null,
    (meaning) =>
      meaning.actions['ship'] === undefined
        ? {
            family: 'actions',
            sentence: 'An order can be shipped while it is paid',
            then: { ...meaning, actions: { ...meaning.actions, ship: { from: 'paid', to: 'shipped', restock: false } } },
          }
        : null,
  ],
  views: [
    (meaning) =>
      meaning.views['unpaid-invoices-by-customer'] === undefined
        ? {
            family: 'views',
            sentence: 'Show unpaid invoices by customer with their total, largest first',
            then: {
              ...meaning,
              views: {
                ...meaning.views,
                'unpaid-invoices-by-customer': {
                  thing: 'invoice',
                  where: (row, sight) => sight.value(row, 'paid') !== true,
                  lines: byCustomer,
                  owner: 'customer',
                  order: { column: 'total', descending: true },
                },
              },
            },
          }
        : null,
    (meaning, random) => {
      const status = pick(
        (['open', 'paid', 'shipped'] as const).filter((name) => meaning.views[`${name}-orders`] === undefined),
        random,
      );
      if (status === undefined) return null;
      return {
        family: 'views',
        sentence: `Show ${status} orders with customer, placed on and total, newest first`,
        then: {
          ...meaning,
          views: {
            ...meaning.views,
            [`${status}-orders`]: {
              thing: 'order',
              where: (row, sight) => sight.value(row, 'status') === status,
              lines: orderLines,
              owner: 'customer',
              order: { column: 'placedOn', descending: true },
            },
          },
        },
      };
    },
    (meaning, random) => {
      const tier = pick(
        (['gold', 'silver'] as const).filter((name) => meaning.views[`${name}-customers`] === undefined),
        random,
      );
      if (tier === undefined) return null;
      return {
        family: 'views',
        sentence: `Show ${tier} customers with name and email`,
        then: {
          ...meaning,
          views: {
            ...meaning.views,
            [`${tier}-customers`]: {
              thing: 'customer',
              where: (row, sight) => sight.value(row, 'tier') === tier,
              lines: (rows, sight) => rows.map((row) => ({ name: sight.value(row, 'name'), email: sight.value(row, 'email') })),
              owner: 'name',
            },
          },
        },
      };
    },
    (meaning, random) => {
      const path = random() < 0.3 ? pick(Object.keys(meaning.views), random) : undefined;
      if (path === undefined) return null;
      const { [path]: _, ...views } = meaning.views;
      return { family: 'views', sentence: `Stop showing ${path.replaceAll('-', ' ')}`, then: { ...meaning, views } };
    },
  ],
};
export const familyNames: readonly string[] = Object.keys(families);

/** `turn` walks the families, so that all six come; `key` is new for each change. */
export function drawChange(meaning: Meaning, random: Random, turn: number, key: string): DrawnChange {
  for (let step = 0; step < 100; step += 1) {
    const family = familyNames[(turn + Math.floor(step / 8)) % familyNames.length] ?? '';
    const drawn = pick(families[family] ?? [], random)?.(meaning, random, key) ?? null;
    if (drawn !== null) return drawn;
  }
  throw new Error('no change can be drawn any more');
}

function ordersOf(customer: StoredRow, sight: Parameters<NonNullable<FieldMeaning['derived']>>[1]): readonly StoredRow[] {
  return sight.rows('order').filter((order) => order.values['order.customer'] === customer.id);
}
const money = (minor: number): { readonly amount: string; readonly currency: string } => ({
  amount: (minor / 100).toFixed(2),
  currency: 'EUR',
});

const orderLines: Meaning['views'][string]['lines'] = (rows, sight) =>
  rows.map((row) => {
    const customer = sight.row(sight.value(row, 'customer'));
    return {
      customer: sight.value(row, 'customer'),
      customerName: customer === undefined ? null : sight.value(customer, 'name'),
      placedOn: sight.value(row, 'placedOn'),
      total: money(number(sight.value(row, 'total'))),
    };
  });
const byCustomer: Meaning['views'][string]['lines'] = (rows, sight) => {
  const groups = Map.groupBy(rows, (row) => sight.value(sight.row(sight.value(row, 'order')) ?? row, 'customer'));
  return [...groups].map(([id, own]) => {
    const customer = sight.row(id);
    return {
      customer: id,
      customerName: customer === undefined ? null : sight.value(customer, 'name'),
      count: own.length,
      total: money(own.reduce((sum, row) => sum + number(sight.value(row, 'total')), 0)),
    };
  });
};
