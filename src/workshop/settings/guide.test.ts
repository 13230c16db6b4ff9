/** The sentences of the guide are read as they stand there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings } from '#model';
import type { SystemModel } from '#model';
import { readWish } from './read-wish.ts';
import type { KnownPoint } from './wish.ts';

const text = readFileSync(new URL('../../../docs/guides/decisions.md', import.meta.url), 'utf8');
const sentences = /## Settings by asking\n+```\n([\s\S]*?)```/.exec(text)?.[1]?.trim().split('\n') ?? [];
const settings = readSettings(readFileSync(new URL('../../../systems/shop/theseus.json', import.meta.url), 'utf8'));
const model: SystemModel = { settings, entities: [], rules: [], workflows: [], operations: [], views: [], reactions: [], jobs: [] };
const points: readonly KnownPoint[] = [
  {
    component: 'operation/allocateStock',
    name: 'order',
    chosen: 'first-come',
    what: 'Shares the stock out among reservations.',
    strategies: [
      { name: 'first-come', meaning: 'The reservation that was asked for first is served first.' },
      { name: 'largest-first', meaning: 'The reservation of the largest quantity is served first.' },
    ],
  },
];

test('every sentence of the guide is read wholly', () => {
  assert.ok(sentences.length >= 10);
  for (const sentence of sentences) {
    const wish = readWish(sentence, model, points);
    assert.ok(wish.kind === 'wish' && wish.sure, `${sentence}: ${JSON.stringify(wish)}`);
  }
});
