/** What a change cost, into the ledger, phase by phase: the first knowledge that later decisions draw on. */
import type { ChangeId } from '#kernel';
import type { ChangeParts } from './parts.ts';

export interface LearnInput {
  readonly change: ChangeId;
  readonly phases: readonly { readonly phase: string; readonly cpuMs: number; readonly wallMs: number }[];
}
export interface Learnt {
  readonly cpuMs: number;
  readonly wallMs: number;
}

export async function learn({ change, phases }: LearnInput, parts: ChangeParts): Promise<Learnt> {
  for (const { phase, cpuMs, wallMs } of phases) await parts.log.insertLedger({ change, phase, cpuMs, wallMs });
  const sum = (of: 'cpuMs' | 'wallMs'): number => Math.round(phases.reduce((total, phase) => total + phase[of], 0) * 10) / 10;
  return { cpuMs: sum('cpuMs'), wallMs: sum('wallMs') };
}
