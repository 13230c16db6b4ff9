/** A host that lies: what a call believes of it, frame by frame. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Json, type Refusal } from '#kernel';
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
