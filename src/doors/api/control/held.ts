/** /_theseus/held and release: component versions with strikes or in quarantine, and how a person lets one work again. */
import { isRefusal, refuse } from '#kernel';
import type { HeldJson, Items } from '../resources.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

export const heldRoutes = ({ machine }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'held',
    need: 'steer',
    run: async () => {
      const items = machine.held().map(({ component, source, strikes, quarantined }): HeldJson => ({
        component,
        source,
        strikes: strikes.map(({ at, why }) => ({ at: new Date(at).toISOString(), why })),
        quarantined: quarantined === null ? null : { at: new Date(quarantined.at).toISOString(), why: quarantined.why },
      }));
      const page: Items<HeldJson> = { items, next: null };
      return ok(page);
    },
  },
  {
    method: 'POST',
    path: 'release',
    need: 'caller',
    body: ['component'],
    run: async ({ identity, body }) => {
      const { component } = body;
      if (typeof component !== 'string' || component === '')
        return refuse('invalid', 'Say in "component" which: operation/placeOrder, or the digest of one version.', {
          fields: { component: 'is required' },
        });
      const released = await machine.release(identity.caller, component);
      return isRefusal(released) ? released : ok(released);
    },
  },
];
