import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideFiles, guideText, tryGuide } from './guide-system.ts';

test('the system of the guide reads, passes the type checker, and does what its examples say', async () => {
  const files = guideFiles(guideText('access.md'));
  assert.equal(Object.keys(files).length, 9);
  const own = {
    name: 'an operation calls another, and asks nothing outside in a trial',
    steps: [
      { call: 'welcome', as: 'cy', with: { name: 'Cy' }, then: { name: 'Cy' } },
      { call: 'grantCredit', on: 'cy', by: 'clerk', with: { amount: '5.00' }, then: { refused: 'unavailable' } },
      { call: 'grantCredit', on: 'cy', by: 'customer', with: { amount: '5.00' }, then: { refused: 'forbidden' } },
    ],
  };
  assert.equal(await tryGuide(files, [own]), 2);
});
