/** Views at /api/views/<name>: rows in the view's own order, page by page. */
import { isRefusal, type JsonObject, type Json, type ViewContract } from '#kernel';
import { kebab } from '#model';
import { type Plain, toJson } from '#schema';
import { answerJson } from '../answers.ts';
import type { Route } from '../routes.ts';
import { pageQuery } from './list-query.ts';
import { answerRefusal, readOptions, type SystemParts } from './system-request.ts';
import { columnFields } from './view-columns.ts';

export const pathOfView = (view: ViewContract): string => `/api/views/${kebab(view.name)}`;

export function viewRoute(parts: SystemParts, view: ViewContract): Route {
  const { machine, running } = parts;
  const { settings } = running.model;
  const columns = columnFields(running.model, view);
  const rowOf = (row: { readonly [column: string]: unknown }): JsonObject => {
    const json: { [column: string]: Json } = {};
    for (const column of columns) json[column.name] = toJson(column, row[column.name] as Plain | undefined, settings);
    return json;
  };
  return {
    method: 'GET',
    path: pathOfView(view),
    handle: async (request) => {
      const page = pageQuery(request.search);
      if (isRefusal(page)) return answerRefusal(page, running.generation);
      const options = readOptions(request);
      if (isRefusal(options)) return answerRefusal(options, running.generation);
      const { value, generation } = await machine.show(running, view, page, options);
      if (isRefusal(value)) return answerRefusal(value, generation);
      return answerJson(200, { items: value.items.map(rowOf), next: value.next }, { 'theseus-generation': generation });
    },
  };
}
