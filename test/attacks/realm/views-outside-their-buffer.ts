/**
 * Tries: to read memory outside a buffer: views at large places, buffers that shrink while they are read.
 * Must: every access is in bounds or throws.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const view = new DataView(new ArrayBuffer(8));
for (const at of [8, -1, 2 ** 31, 2 ** 53, 2 ** 64, NaN, Infinity]) try { const value = view.getFloat64(at); if (value !== 0) take(\`read \${value} at \${at}\`); } catch {}
for (const size of [16, 4096]) {
  const buffer = new ArrayBuffer(size, { maxByteLength: 65_536 });
  const bytes = new Uint8Array(buffer);
  bytes.fill({ valueOf() { buffer.resize(0); return 7; } });
  buffer.resize(size);
  const parts = [...bytes.subarray(0, { valueOf() { buffer.resize(1); return 64; } })];
  if (parts.some((part) => part !== 0)) take(\`memory was read: \${parts.slice(0, 8).join()}\`);
  try { if (Array.prototype.some.call(new Float64Array(buffer.transfer?.(64) ?? 1), (part) => part !== 0)) take('memory was read'); } catch {}
}`,
};
