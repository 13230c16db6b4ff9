/** What changes cost, added up: by phase, by model, and per change that was right and stayed. What is unknown stays unknown. */
import type { Outcome, StepName, Tokens } from '#change';

export interface ModelCallCost {
  readonly phase: StepName | string;
  readonly provider: string;
  readonly model: string;
  readonly tokens: Tokens | null;
  readonly usd: number | null;
  readonly prices: string;
  readonly energyWh: { readonly from: number; readonly to: number; readonly method: string } | null;
  readonly wallMs: number;
}
export interface PhaseCost {
  readonly phase: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
export interface ChangeCost {
  readonly change: string;
  readonly request: string;
  /** ISO 8601. */
  readonly at: string;
  readonly outcome: Outcome | null;
  readonly generator: string | null;
  readonly phases: readonly PhaseCost[];
  readonly calls: readonly ModelCallCost[];
}
export interface Total {
  readonly changes: number;
  /** Live and not taken back. */
  readonly retained: number;
  readonly calls: number;
  readonly tokens: Tokens;
  /** Calls without figures of the provider. */
  readonly callsWithoutTokens: number;
  /** Of the calls with a known price. */
  readonly usd: number;
  readonly callsWithoutPrice: number;
  readonly energyWh: { readonly from: number; readonly to: number };
  readonly callsWithoutEnergy: number;
  readonly cpuSeconds: number;
  /** Everything that was spent, failures included, over what stayed; null while nothing stayed or a price is unknown. */
  readonly usdPerRetained: number | null;
}

export function totalOf(changes: readonly ChangeCost[]): Total {
  const calls = changes.flatMap((change) => change.calls);
  const retained = changes.filter((change) => change.outcome === 'live').length;
  const usd = sum(calls.map((call) => call.usd ?? 0));
  const callsWithoutPrice = calls.filter((call) => call.usd === null).length;
  const tokens = (kind: keyof Tokens): number => sum(calls.map((call) => call.tokens?.[kind] ?? 0));
  return {
    changes: changes.length,
    retained,
    calls: calls.length,
    tokens: { input: tokens('input'), cached: tokens('cached'), output: tokens('output'), reasoning: tokens('reasoning') },
    callsWithoutTokens: calls.filter((call) => call.tokens === null).length,
    usd,
    callsWithoutPrice,
    energyWh: { from: sum(calls.map((call) => call.energyWh?.from ?? 0)), to: sum(calls.map((call) => call.energyWh?.to ?? 0)) },
    callsWithoutEnergy: calls.filter((call) => call.energyWh === null).length,
    cpuSeconds: sum(changes.flatMap((change) => change.phases.map((phase) => phase.cpuMs))) / 1_000,
    usdPerRetained: retained === 0 || callsWithoutPrice > 0 ? null : usd / retained,
  };
}

export interface ByModel {
  readonly provider: string;
  readonly model: string;
  readonly phase: string;
  readonly calls: number;
  readonly tokens: Tokens;
  readonly usd: number | null;
}
export function byModelAndPhase(changes: readonly ChangeCost[]): readonly ByModel[] {
  const groups = Map.groupBy(
    changes.flatMap((change) => change.calls),
    (call) => JSON.stringify([call.provider, call.model, call.phase]),
  );
  return [...groups.values()].flatMap((calls): ByModel[] => {
    const [first] = calls;
    if (first === undefined) return [];
    const tokens = (kind: keyof Tokens): number => sum(calls.map((call) => call.tokens?.[kind] ?? 0));
    return [
      {
        provider: first.provider,
        model: first.model,
        phase: first.phase,
        calls: calls.length,
        tokens: { input: tokens('input'), cached: tokens('cached'), output: tokens('output'), reasoning: tokens('reasoning') },
        usd: calls.some((call) => call.usd === null) ? null : sum(calls.map((call) => call.usd ?? 0)),
      },
    ];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
