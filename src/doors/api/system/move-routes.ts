/**
 * POST /api/<plural>/<id>/<transition>: a row goes along its workflow, without generated code. Who may, and from where, is the store's
 * to say; where an operation makes a transition, that operation's own route stands in this one's place.
 */
import { type EntityContract, isRefusal } from '#kernel';
import { movesOn } from '#model';
import type { Route } from '../routes.ts';
import { unfit } from './list-query.ts';
import { rowRequest } from './row-request.ts';
import { answerRefusal, answerRow, pathOfEntity, type SystemParts } from './system-request.ts';

export const moveRoutes = (parts: SystemParts, entity: EntityContract): readonly Route[] =>
  movesOn(parts.running.model, entity.id).map(({ workflow, name, segment }) => ({
    method: 'POST',
    path: `${pathOfEntity(entity)}/{id}/${segment}`,
    handle: async (request) => {
      const { machine, running } = parts;
      const call = await rowRequest(request, entity);
      if (isRefusal(call)) return answerRefusal(call, running.generation);
      const unknown = Object.keys(call.members);
      if (unknown.length > 0)
        return answerRefusal(
          unfit(Object.fromEntries(unknown.map((key) => [key, 'is not known; a transition takes no values']))),
          running.generation,
        );
      return answerRow(parts, entity, await machine.move(running, workflow, name, call.id, call.options), 200);
    },
  }));
