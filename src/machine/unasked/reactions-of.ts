/**
 * Which reactions of a generation hear an event that was written, maybe by an older generation, under the names of that one: the
 * rows that it is about are found by the permanent id of their entity. Pure.
 */
import type { PermanentId, ReactionContract, RowEvent } from '#kernel';
import type { SystemModel } from '#model';
import type { WrittenEvent } from '#store/records';

/** Names of entities to their ids, in the generation that wrote. */
export type Names = ReadonlyMap<string, PermanentId>;
export const namesOf = (model: Pick<SystemModel, 'entities'>): Names => new Map(model.entities.map((entity) => [entity.name, entity.id]));

const verbs: readonly RowEvent[] = ['created', 'updated', 'deleted', 'approved'];

/** `shop.order.updated` with a subject is of a row; `shop.event.orderPaid` without one was emitted. */
export function hearing(
  reactions: readonly ReactionContract[],
  event: Pick<WrittenEvent, 'type' | 'source' | 'subject'>,
  names: Names,
): readonly ReactionContract[] {
  // The source is '/shop', the type begins with 'shop.': both are of one length.
  const said = event.type.slice(event.source.length);
  if (event.subject === null) {
    const emitted = said.startsWith('event.') ? said.slice('event.'.length) : undefined;
    return reactions.filter(({ on }) => 'event' in on && on.event === emitted);
  }
  const [entity, verb] = said.split('.');
  const id = names.get(entity ?? '');
  const happened = verbs.find((known) => known === verb);
  return reactions.filter(({ on }) => 'entity' in on && on.entity === id && on.happens === happened);
}
