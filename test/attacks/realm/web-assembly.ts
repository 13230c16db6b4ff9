/**
 * Tries: WebAssembly, for code that V8's guards see less of.
 * Must: there is none, by any name.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const find of [() => WebAssembly, () => globalThis.WebAssembly]) try { const found = find(); if (found !== undefined) { take('WebAssembly'); new found.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); } } catch {}`,
};
