/** /_theseus/rollback: take the newest change back, or an older one with all that came after it, with or without what it wrote; and what that would do. */
import { isRefusal, refuse } from '#kernel';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

export const rollbackRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'rollback',
    need: 'caller',
    query: ['change', 'withLater'],
    run: async ({ identity, query }) => {
      const change = query.get('change');
      const withLater = query.get('withLater');
      if (withLater !== null && withLater !== 'true' && withLater !== 'false')
        return refuse('invalid', 'withLater must be true or false.', { fields: { withLater: 'must be true or false' } });
      const would = await machine.wouldRollBack(identity.caller, {
        ...(change === null ? {} : { change }),
        withLater: withLater === 'true',
      });
      return isRefusal(would) ? would : ok(would);
    },
  },
  {
    method: 'POST',
    path: 'rollback',
    need: 'caller',
    body: ['change', 'withLater', 'data'],
    run: async ({ identity, body }) => {
      const { change, withLater, data = 'keep' } = body;
      if (change !== undefined && typeof change !== 'string')
        return refuse('invalid', 'change must be the id of a change.', { fields: { change: 'must be the id of a change' } });
      if (withLater !== undefined && typeof withLater !== 'boolean')
        return refuse('invalid', 'withLater must be true or false.', { fields: { withLater: 'must be true or false' } });
      if (data !== 'keep' && data !== 'revert')
        return refuse('invalid', 'data must be keep or revert.', { fields: { data: 'must be keep or revert' } });
      const options = { ...(change === undefined ? {} : { change }), withLater: withLater === true, data } as const;
      const done = await machine.rollBack(identity.caller, options);
      return isRefusal(done) ? done : ok(done);
    },
  },
];
