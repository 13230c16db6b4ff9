/**
 * An operation that should be faster: the lists that its body asks for are measured, and the index that spares most is made. What its
 * text says chooses what is measured and nothing more. Where none gains, who writes code may look: the time is in the body.
 */
import type { EntityContract, PermanentId } from '#kernel';
import type { SystemModel } from '#model';
import type { Question, Understood } from '#ports';
import { helps, tellPrice } from './figures.ts';
import { type Asked, boundOf, costOf, gainOf, toDo, weigh, weighedIndex } from './judged.ts';
import { spoken } from './subject.ts';

export async function fasterOperation(asked: Asked, name: string): Promise<Understood> {
  const { reading } = asked;
  const code = reading.components.find((component) => component.kind === 'operation' && component.name === name)?.code ?? '';
  const told: string[] = [];
  for (const [entity, questions] of listsIn(code, reading.model)) {
    const { measured, weighings } = await weigh(asked, entity, questions);
    const [best] = weighings
      .filter(({ index, now, then }) => index !== undefined && helps(now, then))
      .sort((one, other) => other.now.rows - other.then.rows - (one.now.rows - one.then.rows));
    if (best?.index !== undefined)
      return toDo(
        asked,
        entity,
        { indexes: [...(entity.indexes ?? []), best.index], answersWithin: entity.answersWithin ?? null },
        {
          echo: `Make ${best.words} faster.`,
          notes: [`${spoken(name)} asks for it. ${gainOf(best)}.`, `An index does it: ${tellPrice(measured)}.`, boundOf(measured)],
          weighed: weighedIndex(measured, [best]),
        },
      );
    told.push(...weighings.map(costOf), boundOf(measured));
  }
  const lists = told.length === 0 ? 'It asks for no list by an equal value or in an order.' : `${told.join('. ')}`;
  return {
    kind: 'refused',
    why: `No index makes ${spoken(name)} faster; what it takes is in its body. ${lists}`,
    words: [],
    nearest: [],
  };
}

/** `data.order.list({ filters: [{ field: 'customer', op: 'eq', ... }], sort: '-placedOn' })`, by entity. */
export function listsIn(code: string, model: SystemModel): ReadonlyMap<EntityContract, readonly Question[]> {
  const found = new Map<EntityContract, Question[]>();
  for (const match of code.matchAll(/\bdata\.(\w+)\.(?:list|count)\(\{([\s\S]*?)\}\s*\)/g)) {
    const [, name, query = ''] = match;
    const entity = model.entities.find((each) => each.name === name);
    if (entity === undefined) continue;
    const idOf = (field: string | undefined): readonly PermanentId[] =>
      entity.fields.filter((each) => each.name === field && each.type.kind !== 'list').map(({ id }) => id);
    const filter = [...query.matchAll(/field: ['"](\w+)['"], op: ['"]eq['"]/g)].flatMap(([, field]) => idOf(field));
    const sort = (/\bsort: ['"]([\w,-]+)['"]/.exec(query)?.[1] ?? '')
      .split(',')
      .flatMap((part) => idOf(part.replace(/^-/, '')).map((field) => ({ field, descending: part.startsWith('-') })));
    if (filter.length + sort.length === 0) continue;
    found.set(entity, [...(found.get(entity) ?? []), { kind: 'list', entity: entity.id, filter, sort }]);
  }
  return found;
}
