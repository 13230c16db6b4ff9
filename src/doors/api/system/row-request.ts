/** A request that acts on one row and says little or nothing in its body: which row, what the body holds, who calls. */
import { type EntityContract, isRefusal, isRowId, type Json, refuse, type Refusal } from '#kernel';
import type { CallOptions } from '#machine';
import { readJson } from '../body.ts';
import type { RouteRequest } from '../routes.ts';
import { noQuery } from './list-query.ts';
import { callOptions } from './system-request.ts';

export interface RowRequest {
  readonly id: string;
  /** An empty one where no body came. */
  readonly members: { readonly [name: string]: Json };
  readonly options: CallOptions;
}

export async function rowRequest(request: RouteRequest, entity: EntityContract): Promise<RowRequest | Refusal> {
  const id = request.parameter('id').toLowerCase();
  if (!isRowId(id)) return refuse('not-found', `There is no ${entity.name} with the id ${id.slice(0, 80)}.`);
  const stray = noQuery(request.search);
  if (stray !== null) return stray;
  const body = await readJson(request.incoming);
  if (isRefusal(body)) return body;
  const options = callOptions(request, body.text);
  if (isRefusal(options)) return options;
  const given = body.value === undefined ? {} : body.value;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuse('malformed', 'The body must be a JSON object, or nothing.');
  return { id, members: given as RowRequest['members'], options };
}
