/** Operations at the method and path of their contract, and approvals of rows. What their bodies may do is the broker's to say; here is shape alone. */
import {
  type ApprovalRule,
  type EntityContract,
  type Field,
  type JsonObject,
  type OperationContract,
  isRefusal,
  isRowId,
  refuse,
  type Refusal,
} from '#kernel';
import { type PlainValues, rowToJson } from '#schema';
import { approvalsOn, entityById, wireNameOf } from '#model';
import { answerJson, answerNothing, type Headers } from '../answers.ts';
import { tagOf } from '../call-headers.ts';
import type { Route, RouteRequest } from '../routes.ts';
import { unfit } from './list-query.ts';
import { type RowRequest, rowRequest } from './row-request.ts';
import { answeringModel, answerRefusal, answerRow, noVersion, pathOfEntity, type SystemParts } from './system-request.ts';
import { answerOwnRefusal } from './operation-refusal.ts';
import { placesOf, valuesOf } from './operation-request.ts';

export function operationRoute(parts: SystemParts, operation: OperationContract): Route {
  const { machine, running } = parts;
  const { model } = running;
  const entity = operation.on === undefined ? undefined : entityById(model, operation.on);
  const places = placesOf(operation);
  const no = (refusal: Refusal): Response => answerOwnRefusal(refusal, operation.http.refusals, running.generation);

  const handle = async (request: RouteRequest): Promise<Response> => {
    const row = entity === undefined ? null : request.parameter('id').toLowerCase();
    if (row !== null && !isRowId(row))
      return no(refuse('not-found', `There is no ${entity?.name ?? 'row'} with the id ${row.slice(0, 80)}.`));
    const call = await valuesOf(request, operation, places, model.settings);
    if (isRefusal(call)) return no(call);
    const stray = row === null ? noVersion(call.options) : null;
    if (stray !== null) return no(stray);
    const answer = await machine.operate(running, operation, row, call.values, call.options);
    return answerOperation(parts, operation, answer);
  };
  return { method: operation.http.method, path: operation.http.path, handle };
}

function answerOperation(
  parts: SystemParts,
  operation: OperationContract,
  answer: Awaited<ReturnType<SystemParts['machine']['operate']>>,
): Response {
  const { value, generation, replayed } = answer;
  const { status } = operation.http;
  if (isRefusal(value)) return answerOwnRefusal(value, operation.http.refusals, generation);
  const headers = { 'theseus-generation': generation, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) };
  const model = answeringModel(parts, generation);
  const { output } = model === parts.running.model ? operation : (model.operations.find(({ id }) => id === operation.id) ?? operation);
  if (output === null || value === null) return answerNothing(output === null ? status : status === 200 ? 204 : status, headers);
  if ('fields' in output) {
    const json = rowToJson(output.fields, value, model.settings);
    return output.whole === true
      ? answerWhole(operation, output.fields, value as PlainValues, json, headers)
      : answerJson(status, json, headers);
  }
  const entity = entityById(model, output.row);
  return entity === undefined ? answerJson(status, value, headers) : answerRow(parts, entity, { value, generation, replayed }, status);
}

/** The body that is the whole answer; beside it stand its status and its headers. */
function answerWhole(
  { http }: OperationContract,
  fields: readonly Field[],
  value: PlainValues,
  json: JsonObject,
  always: Headers,
): Response {
  const status = typeof value['status'] === 'number' ? value['status'] : http.status;
  const headers: { [name: string]: string } = { ...always };
  for (const { name } of fields) {
    const said = json[name];
    if (name === 'body' || name === 'status' || (typeof said !== 'string' && typeof said !== 'number')) continue;
    const wire = wireNameOf(http, name, 'header').toLowerCase();
    headers[wire] = wire === 'etag' ? tagOf(Number(said)) : String(said);
  }
  const promised = fields.find(({ name }) => name === 'body')?.required === true;
  const empty = status === 204 || (!promised && (value['body'] ?? null) === null);
  return empty ? answerNothing(status, headers) : answerJson(status, json['body'], headers);
}

/** POST /api/<plural>/<id>/approve: gives every approval of the row that the caller's roles can give. `{ "rule": NAME }` gives one. */
export function approvalRoutes(parts: SystemParts, entity: EntityContract): Route[] {
  const { machine, running } = parts;
  const rules = approvalsOn(running.model, entity.id);
  if (rules.length === 0) return [];
  const no = (refusal: Refusal): Response => answerRefusal(refusal, running.generation);
  const handle = async (request: RouteRequest): Promise<Response> => {
    const call = await rowRequest(request, entity);
    if (isRefusal(call)) return no(call);
    const { id, options } = call;
    const wanted = wantedRules(rules, call.members, options.caller.roles);
    if (isRefusal(wanted)) return no(wanted);
    const [first, ...others] = wanted;
    let answer = await machine.approve(running, first, id, options);
    for (const rule of others) {
      if (isRefusal(answer.value)) break;
      const { version: _seen, ...more } = options;
      answer = await machine.approve(running, rule, id, more);
    }
    return answerRow(parts, entity, answer, 200);
  };
  return [{ method: 'POST', path: `${pathOfEntity(entity)}/{id}/approve`, handle }];
}

/** At least one: where the caller's roles fit none, the first, so that the machine says no in its own words. */
function wantedRules(
  rules: readonly ApprovalRule[],
  members: RowRequest['members'],
  roles: readonly string[],
): readonly [ApprovalRule, ...ApprovalRule[]] | Refusal {
  const names = rules.map((rule) => rule.name).join(', ');
  const unknown = Object.keys(members).filter((key) => key !== 'rule');
  if (unknown.length > 0) return unfit(Object.fromEntries(unknown.map((key) => [key, 'is not known; only rule is'])));
  const fitting =
    members['rule'] === undefined
      ? rules.filter((rule) => roles.includes(rule.role))
      : rules.filter((rule) => rule.name === members['rule']);
  if (members['rule'] !== undefined && fitting.length === 0) return unfit({ rule: `must be one of ${names}` });
  const [first = rules[0], ...others] = fitting;
  return first === undefined ? refuse('not-found', 'Nothing here needs an approval.') : [first, ...others];
}
