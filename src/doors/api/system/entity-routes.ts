/** Rows of every entity, without generated code: list, create, read, update, delete. */
import { type EntityContract, isRefusal, isRowId, refuse } from '#kernel';
import { entityById } from '#model';
import { rowToJson } from '#schema';
import { answerJson, answerNothing } from '../answers.ts';
import { tagOf } from '../call-headers.ts';
import { readJson } from '../body.ts';
import type { Route, RouteRequest } from '../routes.ts';
import { listQuery, noQuery } from './list-query.ts';
import {
  answeringModel,
  answerRefusal,
  answerRow,
  callOptions,
  callWithValues,
  noVersion,
  pathOfEntity,
  readOptions,
  type SystemParts,
} from './system-request.ts';
import { isAmong } from './unchanged.ts';

export function entityRoutes(parts: SystemParts, entity: EntityContract): Route[] {
  const { machine, running } = parts;
  const path = pathOfEntity(entity);
  const rowPath = `${path}/{id}`;
  const no = (refusal: Parameters<typeof answerRefusal>[0]): Response => answerRefusal(refusal, running.generation);
  /** Wraps what acts on one row: an id that no row can have is not found, whatever else is asked. */
  const onRow =
    (act: (request: RouteRequest, id: string) => Promise<Response>) =>
    async (request: RouteRequest): Promise<Response> => {
      const id = request.parameter('id').toLowerCase();
      if (!isRowId(id)) return no(refuse('not-found', `There is no ${entity.name} with the id ${id.slice(0, 80)}.`));
      const stray = noQuery(request.search);
      return stray === null ? act(request, id) : no(stray);
    };

  return [
    {
      method: 'GET',
      path,
      handle: async (request) => {
        const query = listQuery(entity, request.search);
        if (isRefusal(query)) return no(query);
        const options = readOptions(request);
        if (isRefusal(options)) return no(options);
        const { value, generation } = await machine.list(running, entity, query, options);
        if (isRefusal(value)) return answerRefusal(value, generation);
        const model = answeringModel(parts, generation);
        const { fields } = model === running.model ? entity : (entityById(model, entity.id) ?? entity);
        return answerJson(
          200,
          { items: value.items.map((row) => rowToJson(fields, row, model.settings)), next: value.next },
          { 'theseus-generation': generation },
        );
      },
    },
    {
      method: 'POST',
      path,
      handle: async (request) => {
        const stray = noQuery(request.search);
        if (stray !== null) return no(stray);
        const call = await callWithValues(parts, request, entity.fields, 'create', false);
        if (isRefusal(call)) return no(call);
        const version = noVersion(call.options);
        if (version !== null) return no(version);
        return answerRow(parts, entity, await machine.create(running, entity, call.values, call.options), 201);
      },
    },
    {
      method: 'GET',
      path: rowPath,
      handle: onRow(async (request, id) => {
        const options = readOptions(request);
        if (isRefusal(options)) return no(options);
        const answer = await machine.get(running, entity, id, options);
        if (
          !isRefusal(answer.value) &&
          answer.value.version !== undefined &&
          isAmong(request.incoming.headers['if-none-match'], tagOf(answer.value.version))
        ) {
          return answerNothing(304, { 'theseus-generation': answer.generation, etag: tagOf(answer.value.version) });
        }
        return answerRow(parts, entity, answer, 200);
      }),
    },
    {
      method: 'PATCH',
      path: rowPath,
      handle: onRow(async (request, id) => {
        const call = await callWithValues(parts, request, entity.fields, 'update', false);
        if (isRefusal(call)) return no(call);
        return answerRow(parts, entity, await machine.update(running, entity, id, call.values, call.options), 200);
      }),
    },
    {
      method: 'DELETE',
      path: rowPath,
      handle: onRow(async (request, id) => {
        const body = await readJson(request.incoming);
        if (isRefusal(body)) return no(body);
        const options = callOptions(request, body.text);
        if (isRefusal(options)) return no(options);
        const { value, generation } = await machine.remove(running, entity, id, options);
        return isRefusal(value) ? answerRefusal(value, generation) : answerNothing(204, { 'theseus-generation': generation });
      }),
    },
  ];
}
