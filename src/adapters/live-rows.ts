/**
 * An entity as it is now, for whoever writes code about it (port LiveRows): how many rows, and the shapes of some. Read with the
 * workshop's login and without sensitive fields. What people wrote never leaves this file: of texts their length is told, of references
 * that there is one; numbers, dates, states and choices are shown.
 */
import type { Field } from '#kernel';
import { isRefusal } from '#kernel';
import { entityNamed, sensitiveIn, type SystemModel } from '#model';
import type { LiveEntity } from '#ports';
import { toJson } from '#schema';
import { openStore, prepareModel } from '#store';
import { workshopCall } from './rows/workshop-call.ts';

export interface OpenLiveRows {
  /** Null where there is no such entity, or it cannot be read. `count`: of all rows. */
  look(model: SystemModel, entity: string, most: number, count: () => Promise<number>): Promise<LiveEntity | null>;
  close(): Promise<void>;
}
const MOST_ITEMS = 2;

export function openLiveRows(workshopUrl: string): OpenLiveRows {
  const store = openStore({ dataUrl: workshopUrl, pool: 1 });
  return {
    look: async (model, name, most, count) => {
      const entity = entityNamed(model, name);
      if (entity === undefined) return null;
      const page = await store.read.list(workshopCall(model, 'view/shapes'), prepareModel(model), entity.id, { limit: most });
      if (isRefusal(page)) return null;
      const hidden = sensitiveIn(model);
      return { count: await count(), rows: page.items.map((row) => shapeOf(entity.fields, row, hidden, model)) };
    },
    close: () => store.close(),
  };
}

function shapeOf(
  fields: readonly Field[],
  row: { readonly [field: string]: unknown },
  hidden: ReadonlySet<string>,
  model: SystemModel,
): string {
  const members = fields.map(
    (field) => `${field.name}: ${hidden.has(field.id) ? 'hidden' : valueShape(field, row[field.name], hidden, model)}`,
  );
  return `{ ${members.join(', ')} }`;
}

function valueShape(field: Field, value: unknown, hidden: ReadonlySet<string>, model: SystemModel): string {
  if (value === null || value === undefined) return 'absent';
  const { type } = field;
  switch (type.kind) {
    case 'text':
    case 'email':
    case 'url':
      return `${type.kind} of ${String(value).length}`;
    case 'json':
      return 'json';
    case 'reference':
      return 'a row';
    case 'list': {
      const items = Array.isArray(value) ? (value as readonly { readonly [field: string]: unknown }[]) : [];
      return `${items.length} [${items
        .slice(0, MOST_ITEMS)
        .map((item) => shapeOf(type.fields, item, hidden, model))
        .join(', ')}]`;
    }
    case 'choice':
    case 'integer':
    case 'decimal':
    case 'money':
    case 'quantity':
    case 'boolean':
    case 'date':
    case 'instant':
    case 'duration':
      return JSON.stringify(toJson(field, value as never, model.settings));
  }
}
