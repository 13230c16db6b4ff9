/** Views at /api/views/<name>: rows in the view's own order, page by page. */
import { isRefusal, type JsonObject, type Json, type ViewContract } from '#kernel';
import { kebab, type SystemModel } from '#model';
import { type Plain, toJson } from '#schema';
import { answerJson } from '../answers.ts';
import type { Route } from '../routes.ts';
import { pageQuery } from './list-query.ts';
import { answeringModel, answerRefusal, readOptions, type SystemParts } from './system-request.ts';
import { columnFields } from './view-columns.ts';

export const pathOfView = (view: ViewContract): string => `/api/views/${kebab(view.name)}`;

export function viewRoute(parts: SystemParts, view: ViewContract): Route {
  const { machine, running } = parts;
  const rowOf = (model: SystemModel, row: { readonly [column: string]: unknown }): JsonObject => {
    const shown = model === running.model ? view : (model.views.find((candidate) => candidate.id === view.id) ?? view);
    const json: { [column: string]: Json } = {};
    for (const column of columnFields(model, shown))
      json[column.name] = toJson(column, row[column.name] as Plain | undefined, model.settings);
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
      const model = answeringModel(parts, generation);
      return answerJson(
        200,
        { items: value.items.map((row) => rowOf(model, row)), next: value.next },
        { 'theseus-generation': generation },
      );
    },
  };
}
