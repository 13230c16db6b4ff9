import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideFiles, guideText, tryGuide } from './guide-system.ts';

test('the system of the guide reads, passes the type checker, and does what its examples say', async () => {
  const files = guideFiles(guideText('workflows.md'));
  assert.deepEqual(Object.keys(files), ['theseus.json', 'entities/order.ts', 'workflows/order.ts', 'workflows/order.test.ts']);
  assert.equal(await tryGuide(files), 4);
});
