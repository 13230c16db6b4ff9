/** /_theseus/freeze and unfreeze: stop all self-change, by mechanism; rows go on as before. */
import { isRefusal, refuse } from '#kernel';
import { type ControlParts, type ControlRoute, nothing } from './control-route.ts';

export const freezeRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'POST',
    path: 'freeze',
    need: 'caller',
    body: ['why'],
    run: async ({ identity, body }) => {
      const why = body['why'];
      if (typeof why !== 'string' || why.trim() === '')
        return refuse('invalid', 'Say in "why" for what reason all change is frozen.', { fields: { why: 'is required' } });
      const frozen = await machine.freeze(identity.caller, why.slice(0, 1_000));
      return isRefusal(frozen) ? frozen : nothing();
    },
  },
  {
    method: 'POST',
    path: 'unfreeze',
    need: 'caller',
    run: async ({ identity }) => {
      const frozen = await machine.unfreeze(identity.caller);
      return isRefusal(frozen) ? frozen : nothing();
    },
  },
];
