/** /_theseus/rollback: take the newest change back, or an older one with all that came after it. */
import { isRefusal, refuse } from '#kernel';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

export const rollbackRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'POST',
    path: 'rollback',
    need: 'caller',
    body: ['change', 'withLater'],
    run: async ({ identity, body }) => {
      const { change, withLater } = body;
      if (change !== undefined && typeof change !== 'string')
        return refuse('invalid', 'change must be the id of a change.', { fields: { change: 'must be the id of a change' } });
      if (withLater !== undefined && typeof withLater !== 'boolean')
        return refuse('invalid', 'withLater must be true or false.', { fields: { withLater: 'must be true or false' } });
      const done = await machine.rollBack(identity.caller, { ...(change === undefined ? {} : { change }), withLater: withLater === true });
      return isRefusal(done) ? done : ok(done);
    },
  },
];
