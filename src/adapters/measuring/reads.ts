/** The reads that a question stands for: with a frequent value, a middling one and a rare one, each as a caller would send it. */
import { type Call, Fault, isRefusal, type PermanentId } from '#kernel';
import { entityById, type SystemModel } from '#model';
import type { Question } from '#ports';
import type { Place } from '#store';

export type Read = (place: Place, call: Call) => Promise<void>;

export async function readsOf(question: Question, place: Place, model: SystemModel, call: Call): Promise<readonly Read[]> {
  switch (question.kind) {
    case 'list': {
      const { entity, filter, sort } = question;
      const values = await Promise.all(filter.map((field) => place.values(entity, field)));
      const order = sort.map(({ field, descending }) => `${descending ? '-' : ''}${nameOf(model, entity, field)}`).join(',');
      return each(Math.max(1, ...values.map((all) => all.length)), (at) => {
        const filters = filter.map((field, nth) => {
          const known = values[nth] ?? [];
          return {
            field: nameOf(model, entity, field),
            op: 'eq' as const,
            value: asAsked(model, entity, field, known[at] ?? known.at(-1)),
          };
        });
        return async (there, as) =>
          whole(await there.read.list(as, there.prepared, entity, { filters, ...(order === '' ? {} : { sort: order }) }));
      });
    }
    case 'search': {
      const { entity } = question;
      const texts = (entityById(model, entity)?.fields ?? []).filter(({ type, derived }) => type.kind === 'text' && derived === undefined);
      const known = texts[0] === undefined ? [] : await place.values(entity, texts[0].id);
      return known.map((text) => async (there, as) => {
        whole(await there.read.list(as, there.prepared, entity, { q: text.split(' ').at(-1) ?? text }));
      });
    }
    case 'get': {
      const page = await place.read.list(call, place.prepared, question.entity, { limit: 3 });
      if (isRefusal(page)) throw new Fault('bug', page.why);
      return page.items.map(
        ({ id }) =>
          async (there, as) =>
            whole(await there.read.get(as, there.prepared, question.entity, String(id))),
      );
    }
    case 'view':
      return [
        async (there, as) => {
          const view = there.prepared.model.views.find(({ id }) => id === question.view);
          if (view !== undefined) whole(await there.read.view(as, there.prepared, view));
        },
      ];
  }
}

function whole(answer: unknown): void {
  if (isRefusal(answer)) throw new Fault('bug', `what is measured was refused: ${answer.why}`);
}
const each = (count: number, read: (at: number) => Read): readonly Read[] => Array.from({ length: count }, (_, at) => read(at));
const fieldOf = (
  model: SystemModel,
  entity: PermanentId,
  field: PermanentId,
): NonNullable<ReturnType<typeof entityById>>['fields'][number] => {
  const found = entityById(model, entity)?.fields.find(({ id }) => id === field);
  if (found === undefined) throw new Fault('bug', `${field} is no field of ${entity}`);
  return found;
};
const nameOf = (model: SystemModel, entity: PermanentId, field: PermanentId): string => fieldOf(model, entity, field).name;

/** A stored value as it stands in a URL. */
function asAsked(model: SystemModel, entity: PermanentId, field: PermanentId, stored: string | undefined): string | null {
  if (stored === undefined) return null;
  const { type } = fieldOf(model, entity, field);
  return type.kind === 'choice' ? (type.choices.find(({ id }) => id === stored)?.name ?? null) : stored;
}
