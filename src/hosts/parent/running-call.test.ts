/** A host that lies: what a call believes of it, frame by frame. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Json, refuse, type Refusal } from '#kernel';
import { runCall } from './running-call.ts';
import { callOf } from './specimens.ts';

function begin(
  perform: (capability: string, input: Json) => Promise<Json | Refusal> = async () => null,
  caps = { wallMs: 1_000, capabilityCalls: 3, rows: 10, bytes: 100 },
) {
  const sent: string[] = [];
  const { running, ended } = runCall(7, callOf('x', {}, { caps, perform }), performance.now() + 1_000, (frame) => sent.push(frame));
  return { sent, running, ended };
}
const code = async (ended: Promise<Json | object>): Promise<string> => {
  const value = await ended;
  return isRefusal(value) ? value.code : JSON.stringify(value);
};

test('a call ends once, and what comes afterwards is not heard', async () => {
  let performed = 0;
  const { running, ended } = begin(async () => {
    performed += 1;
    return null;
  });
  running.frame('result', {}, '1');
  running.frame('result', {}, '2');
  running.frame('failed', {}, '{"message":"late"}');
  running.frame('ask', { ask: 1, capability: 'order.create' }, '{}');
  running.hostGone('late', true);
  assert.equal(await ended, 1);
  assert.equal(performed, 0);
});

test('more asks than allowed, more text than allowed and a result over the cap fail the component', async () => {
  const many = begin();
  for (let ask = 1; ask < 10; ask += 1) many.running.frame('ask', { ask, capability: 'order.get' }, '1');
  assert.equal(await code(many.ended), 'component-failed');
  const heavy = begin();
  heavy.running.frame('ask', { ask: 1, capability: 'order.get' }, JSON.stringify('x'.repeat(200)));
  assert.equal(await code(heavy.ended), 'component-failed');
  for (const payload of [JSON.stringify('x'.repeat(200)), 'no json', '['.repeat(90) + ']'.repeat(90)]) {
    const { running, ended } = begin(async () => null, { wallMs: 1_000, capabilityCalls: 3, rows: 10, bytes: 190 });
    running.frame('result', {}, payload);
    assert.equal(await code(ended), 'component-failed', payload.slice(0, 20));
  }
});

test('a refusal is taken with a known code alone, and never as a value', async () => {
  for (const [payload, expected] of [
    ['{"code":"conflict","why":"no"}', 'conflict'],
    ['{"code":"toString","why":"no"}', 'component-failed'],
    ['{"code":"__proto__"}', 'component-failed'],
    ['[]', 'component-failed'],
    ['no json', 'component-failed'],
  ] as const) {
    const { running, ended } = begin();
    running.frame('refused', {}, payload);
    assert.equal(await code(ended), expected, payload);
  }
});

test('a result that looks like a refusal is the answer of a component, and is told apart from a refusal of ours', async () => {
  const { running, ended } = begin();
  running.frame('result', {}, '{"refused":true,"code":"conflict","why":"made up"}');
  assert.equal(await code(ended), 'component-failed');
});

test('a death and an end in the same moment: the first counts', async () => {
  const dead = begin();
  dead.running.hostGone('killed', true);
  dead.running.frame('result', {}, '1');
  await assert.rejects(dead.ended, { code: 'host-died' });
});

test('a call that is not let go at its deadline is told to be so only after it was asked', async () => {
  const { running, sent, ended } = begin();
  const late = performance.now() + 2_000;
  assert.equal(running.look(performance.now()), 'well');
  assert.deepEqual(sent, []);
  assert.equal(running.look(late), 'well');
  assert.deepEqual(sent, ['{"kind":"cancel","call":7}\n']);
  assert.equal(running.look(late + 200), 'well');
  assert.equal(running.look(late + 400), 'does not let go');
  running.frame('cancelled', {}, 'null');
  assert.equal(await code(ended), 'component-failed');
});

test('an ask that nobody waits for is not answered, and what comes behind it waits for its turn', async () => {
  const order: string[] = [];
  let free = (): void => {};
  const { sent, running, ended } = begin(async (capability) => {
    order.push(`${capability} begins`);
    if (capability === 'order.update') await new Promise<void>((resolve) => (free = resolve));
    order.push(`${capability} is done`);
    return { id: capability };
  });
  running.frame('ask', { ask: 1, capability: 'order.update', way: 'soon' }, '{}');
  running.frame('ask', { ask: 2, capability: 'order.create', way: 'ends' }, '{}');
  await Promise.resolve();
  free();
  assert.deepEqual(await ended, { id: 'order.create' });
  assert.deepEqual(order, ['order.update begins', 'order.update is done', 'order.create begins', 'order.create is done']);
  assert.deepEqual(sent, []);
});

test('once it is refused nothing behind it is done, and its refusal is the outcome whatever the component says', async () => {
  for (const then of [
    (call: ReturnType<typeof begin>['running']) => call.frame('result', {}, '1'),
    (call: ReturnType<typeof begin>['running']) => call.frame('refused', {}, '{"code":"conflict","why":"no"}'),
    (call: ReturnType<typeof begin>['running']) => call.frame('failed', {}, '{"message":"it broke"}'),
    (call: ReturnType<typeof begin>['running']) => call.frame('ask', { ask: 3, capability: 'order.delete', way: 'ends' }, '1'),
  ]) {
    const asked: string[] = [];
    const { running, ended } = begin(async (capability) => {
      asked.push(capability);
      return capability === 'order.update' ? refuse('invalid', 'The quantity is too small.') : null;
    });
    running.frame('ask', { ask: 1, capability: 'order.update', way: 'soon' }, '{}');
    running.frame('ask', { ask: 2, capability: 'fetch', way: 'soon' }, '{}');
    then(running);
    assert.equal(await code(ended), 'invalid');
    assert.deepEqual(asked, ['order.update']);
  }
});

test('nothing is heard behind an ask that is the last, and its answer is held to the caps of a result', async () => {
  const asked: string[] = [];
  const last = begin(async (capability) => {
    asked.push(capability);
    return 'the answer';
  });
  last.running.frame('ask', { ask: 1, capability: 'order.get', way: 'ends' }, '1');
  last.running.frame('ask', { ask: 2, capability: 'order.create' }, '{}');
  assert.equal(await last.ended, 'the answer');
  assert.deepEqual(asked, ['order.get']);
  const heavy = begin(async () => 'x'.repeat(200));
  heavy.running.frame('ask', { ask: 1, capability: 'order.get', way: 'ends' }, '1');
  assert.equal(await code(heavy.ended), 'component-failed');
  const refused = begin(async () => refuse('not-found', 'There is none.'));
  refused.running.frame('ask', { ask: 1, capability: 'order.get', way: 'ends' }, '1');
  assert.equal(await code(refused.ended), 'not-found');
});

test('of a call that is over with a no, nothing that still waits for its turn is done', async () => {
  const asked: string[] = [];
  let free = (): void => {};
  const { running, ended } = begin(async (capability) => {
    asked.push(capability);
    await new Promise<void>((resolve) => (free = resolve));
    return null;
  });
  running.frame('ask', { ask: 1, capability: 'order.update', way: 'soon' }, '{}');
  running.frame('ask', { ask: 2, capability: 'order.create', way: 'soon' }, '{}');
  running.frame('cancelled', {}, 'null');
  free();
  assert.equal(await code(ended), 'deadline');
  assert.deepEqual(asked, ['order.update']);
});
