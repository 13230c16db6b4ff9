/** Who sees and changes which rows: what people say, the plain sentence that it means, what is asked, and what is refused with which words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from './interpret.ts';
import { shopModel } from './shop-model.ts';

const model = shopModel();
const OWNED = 'Orders have an owner, the caller who created them. ';
const understood: readonly (readonly [request: string, plain: string])[] = [
  ['Viewers should only see invoices of gold customers.', 'Viewers may only see invoices of gold customers.'],
  ['A viewer may see only the invoices of gold customers.', 'Viewers may only see invoices of gold customers.'],
  ['Please let viewers see only unpaid invoices.', 'Viewers may only see unpaid invoices.'],
  ['Viewers see only unpaid invoices.', 'Viewers may only see unpaid invoices.'],
  ['Clerks can only edit open orders.', 'Clerks may only change open orders.'],
  ['Clerks and managers may change only orders over 50.', 'Managers and clerks may only change orders over 50.'],
  ['Clerks may see all orders, but may only change open ones.', 'Clerks may see all orders but change only open orders.'],
  ['Orders have an owner, by default the id of the caller.', 'Orders have an owner, the caller who created them.'],
  [`${OWNED}Clerks see only the orders that they created.`, `${OWNED}Clerks may only see their own orders.`],
  [`${OWNED}A clerk sees only their own orders.`, `${OWNED}Clerks may only see orders whose owner is their id.`],
  [`${OWNED}Clerks may not see orders of others.`, `${OWNED}Clerks may only see their own orders.`],
  [`${OWNED}Clerks must not see orders that are not theirs.`, `${OWNED}Clerks may only see their own orders.`],
  [`${OWNED}Clerks may not change orders of other people.`, `${OWNED}Clerks may only change their own orders.`],
  [
    `${OWNED}Clerks can see all orders but can only edit those that they created.`,
    `${OWNED}Clerks may see all orders but change only their own.`,
  ],
  [`${OWNED}Clerks may only see their own open orders.`, `${OWNED}Clerks may only see open orders whose owner is their id.`],
  ['Everybody can see all orders again.', 'Everyone may see all orders.'],
  ['Let viewers see all invoices again.', 'Viewers may see all invoices.'],
];
const asked: readonly (readonly [request: string, options: readonly string[]])[] = [
  [
    'Clerks see only their own orders.',
    ["Add a text called owner by default the caller's id to orders. Clerks may only see orders whose owner is their id."],
  ],
  [
    'Add a text called login to customers. Clerks may only see their own orders.',
    [
      "Add a text called login to customers. Clerks may only see orders whose customer's login is their id.",
      "Add a text called login to customers. Clerks may only see orders whose customer's login is their name.",
    ],
  ],
  ['Clerks may see orders of gold customers.', ['Clerks may only see orders of gold customers.', 'Clerks may see all orders.']],
];
const refused: readonly (readonly [request: string, why: RegExp])[] = [
  ['A customer sees only their own orders.', /"customer" is a thing, and no role of those who call: owner, manager, clerk and viewer/],
  ['Clerks may only see cheap orders.', /"cheap"/],
  ['Clerks may only see orders whose placed on is their id.', /no text/],
  ['Clerks may only see orders whose category is their id.', /no category/],
  ['Viewers may only change open orders.', /may not write at all/],
  ['Viewers may only see unpaid invoices. Viewers may only see invoices over 500.', /says already which invoices/],
  ['Clerks may only not see open orders.', /not understood/],
  ['Clerks may only see some orders.', /"some"/],
  ['Clerks may not see the credit limit of customers.', /not understood/],
  ['Viewers may not see orders.', /not understood/],
];
const said = (request: string): string => {
  const meant = interpret(request, model);
  if (meant.kind === 'understood') return meant.steps.map((step) => step.echo).join(' ');
  return meant.kind === 'nothing-to-do' ? meant.echo.join(' ') : `${meant.kind}: ${meant.why}`;
};
for (const [request, plain] of understood)
  test(`"${request}" means "${plain}"`, () => {
    assert.doesNotMatch(said(plain), /^(refused|question)/);
    assert.equal(said(request), said(plain));
  });
for (const [request, options] of asked)
  test(`"${request}" is asked back in sentences that are understood`, () => {
    const meant = interpret(request, model);
    assert.deepEqual(meant.kind === 'question' ? meant.options.map((option) => option.sentence) : meant, options);
    for (const option of options) assert.doesNotMatch(said(option), /^(refused|question)/);
  });
for (const [request, why] of refused)
  test(`"${request}" is refused with its reason`, () => {
    const meant = interpret(request, model);
    assert.ok(meant.kind === 'refused', JSON.stringify(meant));
    assert.match(meant.why, why);
  });
test('what is not limited is open already, and a limit said again is nothing to do', () => {
  assert.equal(interpret('Everyone may see all orders again.', model).kind, 'nothing-to-do');
  const limited = interpret('Viewers may only see unpaid invoices.', model);
  assert.ok(limited.kind === 'understood');
  assert.equal(interpret('A viewer may only see unpaid invoices.', limited.model).kind, 'nothing-to-do');
  const opened = interpret('Viewers may see all invoices again.', limited.model);
  assert.ok(opened.kind === 'understood' && opened.model.rules.every((rule) => rule.form !== 'access'));
});
test('of two roles that are held alike one is let go, and the other stays held', () => {
  const limited = interpret('Clerks and viewers may only see unpaid invoices.', model);
  assert.ok(limited.kind === 'understood');
  const one = interpret('Clerks may see all invoices.', limited.model);
  assert.ok(one.kind === 'understood');
  assert.deepEqual(
    one.model.rules.flatMap((rule) => (rule.form === 'access' ? [rule.roles] : [])),
    [['viewer']],
  );
});
