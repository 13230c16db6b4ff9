import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deepestChain } from '#kernel';
import { guideFiles, guideText, tryGuide } from './guide-system.ts';

const guide = guideText('reactions-and-jobs.md');

test('the system of the guide reads, passes the type checker, and does what its examples say', async () => {
  const files = guideFiles(guide);
  assert.equal(Object.keys(files).length, 6);
  assert.equal(await tryGuide(files), 4);
});

test('the numbers of the guide are those that hold', async () => {
  const { unaskedDefaults } = await import('#model');
  const { attempts, firstMs, mostMs } = unaskedDefaults.retries;
  assert.match(
    guide,
    new RegExp(
      `\`retries.firstMs\` \\(${firstMs / 1_000} s\\).*\`mostMs\` \\(${mostMs / 60_000} min\\).*\`attempts\` \\(${attempts}\\)`,
      's',
    ),
  );
  const { runs, wallMs } = unaskedDefaults.hourly;
  assert.match(guide, new RegExp(`\`hourly.runs\` \\(${runs.toLocaleString('en')}\\) and \`hourly.wallMs\` \\(${wallMs / 60_000} min`));
  assert.match(guide, new RegExp(`end after ${deepestChain}, as a dead letter`));
});
