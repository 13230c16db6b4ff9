/** Workflows: what people say, the plain sentence that it means, what is asked, and what is refused with which reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowContract } from '#kernel';
import { interpret } from './interpret.ts';
import { shopModel } from './shop-model.ts';

const model = shopModel();
const WAY = 'An order goes from open to paid to shipped or cancelled. ';
const understood: readonly (readonly [request: string, plain: string])[] = [
  ['An order goes from open to paid, and from paid to shipped or cancelled.', WAY],
  ['Orders go from open to paid, then to shipped or cancelled.', WAY],
  ['An order is first open, then paid, then shipped or cancelled.', WAY],
  ['The status of an order goes from open to paid to either shipped or cancelled.', WAY],
  ['A product goes through planned, active and retired.', 'A product goes from planned to active, and from active to retired.'],
  [`${WAY}Only a manager can ship orders.`, `${WAY}Only managers may ship an order.`],
  [`${WAY}An order may only be shipped by managers.`, `${WAY}Only managers may ship an order.`],
  [`${WAY}Only managers may ship paid orders.`, `${WAY}Only managers may move an order from paid to shipped.`],
  [
    `${WAY}Orders can only be shipped once their total is over 100.`.replace('their', 'its'),
    `${WAY}An order can only be shipped when its total is over 100.`,
  ],
  [`${WAY}Open orders are cancelled after 2 weeks.`, `${WAY}An order that has been open for 14 days is cancelled.`],
  [`${WAY}After 14 days, an open order is cancelled.`, `${WAY}An order that has been open for 14 days is cancelled.`],
  [
    `${WAY}An order is automatically cancelled when it has been open for 14 days.`,
    `${WAY}An order that has been open for 14 days is cancelled.`,
  ],
  [`${WAY}An order cannot be cancelled after it was shipped.`, `${WAY}An order can never be cancelled after it was shipped.`],
  [`${WAY}Add a step from shipped to returned to orders.`, `${WAY}An order can also go from shipped to returned.`],
  [`${WAY}Remove the step from paid to cancelled of orders.`, `${WAY}An order can no longer go from paid to cancelled.`],
  [`${WAY}An order can be cancelled while it is open.`, `${WAY}An order can also go from open to cancelled.`],
];
const refused: readonly (readonly [request: string, why: RegExp])[] = [
  ['An order goes from draft to open to shipped or cancelled.', /can also be paid, and this does not say where that stands/],
  ['An order goes from open to open.', /leads nowhere/],
  ['An order goes from open or paid to shipped, and from paid to cancelled.', /the one state in which it begins/],
  ['An order can also go from open to on hold.', /has no workflow. Say first which way it goes/],
  ['An order that has been open for 30 days is cancelled.', /has no workflow/],
  ['An order can never be cancelled after it was shipped.', /has no workflow/],
  [`${WAY}An order can no longer go from shipped to cancelled.`, /No step of an order leads from shipped to cancelled/],
  [`${WAY}Only managers may move an order from open to shipped.`, /No step of an order leads from open to shipped/],
  [
    `${WAY}An order goes from open to shipped to paid to cancelled.`,
    /goes otherwise: from open to paid, from paid to shipped and from paid to cancelled/,
  ],
  [`${WAY}An order can be shipped when its total is over 100.`, /said with "only"/],
  ['An order goes roughly from open to paid.', /"roughly"/],
  [`${WAY}The status of an order can also be returned.`, /goes by a workflow: say from where it becomes returned/],
  ['An order can be cancelled while it is open. An order goes from open to paid to shipped.', /can also be cancelled/],
  [
    'An order can be cancelled while it is open; then its lines go back to stock. An order goes from open to paid to shipped or cancelled.',
    /The operation cancel order takes orders from open to cancelled, and no step would lead there/,
  ],
];
const said = (request: string): string => {
  const meant = interpret(request, model);
  if (meant.kind === 'understood') return meant.steps.map((step) => step.echo).join(' ');
  return `${meant.kind}: ${'why' in meant ? meant.why : ''}`;
};
for (const [request, plain] of understood)
  test(`"${request}" means "${plain}"`, () => {
    assert.doesNotMatch(said(plain), /^(refused|question|nothing)/);
    assert.equal(said(request), said(plain));
  });
for (const [request, why] of refused)
  test(`"${request}" is refused with its reason`, () => {
    const meant = interpret(request, model);
    assert.ok(meant.kind === 'refused', JSON.stringify(meant));
    assert.match(meant.why, why);
  });

const workflowOf = (request: string): WorkflowContract => {
  const meant = interpret(request, model);
  assert.ok(meant.kind === 'understood', said(request));
  const [workflow] = meant.model.workflows;
  assert.ok(workflow);
  return workflow;
};
test('a role that is said of one step of several parts it from them', () => {
  const whole = workflowOf(
    'An order goes from open to paid, and from open or paid to cancelled, and from paid to shipped. Only managers may move an order from paid to cancelled.',
  );
  assert.deepEqual(
    whole.transitions.map(({ name, from, to, roles }) => [name, from, to, roles]),
    [
      ['pay', ['c_oopen'], 'c_opaid', []],
      ['cancel', ['c_oopen'], 'c_ocanc', []],
      ['cancel', ['c_opaid'], 'c_ocanc', ['manager']],
      ['ship', ['c_opaid'], 'c_oship', []],
    ],
  );
  assert.deepEqual(whole.ends, ['c_oship', 'c_ocanc']);
});
test('what is asked of a step twice is asked of it together, and said so', () => {
  const { transitions } = workflowOf(
    `${WAY}An order can only be shipped when its total is over 100. An order can only be shipped when its placed on is given.`,
  );
  const ship = transitions.find(({ name }) => name === 'ship');
  assert.equal(ship?.when?.node === 'binary' && ship.when.op, 'and');
  assert.equal(
    ship?.message,
    'An order can only be shipped when its total is over 100 EUR. An order can only be shipped when its placed on is given.',
  );
});
test('a time that is said again is another time for the same step', () => {
  const { transitions } = workflowOf(
    `${WAY}An order that has been open for 30 days is cancelled. An order that has been open for 2 hours is cancelled.`,
  );
  assert.deepEqual(
    transitions.flatMap(({ after }) => after ?? []),
    [{ count: 2, unit: 'hours' }],
  );
});
test('an entity in which nothing is chosen gets a status, and begins in its first state', () => {
  const meant = interpret('A product goes from planned to active to "phased out".', model);
  assert.ok(meant.kind === 'understood');
  const product = meant.model.entities.find(({ name }) => name === 'product');
  const status = product?.fields.find(({ name }) => name === 'status');
  assert.deepEqual(status?.type.kind === 'choice' && status.type.choices.map(({ name }) => name), ['planned', 'active', 'phased out']);
  assert.equal(meant.model.workflows[0]?.starts, status?.type.kind === 'choice' ? status.type.choices[0]?.id : undefined);
});
test('a workflow that is said again is nothing to do, and can be taken away', () => {
  const first = interpret(WAY, model);
  assert.ok(first.kind === 'understood');
  assert.equal(interpret(WAY, first.model).kind, 'nothing-to-do');
  const gone = interpret('Orders no longer have a workflow.', first.model);
  assert.ok(gone.kind === 'understood' && gone.model.workflows.length === 0);
});
