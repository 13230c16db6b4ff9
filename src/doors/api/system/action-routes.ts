/**
 * GET /api/<plural>/<id>/actions: what this caller may do with the row now, and why not where it may not. The machine's word, from the one
 * write path; here is shape alone. Of entities whose rows go by no workflow and have no operations there is nothing to tell, and no address.
 */
import { type EntityContract, isRefusal, isRowId, refuse } from '#kernel';
import type { ActionNow } from '#machine';
import { movesOn, type SystemModel } from '#model';
import { answerJson } from '../answers.ts';
import type { ActionJson, ActionsJson } from '../resources.ts';
import type { Route } from '../routes.ts';
import { noQuery } from './list-query.ts';
import { answerRefusal, generationHeader, pathOfEntity, readOptions, type SystemParts } from './system-request.ts';

/** Operations whose row is named in their path. */
export const hasActions = (model: SystemModel, entity: EntityContract): boolean =>
  movesOn(model, entity.id).length > 0 || model.operations.some(({ on, http }) => on === entity.id && http.path.includes('{id}'));

export function actionRoutes(parts: SystemParts, entity: EntityContract): readonly Route[] {
  const { machine, running } = parts;
  if (!hasActions(running.model, entity)) return [];
  return [
    {
      method: 'GET',
      path: `${pathOfEntity(entity)}/{id}/actions`,
      handle: async (request) => {
        const id = request.parameter('id').toLowerCase();
        const options = readOptions(request);
        const no = isRowId(id)
          ? (noQuery(request.search) ?? (isRefusal(options) ? options : null))
          : refuse('not-found', `There is no ${entity.name} with the id ${id.slice(0, 80)}.`);
        if (no !== null || isRefusal(options)) return answerRefusal(no ?? refuse('malformed', ''), running.generation);
        const { value, generation } = await machine.actions(running, entity, id, options);
        if (isRefusal(value)) return answerRefusal(value, generation);
        const told: ActionsJson = { version: value.version, actions: value.actions.map((action) => actionJson(entity, id, action)) };
        return answerJson(200, told, { ...generationHeader(generation), 'cache-control': 'no-store' });
      },
    },
  ];
}

function actionJson(entity: EntityContract, id: string, { of, refusal }: ActionNow): ActionJson {
  const { name, method, path } =
    'operation' in of
      ? { name: of.operation.name, method: of.operation.http.method, path: of.operation.http.path }
      : { name: of.move.name, method: 'POST', path: `${pathOfEntity(entity)}/{id}/${of.move.segment}` };
  return {
    name,
    method,
    path: path.replace('{id}', id),
    allowed: refusal === null,
    code: refusal?.code ?? null,
    why: refusal?.why ?? null,
  };
}
