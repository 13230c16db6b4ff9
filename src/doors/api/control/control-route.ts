/**
 * A route of the control API: who may, and what it answers. Handlers answer a value, a refusal or a whole response; the
 * frame around them checks the caller's right first, reads the body, and writes problem documents.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRefusal, type JsonObject, refuse, type Refusal, type Settings } from '#kernel';
import type { Access, Machine } from '#machine';
import { answerJson, answerNothing, answerProblem, type Headers } from '../answers.ts';
import { readJson } from '../body.ts';
import type { ControlReads } from '../control-reads.ts';
import type { Identity } from '../identity.ts';
import type { Knocks } from '../knocks.ts';
import type { Rights } from '../resources.ts';
import { rightsOf, steers } from '../rights.ts';
import type { Route, RouteRequest } from '../routes.ts';
import { unreadable } from '../system/list-query.ts';
import type { Notices } from './notices.ts';

/** What the doors use of access; making the first owner and the operator's key is not theirs. */
export type DoorAccess = Omit<Access, 'ensureOwner' | 'ensureKey'>;

export interface ControlParts {
  readonly machine: Machine;
  readonly access: DoorAccess;
  readonly reads: ControlReads;
  readonly notices: Notices;
  readonly knocks: Knocks;
  readonly clock: () => number;
  readonly settings: () => Settings | null;
  /** Name of the session cookie, and whether it is for https alone. */
  readonly cookie: { readonly name: string; readonly secure: boolean };
  /** Where a browser reaches the system, without a slash at the end. */
  readonly publicUrl: () => string;
}
/** `caller`: whoever is known. `steer`: whoever may ask, approve, roll back or freeze. Others: that right of policy. */
export type Need = 'caller' | 'steer' | 'ask' | 'read' | 'administer';

export interface ControlRequest {
  readonly identity: Identity;
  readonly rights: Rights;
  readonly parameter: (name: string) => string;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: JsonObject;
}
export type ControlAnswer = { readonly status: number; readonly value: unknown; readonly headers?: Headers } | Refusal | Response;

export interface ControlRoute {
  readonly method: Route['method'];
  /** Below /_theseus/. */
  readonly path: string;
  readonly need: Need;
  /** Query parameters and members of the body that it knows. */
  readonly query?: readonly string[];
  readonly body?: readonly string[];
  readonly run: (request: ControlRequest) => Promise<ControlAnswer>;
}
export const ok = (value: unknown, status = 200, headers?: Headers): ControlAnswer => ({
  status,
  value,
  ...(headers === undefined ? {} : { headers }),
});
export const nothing = (): Response => answerNothing(204);

export const asRoute = (parts: ControlParts, route: ControlRoute): Route => ({
  method: route.method,
  path: `/_theseus/${route.path}`,
  handle: async (request) => {
    const answer = await run(parts, route, request);
    if (answer instanceof Response) return answer;
    return isRefusal(answer)
      ? answerProblem(answer)
      : answerJson(answer.status, answer.value, { 'cache-control': 'no-store', ...answer.headers });
  },
});

async function run(parts: ControlParts, route: ControlRoute, request: RouteRequest): Promise<ControlAnswer> {
  const { identity, incoming, outgoing, parameter } = request;
  if (identity === null) return refuse('unauthenticated', 'This needs a caller.');
  const settings = parts.settings();
  const rights = rightsOf(identity.caller, settings);
  const forbidden = lacking(route.need, rights, settings);
  if (forbidden !== null) return forbidden;
  const unread = unreadable(request.search);
  if (unread !== null) return unread;
  if (request.path.includes('%00')) return refuse('not-found', 'There is nothing here whose name holds the character NUL.');
  const query = new URLSearchParams(request.search);
  for (const [name, value] of query) {
    if (value.includes('\u0000'))
      return refuse('invalid', `${name.slice(0, 60)} must not hold the character NUL.`, {
        fields: { [name.slice(0, 60)]: 'must not hold the character NUL' },
      });
  }
  const unknown = [...query.keys()].find((name) => !(route.query ?? []).includes(name));
  if (unknown !== undefined)
    return refuse('invalid', `${unknown.slice(0, 60)} is not known; known are ${(route.query ?? []).join(', ') || 'none'}.`, {
      fields: { [unknown.slice(0, 60)]: 'is not known' },
    });
  const body = route.method === 'GET' ? {} : await bodyOf(route, incoming);
  if (isRefusal(body)) return body;
  return route.run({ identity, rights, parameter, query, incoming, outgoing, body });
}

function lacking(need: Need, rights: Rights, settings: Settings | null): Refusal | null {
  if (need === 'caller' || (need === 'steer' ? steers(rights) : rights[need])) return null;
  if (need === 'ask') return refuse('forbidden', `Only ${settings?.policy.ask.join(' or ') ?? 'an owner'} may ask for a change.`);
  if (need === 'administer') return refuse('forbidden', 'Only an owner may do this.');
  if (need === 'read') return refuse('forbidden', 'None of your roles may read rows.');
  return refuse('forbidden', 'Only those who may ask for, approve or take back a change may see this.');
}

export async function bodyOf(route: Pick<ControlRoute, 'body'>, incoming: IncomingMessage): Promise<JsonObject | Refusal> {
  const body = await readJson(incoming);
  if (isRefusal(body)) return body;
  const value = body.value ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) return refuse('malformed', 'The body must be a JSON object.');
  const known = route.body ?? [];
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    return refuse('invalid', `${unknown.slice(0, 60)} is not known; known are ${known.join(', ') || 'none'}.`, {
      fields: { [unknown.slice(0, 60)]: 'is not known' },
    });
  const untold = Object.entries(value).find(([, member]) => !isTellable(member));
  if (untold !== undefined)
    return refuse('invalid', `${untold[0]} must be well-formed text without the character NUL.`, {
      fields: { [untold[0]]: 'must be well-formed text without the character NUL' },
    });
  return value as JsonObject;
}
/** Text that a database keeps and a page shows as it was given. Members hold texts and lists of texts: nested as deep as a body is long, hence no recursion. */
function isTellable(member: unknown): boolean {
  const left: unknown[] = [member];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && (!value.isWellFormed() || value.includes('\u0000'))) return false;
    if (Array.isArray(value)) for (const each of value) left.push(each);
  }
  return true;
}

/** A whole number from the query, within bounds; `otherwise` where it is not given. */
export function numberOf(query: URLSearchParams, name: string, otherwise: number, most: number): number | Refusal {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 0 && value <= most
    ? value
    : refuse('invalid', `${name} must be a whole number from 0 to ${most}.`, {
        fields: { [name]: `must be a whole number from 0 to ${most}` },
      });
}
