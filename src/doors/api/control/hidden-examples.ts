/**
 * Acceptance examples that whoever writes the code must not know: shown to who asked and to who may approve, for others it is told
 * that there is one, and not what it says. Nobody who is to write by them may read them here.
 */
import type { AcceptanceExample, ChangeEvent, ChangeRequest } from '#change';
import type { ControlRequest } from './control-route.ts';

export type Viewer = Pick<ControlRequest, 'identity' | 'rights'>;

export interface Opened {
  readonly request: ChangeRequest;
  readonly events: (events: readonly ChangeEvent[]) => readonly ChangeEvent[];
}

export function openTo(request: ChangeRequest, { identity, rights }: Viewer): Opened {
  if (request.by === identity.caller.id || rights.approve) return { request, events: (events) => events };
  return {
    request: request.acceptance === undefined ? request : { ...request, acceptance: closed(request.acceptance) },
    events: (events) =>
      events.map((event) =>
        event.kind === 'understood' && event.understanding.acceptance !== undefined
          ? { ...event, understanding: { ...event.understanding, acceptance: closed(event.understanding.acceptance) } }
          : event,
      ),
  };
}

const closed = (examples: readonly AcceptanceExample[]): readonly AcceptanceExample[] =>
  examples.map((example) => (example.hidden ? { ...example, example: null } : example));
