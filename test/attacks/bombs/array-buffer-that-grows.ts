/**
 * Tries: one buffer that grows in place: no new object is ever made.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const buffer = new ArrayBuffer(1, { maxByteLength: 2 ** 31 });
for (let size = 2 ** 20; ; size += 2 ** 20) { buffer.resize(Math.min(size, 2 ** 31)); new Uint8Array(buffer).fill(1); }`,
  ends: /^component-failed|^died alone/,
};
