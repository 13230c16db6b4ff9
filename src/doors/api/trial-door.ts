/**
 * The system's own interface as an example calls it: the routes, refusals, headers and statuses that callers get over HTTP, and no socket. Why: a published contract
 * promises what stands on the wire (412 and its ETag, 304, 406), and only the door itself can show that. It knows callers by who they are told to be, never by a key.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { anyone, type Json, type OperationContract } from '#kernel';
import type { Calls, Running } from '#machine';
import type { AskedOfDoor, DoorAnswer } from '#ports';
import { anybody, type Identity } from './identity.ts';
import { operationAt } from './system/operation-at.ts';
import { answerOwnRefusal } from './system/operation-refusal.ts';
import { systemApp } from './system/system-app.ts';
import { unknownToSystem } from './unknown-caller.ts';

const ORIGIN = 'http://localhost';

/** `calls` of the generation `running`. A fault of the door is thrown, since nobody would see it in a log. */
export function trialDoor(calls: Calls, running: Running): (asked: AskedOfDoor) => Promise<DoorAnswer> {
  const faults: string[] = [];
  const app = systemApp({
    machine: calls,
    running,
    lately: () => undefined,
    sessionCookie: 'theseus_session',
    log: (entry) => void faults.push(String(entry['message'])),
  });
  const at = operationAt(running.model);
  return async ({ method, url, headers, body, caller }) => {
    const called = at(method, url.replace(/\?.*$/s, ''));
    const isNobody = caller === null || caller.id === anyone;
    if (isNobody && (caller === null || called?.roles.includes(anyone) !== true)) {
      const refusal = unknownToSystem(caller === null ? 'key' : 'none', running.model, called);
      return answerOf(answerOwnRefusal(refusal, called?.http.refusals, running.generation), called);
    }
    const identity: Identity = isNobody ? anybody : { caller, by: 'key', session: 'trial', secret: '' };
    const incoming = incomingOf(method, url, headers, body);
    const bindings = { incoming, outgoing: new ServerResponse(incoming), identity };
    const answered = await app(new Request(ORIGIN + url, { method, headers }), bindings as never);
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new Error(fault);
    return answerOf(answered, called);
  };
}

function incomingOf(method: string, url: string, headers: AskedOfDoor['headers'], body: string | undefined): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  Object.assign(incoming, { method, url });
  incoming.headers = { host: 'localhost', ...headers };
  if (body !== undefined) incoming.push(body);
  incoming.push(null);
  return incoming;
}

async function answerOf(response: Response, called: OperationContract | undefined): Promise<DoorAnswer> {
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const body: Json = text === '' ? null : isJson ? (JSON.parse(text) as Json) : text;
  return { operation: called?.name ?? null, status: response.status, headers: Object.fromEntries(response.headers), body };
}
