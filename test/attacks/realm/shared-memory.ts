/**
 * Tries: shared memory and Atomics: a clock finer than any, and a way to stop the thread.
 * Must: there is none, also not by growing a buffer.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const find of [() => SharedArrayBuffer, () => Atomics, () => globalThis.SharedArrayBuffer]) try { if (find() !== undefined) take('shared memory'); } catch {}
const buffer = new ArrayBuffer(8, { maxByteLength: 64 });
if (Object.prototype.toString.call(buffer) !== '[object ArrayBuffer]') take('a shared buffer');`,
};
