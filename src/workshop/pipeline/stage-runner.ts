/**
 * Runs a stage as one durable step: says that it starts and how it ended, measures what it costs, and tries again when the
 * world is broken for a while. A stage never sees the durable engine.
 */
import type { StepName } from '#change';
import { type ChangeId, Fault, instant, type Json } from '#kernel';
import type { Run } from '#ports';
import type { ChangeParts } from './parts.ts';

export interface Phase {
  readonly phase: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
export interface StageRunner {
  readonly phases: readonly Phase[];
  /** `detail` says for a person what came of it. */
  stage<Value>(step: StepName, work: () => Promise<Value>, detail?: (value: Value) => Json): Promise<Value>;
  /** The same for a stage that a round comes to more than once: `lap` tells its times apart. */
  lap(lap: string): StageRunner;
}
interface Outcome<Value> {
  readonly value?: Value;
  readonly broken?: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}

const TRIES = 6;
const passing = new Set(['database-unavailable', 'process-died', 'parser-died', 'host-died', 'serialization']);

export function stageRunner(run: Run, parts: ChangeParts, change: ChangeId, round: number, lap = '', phases: Phase[] = []): StageRunner {
  const name = lap === '' ? `${round}` : `${round} ${lap}`;
  const suffix = [...(round === 1 ? [] : [`${round}`]), ...(lap === '' ? [] : [lap])].map((part) => ` ${part}`).join('');
  const say = (
    step: StepName,
    state: 'started' | 'done' | 'failed',
    more: { readonly detail?: Json; readonly cpuMs?: number; readonly wallMs?: number } = {},
  ): Promise<void> =>
    parts.log.append({ change, at: instant(parts.clock()), kind: 'step', step, state, ...more }, `${name} ${step} ${state}`);
  return {
    phases,
    lap: (next) => stageRunner(run, parts, change, round, next, phases),
    stage: async (step, work, detail) => {
      for (let attempt = 1; ; attempt++) {
        const outcome = await run.step(`${name} ${step} ${attempt}`, async (): Promise<Outcome<Awaited<ReturnType<typeof work>>>> => {
          const began = { cpu: process.cpuUsage(), engines: parts.engines.cpuMs(), wall: performance.now() };
          const cost = (): { cpuMs: number; wallMs: number } => {
            const own = process.cpuUsage(began.cpu);
            return {
              cpuMs: tenths((own.user + own.system) / 1000 + parts.engines.cpuMs() - began.engines),
              wallMs: tenths(performance.now() - began.wall),
            };
          };
          try {
            await say(step, 'started');
            const value = await work();
            await say(step, 'done', { ...cost(), ...(detail === undefined ? {} : { detail: detail(value) }) });
            return { value, ...cost() };
          } catch (cause) {
            if (!isPassing(cause) || attempt >= TRIES) throw cause;
            return { broken: cause instanceof Error ? cause.message : 'unknown', ...cost() };
          }
        });
        phases.push({ phase: `${step}${suffix}`, cpuMs: outcome.cpuMs, wallMs: outcome.wallMs });
        if (outcome.broken === undefined) return outcome.value as Awaited<ReturnType<typeof work>>;
        await run.sleep(Math.min(30_000, 500 * 2 ** attempt));
      }
    },
  };
}

/** A world that is broken for a while: our own faults by code, connections by theirs. */
function isPassing(cause: unknown): boolean {
  if (cause instanceof Fault) return passing.has(cause.code);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^(08|57P|53|40)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'].includes(code);
}
const tenths = (value: number): number => Math.round(Math.max(0, value) * 10) / 10;
