import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { changeId, digest, instant, type KernelEvent } from '#kernel';
import { chainStart, checkChain, countersign } from './signatures.ts';

const keys = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
};
const own = keys();
const source = digest(`sha256:${'a'.repeat(64)}`);
const base = { at: instant(1), by: 'machine' };
const events: readonly KernelEvent[] = [
  { ...base, kind: 'installed', generation: source, activation: 1 },
  { ...base, kind: 'struck', component: 'operation/pay', source, why: 'its host died with it while it ran alone' },
  { ...base, kind: 'quarantined', component: 'operation/pay', source, why: '1 strike' },
  { ...base, kind: 'rolled-back', generation: source, activation: 2, changes: [changeId('c1')] },
  { ...base, kind: 'released', component: 'operation/pay', source },
];

test('a log that was written is read, in one piece or in several', () => {
  const logged = countersign(chainStart, events, own.privateKey);
  const end = checkChain(chainStart, logged, own.publicKey);
  assert.equal(end.seq, events.length);
  assert.deepEqual(checkChain(checkChain(chainStart, logged.slice(0, 2), own.publicKey), logged.slice(2), own.publicKey), end);
});

test('an entry that is altered, left out, moved or signed by another key is seen, also one of a strike', () => {
  const logged = countersign(chainStart, events, own.privateKey);
  const [first, struck, held, ...rest] = logged;
  assert.ok(first !== undefined && struck !== undefined && held !== undefined);
  const stranger = countersign(chainStart, events, keys().privateKey);
  const tampered = [
    [first, { ...struck, event: { ...struck.event, why: 'nothing' } as KernelEvent }, held, ...rest],
    [first, held, ...rest],
    [first, held, struck, ...rest],
    [first, struck, { ...held, signature: struck.signature }, ...rest],
    [first, struck, { ...held, digest: struck.digest }, ...rest],
    [first, { ...struck, seq: 3 }],
    stranger,
  ];
  for (const log of tampered) assert.throws(() => checkChain(chainStart, log, own.publicKey), { code: 'tampered' });
});
