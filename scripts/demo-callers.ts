/** The callers of the demo: they read and write without a pause, and count what they get. A failure is no answer, or one that was not due. */
import type { ThrowAwaySystem } from './throw-away-system.ts';

export interface CallerReport {
  readonly requests: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  readonly generations: number;
  readonly statuses: { readonly [status: number]: number };
  readonly failures: readonly string[];
}

export function startCallers(system: ThrowAwaySystem, count: number): { stop(): Promise<CallerReport> } {
  const took: number[] = [];
  const statuses: { [status: number]: number } = {};
  const generations = new Set<string>();
  const failures: string[] = [];
  let over = false;

  async function call(method: string, path: string, due: number, body?: object): Promise<Record<string, unknown>> {
    const started = performance.now();
    try {
      const { status, headers, json } = await system.call(method, path, body);
      took.push(performance.now() - started);
      statuses[status] = (statuses[status] ?? 0) + 1;
      generations.add(headers.get('theseus-generation') ?? 'none');
      if (status !== due) failures.push(`${method} ${path} answered ${status}: ${JSON.stringify(json).slice(0, 200)}`);
      return json;
    } catch (cause) {
      took.push(performance.now() - started);
      failures.push(`${method} ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
      return {};
    }
  }
  async function caller(number: number): Promise<void> {
    for (let turn = 0; !over; turn += 1) {
      const { id } = await call('POST', '/api/customers', 201, { name: `Caller ${number}.${turn}`, tier: 'silver' });
      const { json } = { json: await call('GET', `/api/customers/${String(id)}`, 200) };
      if (json['name'] !== `Caller ${number}.${turn}`)
        failures.push(`caller ${number} read ${JSON.stringify(json['name'])} where it wrote Caller ${number}.${turn}`);
      await call('GET', '/api/orders?limit=5&sort=-placedOn', 200);
      await call('PATCH', `/api/customers/${String(id)}`, 200, { tier: 'gold' });
      await call('DELETE', `/api/customers/${String(id)}`, 204);
    }
  }
  const calling = Array.from({ length: count }, (_, number) => caller(number));
  return {
    stop: async () => {
      over = true;
      await Promise.all(calling);
      const sorted = took.toSorted((a, b) => a - b);
      return {
        requests: took.length,
        failed: failures.length,
        medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
        slowestMs: Math.round(sorted.at(-1) ?? 0),
        generations: generations.size,
        statuses,
        failures,
      };
    },
  };
}
