/** One event of a change put into its record, so that a page moves with the stream and asks for the whole only at the end. Pure. */
import { type ChangeDetail, type ChangeEvent, lastEvidence, type StepJson } from '#api/client';

export function applyEvent(change: ChangeDetail, event: ChangeEvent): ChangeDetail {
  if (change.events.some((known) => known.seq === event.seq)) return change;
  const next: ChangeDetail = { ...change, events: [...change.events, event].sort((a, b) => a.seq - b.seq) };
  switch (event.kind) {
    case 'asked':
      return next;
    case 'step': {
      const steps = next.steps.map((step) => (step.name === event.step ? withEvent(step, event) : step));
      // What is over stays so: the step that made it live is told as done after the end.
      if (event.step === 'learn' || isOver(change)) return { ...next, steps };
      if (event.step === 'approve' && event.state === 'started')
        return { ...next, state: 'waiting', outcome: 'waiting-for-approval', step: 'approve', steps };
      return { ...next, state: 'running', outcome: null, step: event.step, steps };
    }
    case 'understood':
      return { ...next, understanding: event.understanding };
    case 'decided':
      return { ...next, decision: event.decision };
    case 'candidate':
    case 'routed':
    case 'retrieved':
    case 'repair':
    case 'spent':
      return next;
    case 'evidence':
      return { ...next, evidence: lastEvidence(next.events) };
    case 'certified':
      return { ...next, certificate: event.certificate };
    case 'ended':
      return {
        ...next,
        outcome: event.outcome,
        why: event.why,
        state: event.outcome === 'waiting-for-approval' ? 'waiting' : 'ended',
        step: null,
        options: event.options ?? next.options,
        witness: event.evidence ?? next.witness,
        generation: event.generation ?? next.generation,
        endedAt: new Date(event.at).toISOString(),
      };
  }
}

function withEvent(step: StepJson, event: Extract<ChangeEvent, { kind: 'step' }>): StepJson {
  const at = new Date(event.at).toISOString();
  return {
    ...step,
    state: event.state,
    startedAt: event.state === 'started' ? at : step.startedAt,
    endedAt: event.state === 'started' ? null : at,
    cpuMs: event.cpuMs ?? step.cpuMs,
    wallMs: event.wallMs ?? step.wallMs,
    detail: event.detail ?? step.detail,
  };
}

const isOver = (change: ChangeDetail): boolean => change.outcome !== null && change.outcome !== 'waiting-for-approval';
