/** /_theseus/sendings: requests to hosts outside, how far each has come, and those that failed for good, which a person tries again or gives up. */
import { isRefusal, refuse, type Refusal } from '#kernel';
import type { Items, SendingJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

const states = ['waiting', 'sent', 'dead', 'stopped'];

export const sendingRoutes = ({ machine, reads }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'sendings',
    need: 'steer',
    query: ['state', 'limit', 'before'],
    run: async ({ query }) => {
      const limit = numberOf(query, 'limit', 50, 500);
      const state = query.get('state');
      const before = query.get('before');
      if (isRefusal(limit)) return limit;
      if (state !== null && !states.includes(state))
        return refuse('invalid', `state must be one of ${states.join(', ')}.`, {
          fields: { state: `must be one of ${states.join(', ')}` },
        });
      if (before !== null && !isId(before))
        return refuse('invalid', 'before must be the id of a request.', { fields: { before: 'must be the id of a request' } });
      const found = await reads.sendings({
        limit: limit + 1,
        ...(state === null ? {} : { state }),
        ...(before === null ? {} : { before }),
      });
      const items = found.slice(0, limit);
      const page: Items<SendingJson> = { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
      return ok(page);
    },
  },
  {
    method: 'POST',
    path: 'sendings/{id}/retry',
    need: 'caller',
    run: async ({ identity, parameter }) => {
      const id = parameter('id');
      if (!isId(id)) return unknown();
      const done = await machine.retrySending(identity.caller, id);
      return isRefusal(done) ? done : ok(done);
    },
  },
  {
    method: 'POST',
    path: 'sendings/{id}/stop',
    need: 'caller',
    body: ['why'],
    run: async ({ identity, parameter, body }) => {
      const id = parameter('id');
      if (!isId(id)) return unknown();
      const { why = '' } = body;
      if (typeof why !== 'string' || why.length > 500)
        return refuse('invalid', 'why must be a text of at most 500 characters.', { fields: { why: 'must be a text' } });
      const done = await machine.stopSending(identity.caller, id, why);
      return isRefusal(done) ? done : ok(done);
    },
  },
];

const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
const unknown = (): Refusal => refuse('not-found', 'There is no request of that id. All are listed at /_theseus/sendings.');
