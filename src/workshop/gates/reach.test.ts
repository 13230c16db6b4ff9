import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import { generationOfReading, type SystemReading } from '#model';
import { shopFiles } from '../../../test/gates/engines.ts';
import type { GateInput } from './gate.ts';
import { alteredBy, sliceOf } from './reach.ts';

const job = `/**
 * Tea each Monday.
 *
 * why: they like it
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_tea',
  name: 'mondayTea',
  schedule: { cron: '0 6 * * 1', catchUp: 'last' },
  capabilities: { call: ['placeOrder'] },
  async run({ call }) {
    await call('placeOrder', { with: { customer: 'x', lines: [] } });
  },
});
`;
const reader = parserProcess();
after(() => reader.close());
const files = { ...shopFiles, 'jobs/monday-tea.ts': job };
const reading = (await reader.read(files)) as unknown as SystemReading;
assert.ok(reading.ok, JSON.stringify(reading));
const input: GateInput = { files, reading, generation: generationOfReading(files, reading) };

test('what runs a body has the operations that it calls, and the rows of these', () => {
  const { model } = sliceOf(input, ['job/mondayTea']);
  assert.deepEqual(
    model.operations.map(({ name }) => name),
    ['placeOrder'],
  );
  assert.deepEqual(model.entities.map(({ name }) => name).toSorted(), ['customer', 'order', 'product']);
});
test('whoever calls an operation is altered by it', () => assert.ok(alteredBy(['operation/placeOrder'], [input]).has('job/mondayTea')));
