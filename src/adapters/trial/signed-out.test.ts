import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse, type Json, type Refusal } from '#kernel';
import type { NamedRow } from './example-values.ts';
import { noteSigning } from './signed-out.ts';

const asked = (capability: string, input: Json, answer: Json | Refusal = null): Parameters<typeof noteSigning>[0] =>
  [{ asks: [{ capability, input, answer }] }] as unknown as Parameters<typeof noteSigning>[0];

test('whose tokens a call ended is signed out under every name, until a call gives a token', () => {
  const named = new Map<string, NamedRow>([
    ['ada', { entity: 'person', id: 'p1' }],
    ['writer', { entity: 'person', id: 'p1' }],
    ['bob', { entity: 'person', id: 'p2' }],
  ]);
  const out = (): readonly string[] => [...named].filter(([, { signedOut }]) => signedOut === true).map(([name]) => name);
  noteSigning(asked('data.person.get', 'p1'), named);
  noteSigning(asked('identity.endTokens', 'p2', refuse('forbidden', 'no')), named);
  assert.deepEqual(out(), []);
  noteSigning(asked('identity.endTokens', 'p1'), named);
  assert.deepEqual(out(), ['ada', 'writer']);
  noteSigning(asked('identity.issueToken', 'p1', 'token:1'), named);
  assert.deepEqual(out(), []);
});
