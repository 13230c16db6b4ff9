/** Comments, texts and characters made to mislead a reader, a reviewer or a model. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import { attackReaders, operationText, sightingsOf } from './harness/readings.ts';

await attackReaders('misleading');

test('control: an operation that truly holds more is read, and what it holds is seen', async () => {
  const reader = parserProcess();
  const seen = await sightingsOf(reader, { text: operationText('return null;', '', `{ order: ['delete'] }`), must: 'refused' });
  assert.match(seen.join('\n'), /it was read\nit holds .*delete/);
  await reader.close();
});
