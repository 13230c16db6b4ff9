/** /_theseus/events: a stream that tells a page what it must look at again. */
import { isRefusal } from '#kernel';
import { type ControlParts, type ControlRoute } from './control-route.ts';
import { eventSource } from './event-source.ts';
import type { SystemEvent } from '../resources.ts';

export const watchRoutes = ({ machine, notices, knocks }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'events',
    need: 'steer',
    run: async ({ outgoing, identity }) => {
      const leave = knocks.stream(identity.caller.id);
      if (isRefusal(leave)) return leave;
      return eventSource(outgoing, (sink) => {
        sink.onEnd(leave);
        const send = (event: SystemEvent): void => sink.send(event);
        const running = machine.current();
        send({ kind: 'hello', generation: running?.generation ?? null, activation: running?.activation ?? 0 });
        sink.onEnd(notices.onClose(() => sink.end()));
        sink.onEnd(notices.onAny((change) => send({ kind: 'change', change })));
        sink.onEnd(notices.onGeneration((generation, activation) => send({ kind: 'generation', generation, activation })));
      });
    },
  },
];
