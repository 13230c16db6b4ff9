/**
 * Sentences of all families, drawn by seed and asked one after the other: each change is written, and passes all gates, with
 * every example of the changes before it. No earlier example of ours stands in the way of a later change that makes sense.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { GeneratorContext } from '#ports';
import { sentencesGenerator } from '#sentences';
import { type Workbench, openWorkbench, told } from './engines.ts';

/** Each makes sense on the sample system, alone and after most others. */
const families: readonly (readonly string[])[] = [
  [
    'Track suppliers with a name, an email and a rating from 1 to 5',
    'Track deliveries with a number, an order and lines with product and quantity',
  ],
  [
    'The stock of a product is 2 by default',
    'The credit limit of a customer is 1,000 by default',
    'The credit limit of a customer is at least 1,000',
    'The quantity of an order line is at least 2',
    'The unit price of an order line is at most 80',
    'The total of an invoice is at least 100',
    'The email of a customer is required',
    'The category of a product is unique',
    'Remove the email from customers',
    'Rename the lines of orders to items',
    'Rename the stock of products to "quantity in stock"',
    'The tier of a customer can no longer be silver',
    'The status of an order can also be returned',
  ],
  [
    'Products have a stock value, the stock times the price',
    'The balance of a customer is the sum of the total of their orders',
    'The available credit of a customer is the credit limit minus the sum of the total of their open orders',
    'The item count of an order is the sum of the quantity of its lines',
    'Add a due date to invoices, 30 days after the issue date',
    'A product is scarce when its stock is below 5',
  ],
  [
    'An order cannot be over 3,200',
    'Orders of at least 550 get 17% off',
    'Gold customers get 10% off orders over 500',
    'Orders get 2% off',
    'Orders over 1,000 need approval by an owner',
    'Orders of standard customers need approval by a manager',
    'An order must have at least one line',
    'The total of an invoice cannot be over the total of its order',
    'Open orders of standard customers cannot be over 2,900',
  ],
  [
    'An order can be cancelled while it is open; then its lines go back to stock',
    'Only a manager can cancel an order while it is open or paid',
    'An order can be paid while it is open',
    'An order can be shipped once it is paid',
  ],
  [
    'When an invoice is paid, mark its order as paid',
    'When the stock of a product falls below 10, set its category to "reorder"',
    'When an order is shipped, create an invoice for it with its id as number, today as issue date and its total as total',
    'When a new order over 500 is created, set its placed on to today',
    'Every morning at 6, cancel open orders older than 30 days',
    'On the first of each month, set the credit limit of gold customers to 5,000',
  ],
  [
    'Viewers may only see invoices of gold customers',
    'Orders have an owner, the caller who created them. Clerks may only see their own orders',
    'Clerks may see all orders but change only open ones',
    'Everyone may see all orders again',
  ],
  [
    'Show unpaid invoices by customer with their total, largest first',
    'Show orders over 1,000 with customer and total, largest total first',
    'Show products whose stock is below 5 with sku and stock',
    'Show the five largest orders with customer and total',
  ],
];
const chains = 40;
const longest = 3;
const seed = 20261123;

let bench: Workbench;
before(async () => {
  bench = await openWorkbench();
});
after(async () => {
  await bench.close();
});

/** Asks for one change on the sources; `undefined` where it is no change there. */
async function asked(
  files: { readonly [path: string]: string },
  sentence: string,
  change: string,
): Promise<{ readonly [path: string]: string } | undefined> {
  const base = await bench.input(files);
  const context: GeneratorContext = { reading: base.reading as never, sources: files, count: async () => 0, change, today: '2026-11-23' };
  const understood = await sentencesGenerator.understand(sentence, context);
  if (understood.kind !== 'understood') return undefined;
  const generated = await sentencesGenerator.generate(understood.plan, context);
  assert.ok('files' in generated);
  const result = await bench.run(generated.files, understood.scope, base);
  assert.ok(result.passed, told(result));
  return result.candidate?.files as { readonly [path: string]: string };
}

const pairs: readonly (readonly [first: string, second: string])[] = [
  ['Products have a stock value, the stock times the price', 'The stock of a product is 2 by default'],
  ['An order cannot be over 3,200', 'Orders of at least 550 get 17% off'],
  ['The email of a customer is unique', 'Remove the email from customers'],
  ['Add a required minimum stock by default 5 to products', 'Remove the minimum stock from products'],
  ['Orders have a required urgency low or high, low by default', 'The urgency of an order is not required'],
  ['The email of a customer is required', 'The email of a customer is not required'],
  ['Orders over 1,000 need approval by an owner', 'An order can be paid while it is open'],
  ['The balance of a customer is the sum of the total of their orders', 'Orders get 2% off'],
  ['Orders have an owner, the caller who created them. Clerks may change only their own orders', 'Rename the owner of orders to keeper'],
  ['Orders over 500 need approval by a clerk', 'Clerks may only see orders of gold customers'],
  ['Viewers may only see unpaid invoices', 'Viewers may see all invoices again'],
  ['When an invoice is paid, mark its order as paid', 'Rename the paid of invoices to settled'],
  ['When the stock of a product falls below 10, set its category to "reorder"', 'Rename the stock of products to "quantity in stock"'],
  ['Every morning at 6, cancel open orders older than 30 days', 'Run the job cancel open orders every Monday at 7'],
  ['Every morning at 6, cancel open orders older than 30 days', 'Rename the status of orders to state'],
  ['An order can be shipped while it is paid', 'When an invoice is paid, ship its order'],
  [
    'An order can be cancelled while it is open; then its lines go back to stock',
    'Every morning at 6, cancel open orders older than 30 days',
  ],
];
test('a further discount after all that the first one made was renamed', async () => {
  let files: { readonly [path: string]: string } | undefined = bench.base.files;
  for (const [index, sentence] of [
    'Gold customers get 10% off orders over 500',
    'Rename the subtotal of orders to "sum before discount"',
    'Rename the discount of orders to rebate',
    'Rename the total of orders to amount',
    'Customers get 5% off orders over 1,000',
  ].entries()) {
    files = await asked(files, sentence, `ch_${index}`);
    assert.ok(files !== undefined, sentence);
  }
});
for (const [first, second] of pairs) {
  test(`"${first}", then "${second}"`, async () => {
    const files = await asked(bench.base.files, first, 'ch_1');
    assert.ok(files !== undefined && (await asked(files, second, 'ch_2')) !== undefined);
  });
}

test(`${chains} chains of up to ${longest} changes, drawn by seed`, async () => {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let made = 0;
  for (let chain = 0; chain < chains; chain += 1) {
    let files: { readonly [path: string]: string } = bench.base.files;
    const said: string[] = [];
    for (let step = 0; step < longest; step += 1) {
      const family = families[next(families.length)] ?? [];
      const sentence = family[next(family.length)] ?? '';
      said.push(sentence);
      try {
        const changed = await asked(files, sentence, `ch_${step}`);
        if (changed === undefined) said.pop();
        else {
          files = changed;
          made += 1;
        }
      } catch (cause) {
        throw new Error(`${said.join(' | ')}`, { cause });
      }
    }
  }
  assert.ok(made > chains * 2, `only ${made} changes were made`);
});
