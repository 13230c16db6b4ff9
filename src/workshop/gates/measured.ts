/** What a piece of work costs: wall milliseconds, and processor milliseconds of this process and of the engines' own. */
import type { Evidence } from '#kernel';
import type { Engines } from './gate.ts';

/** Work that runs side by side with other work is charged for both: who runs several shares the sum out. */
export async function measured<Value>(
  engines: Pick<Engines, 'cpuMs'>,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly cost: Evidence['cost'] }> {
  const others = engines.cpuMs;
  const began = { wall: performance.now(), own: process.cpuUsage(), others: others() };
  const value = await work();
  const own = process.cpuUsage(began.own);
  const cpuMs = (own.user + own.system) / 1000 + Math.max(0, others() - began.others);
  return { value, cost: { cpuMs: Math.round(cpuMs * 10) / 10, wallMs: Math.round((performance.now() - began.wall) * 10) / 10 } };
}
