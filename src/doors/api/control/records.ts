/** /_theseus/ledger, audit and the journal of a row: what changes cost, who did what, where each value of a row came from. */
import { isRefusal, isRowId, refuse } from '#kernel';
import { holdsFor, openImage, shownFields } from './shown-values.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

export const recordRoutes = ({ machine, reads }: ControlParts): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: 'ledger',
    need: 'steer',
    query: ['change', 'limit'],
    run: async ({ query }) => {
      const limit = numberOf(query, 'limit', 200, 1_000);
      return isRefusal(limit) ? limit : ok({ items: await reads.ledger(query.get('change'), limit), next: null });
    },
  },
  {
    method: 'GET',
    path: 'audit',
    need: 'administer',
    query: ['limit'],
    run: async ({ query }) => {
      const limit = numberOf(query, 'limit', 200, 1_000);
      return isRefusal(limit) ? limit : ok({ items: await reads.audit(limit), next: null });
    },
  },
  {
    method: 'GET',
    path: 'rows/{id}/journal',
    need: 'read',
    query: ['limit'],
    run: async ({ parameter, query, rights, identity }) => {
      const id = parameter('id').toLowerCase();
      if (!isRowId(id)) return refuse('not-found', `No row has the id ${id.slice(0, 80)}.`);
      const limit = numberOf(query, 'limit', 100, 1_000);
      if (isRefusal(limit)) return limit;
      const found = await reads.journal(id, limit);
      const running = machine.current();
      const entity = running?.model.entities.find((known) => known.id === found[0]?.entity);
      // The history of a row that is not to be seen is none.
      if (running !== null && entity !== undefined && holdsFor(running.model, entity, identity.caller)) {
        const { value } = await machine.get(running, entity, id, { caller: identity.caller });
        if (isRefusal(value)) return ok({ items: [], next: null });
      }
      const items = found.map(({ entity: _entity, ...entry }) => entry);
      const shown = shownFields(running?.model, rights.sensitive);
      return ok({
        items: items.map((entry) => ({ ...entry, before: openImage(entry.before, shown), after: openImage(entry.after, shown) })),
        next: null,
      });
    },
  },
];
