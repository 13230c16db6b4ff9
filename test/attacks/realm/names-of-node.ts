/**
 * Tries: every name by which Node is known, and those of the realm's own parts.
 * Must: none of them is there.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const names = { process: () => process, require: () => require, module: () => module, exports: () => exports, global: () => global, Buffer: () => Buffer, __dirname: () => __dirname, performance: () => performance, crypto: () => crypto, navigator: () => navigator, structuredClone: () => structuredClone, queueMicrotask: () => queueMicrotask, setTimeout: () => setTimeout, setImmediate: () => setImmediate, fetch: () => (fetch === undefined ? null.x : null.x), WebSocket: () => WebSocket, Worker: () => Worker, MessageChannel: () => MessageChannel, BroadcastChannel: () => BroadcastChannel, $0: () => $0, $1: () => $1, send: () => send, openRealm: () => openRealm, evaluate: () => evaluate, refusals: () => refusals, calls: () => calls, sdk: () => sdk, console: () => console, ivm: () => ivm, _ivm: () => _ivm };
for (const [name, get] of Object.entries(names)) try { const found = get(); if (found !== undefined) { take(name); deed(found); } } catch {}`,
};
