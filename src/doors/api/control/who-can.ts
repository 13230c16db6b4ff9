/** /_theseus/who-can: who can cause which write and read what is sensitive in the generation that serves, each with the shortest way there. */
import { refuse } from '#kernel';
import { whoCan } from '#model';
import type { WhoCanJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

export const whoCanRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'who-can',
    need: 'ask',
    run: async () => {
      const running = machine.current();
      if (running === null) return refuse('unavailable', 'The system has no generation yet.');
      const items = whoCan(running.model).map(({ who, deed, what, rows, path, through }): WhoCanJson => ({
        who,
        deed,
        what,
        rows,
        path,
        by: through.at(-1) ?? who,
      }));
      return ok({ items, next: null }, 200, { 'theseus-generation': running.generation });
    },
  },
];
