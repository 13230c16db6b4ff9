/** /_theseus/ledger, audit and the journal of a row: what changes cost, who did what, where each value of a row came from. */
import { type Caller, type EntityContract, type Field, isRefusal, isRowId, type Json, refuse } from '#kernel';
import { accessOn, secretsIn, sensitiveIn, type SystemModel } from '#model';
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

/** Whether an access rule speaks of a caller. */
const holdsFor = (model: SystemModel, entity: EntityContract, caller: Caller): boolean =>
  accessOn(model, entity.id).some((rule) => rule.roles.some((role) => caller.roles.includes(role)));

/** Ids of the fields that a reader may see. For who sees no sensitive ones, a field that is gone, or is not known, is not among them. */
function shownFields(model: SystemModel | undefined, sensitive: boolean): { has(id: string): boolean } {
  if (sensitive) {
    const secrets: ReadonlySet<string> = model === undefined ? new Set() : secretsIn(model);
    return { has: (id) => !secrets.has(id) };
  }
  const secret = model === undefined ? new Set() : sensitiveIn(model);
  const ids = (fields: readonly Field[]): readonly string[] =>
    fields
      .filter((field) => !secret.has(field.id))
      .flatMap((field) => [field.id, ...(field.type.kind === 'list' ? ids(field.type.fields) : [])]);
  return new Set(['id', 'version', 'parent', 'position', ...(model?.entities.flatMap((entity) => ids(entity.fields)) ?? [])]);
}

/** An image of a row without what is sensitive. Images name fields by their permanent ids. */
function openImage(image: Json, shown: { has(id: string): boolean }): Json {
  if (typeof image !== 'object' || image === null || Array.isArray(image)) return null;
  return Object.fromEntries(
    Object.entries(image)
      .filter(([id]) => shown.has(id))
      .map(([id, value]) => [id, Array.isArray(value) ? value.map((item) => openImage(item, shown)) : value]),
  );
}
