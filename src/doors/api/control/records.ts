/** /_theseus/ledger, audit and the journal of a row: what changes cost, who did what, where each value of a row came from. */
import { isRefusal, isRowId, refuse } from '#kernel';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

export const recordRoutes = ({ reads }: ControlParts): readonly ControlRoute[] => [
  { method: 'GET', path: 'ledger', need: 'steer', query: ['change', 'limit'], run: async ({ query }) => {
    const limit = numberOf(query, 'limit', 200, 1_000);
    return isRefusal(limit) ? limit : ok({ items: await reads.ledger(query.get('change'), limit), next: null });
  } },
  { method: 'GET', path: 'audit', need: 'administer', query: ['limit'], run: async ({ query }) => {
    const limit = numberOf(query, 'limit', 200, 1_000);
    return isRefusal(limit) ? limit : ok({ items: await reads.audit(limit), next: null });
  } },
  /** Before- and after-images hold every value of a row, so this needs the right to see sensitive ones. */
  { method: 'GET', path: 'rows/{id}/journal', need: 'sensitive', query: ['limit'], run: async ({ parameter, query }) => {
    const id = parameter('id').toLowerCase();
    if (!isRowId(id)) return refuse('not-found', `No row has the id ${id.slice(0, 80)}.`);
    const limit = numberOf(query, 'limit', 100, 1_000);
    return isRefusal(limit) ? limit : ok({ items: await reads.journal(id, limit), next: null });
  } },
];
