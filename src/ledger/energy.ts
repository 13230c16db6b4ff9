/**
 * What a call of a hosted model takes in electricity, as an interval. Method: the published formula of EcoLogits (usage phase: GPUs by a
 * linear profile per output token, server by time, share of the server, overhead of the data centre). What is assumed of a model whose
 * size nobody published stands in the table, and widens the interval. Boundary: generation at the provider; no training, network or device.
 */
import type { Spent, Tokens } from '#change';

/** Billions of parameters, from and to. */
export interface Size {
  readonly active: readonly [number, number];
  readonly total: readonly [number, number];
  readonly published: boolean;
}
export const energyMethod = 'EcoLogits formula, usage phase';
/** Of the table below. */
export const energyTableDate = '2026-11-23';

/** Kilowatt-hours an output token of one GPU: slope a billion active parameters, intercept, standard deviation. */
const gpu = { slope: 8.91e-8, intercept: 1.43e-6, deviation: 5.19e-7 };
/** Seconds an output token. */
const latency = { slope: 8.02e-4, intercept: 2.23e-2 };
const server = { kilowatts: 1, gpus: 8, gpuGigabytes: 80 };
const bits = 4;
const overhead = 1.2;
/** Of a normal distribution: 95% lie within. */
const wide = 1.96;

const known: readonly (readonly [RegExp, Size])[] = [
  [/gpt-oss-120b/, published(5.1, 117)],
  [/gpt-oss-20b/, published(3.6, 21)],
  [/llama-?3\.[123].*\b8b/i, published(8, 8)],
  [/llama-?3\.[123].*\b70b/i, published(70, 70)],
  [/llama-?3\.1.*405b/i, published(405, 405)],
  [/deepseek-(?:v3|r1|chat|reasoner)/i, published(37, 671)],
  [/qwen3.*30b-a3b/i, published(3, 30)],
  [/qwen3.*235b-a22b/i, published(22, 235)],
  [/mixtral-8x7b/i, published(13, 47)],
  [/mixtral-8x22b/i, published(39, 141)],
  [/(?:mini|nano|haiku|flash|luna|small|lite)/i, assumed([3, 40], [8, 300])],
];
const unpublished: Size = assumed([20, 300], [100, 3_000]);

function published(active: number, total: number): Size {
  return { active: [active, active], total: [total, total], published: true };
}
function assumed(active: readonly [number, number], total: readonly [number, number]): Size {
  return { active, total, published: false };
}

export const sizeOf = (model: string): Size => known.find(([name]) => name.test(model))?.[1] ?? unpublished;

/** Null where it is not known how many tokens came out, or where none do (embeddings), of which the formula knows nothing. `wallMs` is the most that the generation can have lasted. */
export function energyOf(tokens: Tokens | null, model: string, wallMs: number): Spent['energyWh'] {
  if (tokens === null || (tokens.output === 0 && tokens.input > 0)) return null;
  const size = sizeOf(model);
  const least = wattHours(tokens.output, size.active[0], size.total[0], -wide, wallMs);
  const most = wattHours(tokens.output, size.active[1], size.total[1], wide, wallMs);
  return {
    from: least,
    to: most,
    method: `${energyMethod}; size of the model ${size.published ? 'published' : 'assumed'}, table of ${energyTableDate}`,
  };
}

function wattHours(output: number, active: number, total: number, deviations: number, wallMs: number): number {
  const gpus = Math.ceil((1.2 * total * bits) / 8 / server.gpuGigabytes);
  const perGpu = Math.max(0, output * (gpu.slope * active + gpu.intercept + deviations * gpu.deviation));
  const seconds = Math.min(output * (latency.slope * active + latency.intercept), wallMs / 1_000);
  const ofServer = (seconds / 3_600) * server.kilowatts * (gpus / server.gpus);
  return overhead * (ofServer + gpus * perGpu) * 1_000;
}
