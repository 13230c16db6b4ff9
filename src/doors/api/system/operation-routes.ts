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
import { fileIn, fileTerms, type PlainValues, rowToJson } from '#schema';
import { approvalsOn, entityById, isJsonType, type SystemModel, wireNameOf } from '#model';
import { answerJson, answerNothing, answerText, type Headers } from '../answers.ts';
import { withRoom } from '../bodies/read-bytes.ts';
import { tagOf } from '../call-headers.ts';
import type { Route, RouteRequest } from '../routes.ts';
import { unfit } from './list-query.ts';
import { type RowRequest, rowRequest } from './row-request.ts';
import { answeringModel, answerRefusal, answerRow, noVersion, pathOfEntity, type SystemParts } from './system-request.ts';
import { answerOwnRefusal } from './operation-refusal.ts';
import { answerFile, unanswerable } from './operation-answer.ts';
import { bodyCapOf } from './operation-body.ts';
import { placesOf, valuesOf } from './operation-request.ts';
import { unlessUnchanged } from './unchanged.ts';

export function operationRoute(parts: SystemParts, operation: OperationContract): Route {
  const { machine, running } = parts;
  const { model } = running;
  const entity = operation.on === undefined ? undefined : entityById(model, operation.on);
  const places = placesOf(operation);
  const longest = bodyCapOf(operation);
  const no = (refusal: Refusal): Response => answerOwnRefusal(refusal, operation.http.refusals, running.generation);

  const handle = async (request: RouteRequest): Promise<Response> => {
    const row = entity === undefined ? null : request.parameter('id').toLowerCase();
    if (row !== null && !isRowId(row))
      return no(refuse('not-found', `There is no ${entity?.name ?? 'row'} with the id ${row.slice(0, 80)}.`));
    const unwanted = unanswerable(operation, request.incoming.headers.accept);
    if (unwanted !== undefined) return no(unwanted);
    const answered = await withRoom(longest, async () => {
      const call = await valuesOf(request, operation, places, model.settings);
      if (isRefusal(call)) return call;
      const stray = row === null ? noVersion(call.options) : null;
      if (stray !== null) return stray;
      return answerOperation(parts, operation, await machine.operate(running, operation, row, call.values, call.options));
    });
    if (isRefusal(answered)) return no(answered);
    return operation.http.method === 'GET' ? unlessUnchanged(answered, request.incoming.headers['if-none-match']) : answered;
  };
  return { method: operation.http.method, path: operation.http.path, handle };
}

async function answerOperation(
  parts: SystemParts,
  operation: OperationContract,
  answer: Awaited<ReturnType<SystemParts['machine']['operate']>>,
): Promise<Response> {
  const { value, generation, replayed } = answer;
  const { status } = operation.http;
  if (isRefusal(value)) return answerOwnRefusal(value, operation.http.refusals, generation);
  const headers = { 'theseus-generation': generation, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) };
  const model = answeringModel(parts, generation);
  const { output } = model === parts.running.model ? operation : (model.operations.find(({ id }) => id === operation.id) ?? operation);
  if (output === null || value === null) return answerNothing(output === null ? status : status === 200 ? 204 : status, headers);
  const shown = 'fields' in output && output.whole === true ? output.fields.find(({ name }) => name === 'body') : undefined;
  if (shown?.type.kind === 'json' && fileTerms(shown.type.shape) !== undefined) {
    const file = fileIn((value as PlainValues)['body']);
    const kept = file === undefined ? null : await parts.machine.file(file.file);
    return kept === null
      ? answerOwnRefusal(refuse('not-found', 'There is no file here.'), operation.http.refusals, generation)
      : answerFile(kept, besideBody(operation, 'fields' in output ? output.fields : [], value as PlainValues, model, headers));
  }
  if ('fields' in output) {
    const json = rowToJson(output.fields, value, model.settings);
    return output.whole === true
      ? answerWhole(operation, output.fields, value as PlainValues, json, model, headers)
      : answerJson(status, json, headers);
  }
  const entity = entityById(model, output.row);
  return entity === undefined ? answerJson(status, value, headers) : answerRow(parts, entity, { value, generation, replayed }, status);
}

/** The body that is the whole answer; beside it stand its status and its headers. */
function answerWhole(
  operation: OperationContract,
  fields: readonly Field[],
  value: PlainValues,
  json: JsonObject,
  model: SystemModel,
  always: Headers,
): Response {
  const { status, headers } = besideBody(operation, fields, value, model, always);
  const promised = fields.find(({ name }) => name === 'body')?.required === true;
  const empty = status === 204 || (!promised && (value['body'] ?? null) === null);
  const { answers } = operation.http;
  if (empty) return answerNothing(status, headers);
  if (answers === undefined) return answerJson(status, json['body'], headers);
  const body = json['body'] ?? '';
  return answerText(status, isJsonType(answers) || typeof body !== 'string' ? JSON.stringify(body) : body, {
    ...headers,
    'content-type': `${answers}; charset=UTF-8`,
  });
}

function besideBody(
  { http }: OperationContract,
  fields: readonly Field[],
  value: PlainValues,
  model: SystemModel,
  always: Headers,
): { readonly status: number; readonly headers: Headers } {
  const status = typeof value['status'] === 'number' ? value['status'] : http.status;
  const json = rowToJson(fields, value, model.settings);
  const headers: { [name: string]: string } = { ...always };
  for (const { name } of fields) {
    const said = json[name];
    if (name === 'body' || name === 'status' || (typeof said !== 'string' && typeof said !== 'number')) continue;
    const wire = wireNameOf(http, name, 'header').toLowerCase();
    headers[wire] = wire === 'etag' ? tagOf(Number(said)) : String(said);
  }
  return { status, headers };
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
