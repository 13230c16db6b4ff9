/**
 * A change as JSON, read from its request and its events: the state of a change is nowhere but in them. Once it has ended, only
 * another end changes that (it was taken back); steps that follow (learning) do not.
 */
import { type ChangeEvent, type ChangeRequest, type Outcome, stepNames, type StepName } from '#change';
import type { Budget } from '#kernel';
import type { CandidateJson, ChangeDetail, ChangeState, ChangeSummary, CostJson, StepJson, TurnJson } from '../resources.ts';
import { lastEvidence } from '../last-evidence.ts';
import type { LedgerRecord } from '../control-reads.ts';

type Ended = ChangeEvent & { readonly kind: 'ended' };
type Step = ChangeEvent & { readonly kind: 'step' };

export const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** As a list of changes shows it. Steps may come after the end, so the last event alone says it only where it is the end. */
export async function summaryOf(
  request: ChangeRequest,
  last: ChangeEvent | null,
  readAll: () => Promise<readonly ChangeEvent[]>,
): Promise<ChangeSummary> {
  if (last === null) return summary(request, []);
  return summary(request, last.kind === 'ended' && last.outcome !== 'rolled-back' ? [last] : await readAll());
}

export interface DetailInput {
  readonly request: ChangeRequest;
  readonly events: readonly ChangeEvent[];
  readonly conversation: readonly TurnJson[];
  readonly budget: Budget | null;
  readonly candidate: CandidateJson | null;
  readonly ledger: readonly LedgerRecord[];
}

export function detailOf({ request, events, conversation, budget, candidate, ledger }: DetailInput): ChangeDetail {
  const ended = events.findLast((event): event is Ended => event.kind === 'ended');
  const kinds = <Kind extends ChangeEvent['kind']>(kind: Kind): (ChangeEvent & { readonly kind: Kind }) | undefined =>
    events.findLast((event): event is ChangeEvent & { readonly kind: Kind } => event.kind === kind);
  return {
    ...summary(request, events),
    roles: request.roles,
    base: request.base ?? null,
    continues: request.continues ?? null,
    conversation,
    stated: request.acceptance ?? [],
    regions: request.regions ?? {},
    attached: (request.attachments ?? []).map(({ name, text }) => ({ name, characters: text.length })),
    budget,
    steps: stepsOf(events),
    understanding: kinds('understood')?.understanding ?? null,
    decision: kinds('decided')?.decision ?? null,
    evidence: lastEvidence(events),
    candidate,
    certificate: kinds('certified')?.certificate ?? null,
    options: ended?.options ?? [],
    witness: ended?.evidence ?? null,
    cost: costOf(events, ledger),
    endedAt: ended === undefined ? null : isoOf(ended.at),
    events,
  };
}

/** As a later change of the conversation tells it. */
export function turnOf(request: ChangeRequest, events: readonly ChangeEvent[]): TurnJson {
  const { id, request: text, by, askedAt, outcome, why } = summary(request, events);
  const options = events.findLast((event): event is Ended => event.kind === 'ended')?.options ?? [];
  return { id, request: text, by, askedAt, outcome, why, options };
}

/** Over for good, or until a person answers: what `wait` waits for. */
export const isOver = (events: readonly ChangeEvent[]): boolean => {
  const { state } = stateOf(events);
  return state === 'ended' || state === 'waiting';
};
export const isEnded = (events: readonly ChangeEvent[]): boolean => stateOf(events).state === 'ended';

function summary(request: ChangeRequest, events: readonly ChangeEvent[]): ChangeSummary {
  const { state, outcome, why, step } = stateOf(events);
  const live = events.findLast((event): event is Ended => event.kind === 'ended' && event.outcome === 'live');
  return {
    id: request.id,
    kind: request.kind ?? 'change',
    handedInBy: request.proposal?.from ?? null,
    request: request.text,
    by: request.by,
    askedAt: isoOf(request.askedAt),
    state,
    outcome,
    why,
    step,
    generation: live?.generation ?? null,
  };
}

function stateOf(events: readonly ChangeEvent[]): {
  readonly state: ChangeState;
  readonly outcome: Outcome | null;
  readonly why: string | null;
  readonly step: StepName | null;
} {
  const final = events.findLast((event): event is Ended => event.kind === 'ended' && event.outcome !== 'waiting-for-approval');
  if (final !== undefined) return { state: 'ended', outcome: final.outcome, why: final.why, step: null };
  const waiting = approvalIn(events);
  if (waiting !== undefined) return { state: 'waiting', outcome: 'waiting-for-approval', why: whyOf(waiting), step: 'approve' };
  const at = events.findLastIndex((event) => event.kind === 'ended' || (event.kind === 'step' && event.step !== 'learn'));
  const last = events[at];
  if (last === undefined)
    return { state: events.some((event) => event.kind !== 'asked') ? 'running' : 'queued', outcome: null, why: null, step: null };
  if (last.kind === 'ended') return { state: 'waiting', outcome: last.outcome, why: last.why, step: 'approve' };
  return { state: 'running', outcome: null, why: null, step: last.kind === 'step' ? last.step : null };
}

/** The approval that it waits for. The kernel says so before or after the workshop says that the roll-out began and is done; what ends the wait is another round. */
function approvalIn(events: readonly ChangeEvent[]): Step | undefined {
  const at = events.findLastIndex((event) => event.kind === 'step' && event.step === 'approve' && event.state === 'started');
  const found = events[at];
  const over = events
    .slice(at + 1)
    .some(
      (event) =>
        event.kind === 'ended' ||
        (event.kind === 'step' &&
          (event.step === 'understand' || event.step === 'approve' || (event.step === 'roll-out' && event.state === 'failed'))),
    );
  return found?.kind === 'step' && !over ? found : undefined;
}

function whyOf({ detail }: Step): string {
  const why =
    typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as { readonly why?: unknown }).why : undefined;
  return typeof why === 'string' ? why : 'It waits for an approval.';
}

function stepsOf(events: readonly ChangeEvent[]): readonly StepJson[] {
  const over = isEnded(events);
  return stepNames.map((name): StepJson => {
    const own = events.filter((event): event is Step => event.kind === 'step' && event.step === name);
    const started = own.find((event) => event.state === 'started');
    const last = own.at(-1);
    if (last === undefined)
      return { name, state: over ? 'skipped' : 'waiting', startedAt: null, endedAt: null, cpuMs: null, wallMs: null, detail: null };
    const open = last.state === 'started';
    return {
      name,
      state: open && over && name === 'approve' ? 'done' : last.state,
      startedAt: isoOf((started ?? last).at),
      endedAt: open ? null : isoOf(last.at),
      cpuMs: last.cpuMs ?? null,
      wallMs: last.wallMs ?? (open || started === undefined ? null : last.at - started.at),
      detail: last.detail ?? null,
    };
  });
}

/** From the ledger where it has rows of the change; before that from what the steps said. */
function costOf(events: readonly ChangeEvent[], ledger: readonly LedgerRecord[]): CostJson {
  const phases =
    ledger.length > 0
      ? ledger.map(({ phase, cpuMs, wallMs }) => ({ phase, cpuMs, wallMs }))
      : events.flatMap((event) =>
          event.kind === 'step' && event.state !== 'started' && event.wallMs !== undefined
            ? [{ phase: event.step, cpuMs: event.cpuMs ?? 0, wallMs: event.wallMs }]
            : [],
        );
  return { cpuMs: sum(phases.map((phase) => phase.cpuMs)), wallMs: sum(phases.map((phase) => phase.wallMs)), phases };
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
