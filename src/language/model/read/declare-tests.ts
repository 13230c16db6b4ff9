/** A test file to its examples and properties: literal data, and formulas that stay syntax until they are linked. */
import type { Json } from '#kernel';
import { lengthOf } from '../length-of-time.ts';
import type { DeclaredProperty, DeclaredStep, DeclaredTests } from './declared.ts';
import { relationOf } from './declare-relation.ts';
import { jsonOf, membersOf, textIn, textOf } from './literal.ts';
import type { Reporter } from './reporter.ts';
import type { CallExpression, Syntax } from './syntax.ts';

const stepKinds: { readonly [kind: string]: readonly string[] } = {
  create: ['as', 'by', 'with', 'then', 'http', 'headers'],
  update: ['by', 'with', 'then', 'http', 'headers'],
  delete: ['by', 'with', 'then', 'http', 'headers'],
  call: ['on', 'as', 'by', 'with', 'then', 'http', 'headers'],
  react: ['on', 'was', 'with', 'then'],
  run: ['at', 'after', 'then'],
  approve: ['by', 'then'],
  read: ['by', 'then', 'http', 'headers'],
  find: ['with', 'as', 'by', 'then'],
  show: ['by', 'then'],
  emitted: ['then'],
  sent: ['then'],
  outside: ['answers', 'status'],
  after: [],
  today: [],
};

export function declareTests(syntax: Syntax, report: Reporter): DeclaredTests {
  const list = syntax.call.arguments[0];
  const examples: { name: string; change?: string; steps: readonly DeclaredStep[]; open?: true }[] = [];
  const properties: DeclaredProperty[] = [];
  if (list === undefined || list.type !== 'ArrayExpression') {
    report(syntax.callStart, "write export default examples([example('...', [ ... ])]);");
    return { kind: 'tests', examples, properties };
  }
  const names = new Set<string>();
  for (const element of list.elements) {
    const kind =
      element?.type === 'CallExpression' && element.callee.type === 'Identifier' ? syntax.sdk.get(element.callee.name) : undefined;
    if (element?.type !== 'CallExpression' || (kind !== 'example' && kind !== 'sequence' && kind !== 'property' && kind !== 'relation')) {
      report(
        element?.start ?? list.start,
        "only example('...', [ ... ]), sequence('...', [ ... ]), property('...', { ... }) and relation('...', { ... }) stand here",
      );
      continue;
    }
    const name =
      element.arguments[0] === undefined || element.arguments[0].type === 'SpreadElement' ? undefined : textOf(element.arguments[0]);
    if (name === undefined || name === '') {
      report(element.start, `${kind} begins with its name, a sentence in quotes`);
      continue;
    }
    if (names.has(name)) report(element.start, `another test here is called ${JSON.stringify(name)}; each has a name of its own`);
    names.add(name);
    const change = changeOf(element, report);
    if (kind === 'example' || kind === 'sequence')
      examples.push({
        name,
        ...(change === undefined ? {} : { change }),
        steps: stepsOf(element, report, kind),
        ...(kind === 'sequence' ? { open: true } : {}),
      });
    else {
      const property = kind === 'relation' ? relationOf(element, name, report) : propertyOf(element, name, report);
      if (property !== undefined) properties.push({ ...property, ...(change === undefined ? {} : { change }) });
    }
  }
  return { kind: 'tests', examples, properties };
}

/** The third argument: { change: '...' }. */
function changeOf(call: CallExpression, report: Reporter): string | undefined {
  const options = call.arguments[2];
  if (options === undefined) return undefined;
  if (options.type === 'ObjectExpression') return textIn(membersOf(options, report, ['change']), 'change', report);
  report(options.start, "the third argument is { change: '...' }, the change that the test belongs to");
  return undefined;
}

function stepsOf(call: CallExpression, report: Reporter, of: 'example' | 'sequence'): readonly DeclaredStep[] {
  const list = call.arguments[1];
  if (list === undefined || list.type !== 'ArrayExpression') {
    report(call.start, `${of === 'example' ? 'an' : 'a'} ${of} has a list of steps`);
    return [];
  }
  const steps: DeclaredStep[] = [];
  for (const element of list.elements) {
    const json = element === null || element.type === 'SpreadElement' ? undefined : jsonOf(element, report);
    if (json === undefined) continue;
    const start = element?.start ?? list.start;
    const fault = stepFault(json) ?? (of === 'sequence' ? openFault(json) : undefined);
    if (fault === undefined) steps.push({ json: json as { readonly [name: string]: Json }, start });
    else report(start, fault);
  }
  return steps;
}

const answered = ['status', 'headers', 'body'];
/** A step by its address: what is sent and what comes back stand as they are on the wire. */
function httpFault(json: { readonly [name: string]: Json }, only: string): string | undefined {
  const { http, headers, then } = json;
  if (http === undefined)
    return headers === undefined ? undefined : "headers stand beside http: 'PATCH /rooms/{blue}', the address that they are sent to";
  if (typeof http !== 'string' || !/^(?:GET|POST|PUT|PATCH|DELETE) \/\S*$/.test(http))
    return "http is a method and an address, such as 'PATCH /rooms/{blue}', where {blue} is the id of the row that a step before named so";
  if (json['as'] !== undefined || json['on'] !== undefined)
    return `a step with http has no ${json['as'] === undefined ? 'on; the row stands in the address' : 'as; find names the row that it made'}`;
  if (headers !== undefined && !(isObject(headers) && Object.values(headers).every((one) => typeof one === 'string')))
    return "headers is an object of texts: { 'If-Match': '\"1\"' }";
  if (then === undefined) return only === 'read' ? 'read needs then: what must be seen' : undefined;
  const odd = isObject(then) ? Object.keys(then).find((name) => !answered.includes(name)) : 'it';
  if (odd !== undefined) return `of an answer over HTTP then has ${answered.join(', ')}, and no ${odd.slice(0, 40)}`;
  const said = isObject(then) ? then['headers'] : undefined;
  return said === undefined || (isObject(said) && Object.values(said).every((one) => one === null || typeof one === 'string'))
    ? undefined
    : 'headers of an answer are texts, or null where there must be none';
}

/** Of a sequence every step does something, and none says what is answered. */
function openFault(json: Json): string | undefined {
  if (!isObject(json)) return undefined;
  const looks = ['read', 'find', 'show', 'emitted', 'sent'].find((kind) => Object.hasOwn(json, kind));
  if (looks !== undefined) return `a sequence says what is done, and ${looks} looks; write an example of what is seen`;
  return Object.hasOwn(json, 'then') ? 'a sequence leaves open what is answered; remove then, or write an example' : undefined;
}

const isObject = (json: Json | undefined): json is { readonly [name: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function stepFault(json: Json): string | undefined {
  const kinds = Object.keys(stepKinds);
  if (!isObject(json)) return `a step is an object: { create: 'customer', as: 'ada', with: { ... } }`;
  // A job that runs while time passes.
  const kind = kinds.filter((candidate) => Object.hasOwn(json, candidate) && !(candidate === 'after' && Object.hasOwn(json, 'run')));
  const only = kind[0];
  if (kind.length !== 1 || only === undefined) return `a step has exactly one of ${kinds.join(', ')}`;
  if (typeof json[only] !== 'string' || json[only] === '') return `${only} needs a name in quotes`;
  const allowed = stepKinds[only] ?? [];
  for (const key of Object.keys(json))
    if (key !== only && !allowed.includes(key))
      return `a step with ${only} has no ${key}; it may have ${allowed.join(', ') || 'nothing more'}`;
  for (const key of ['as', 'by', 'on'] as const)
    if (Object.hasOwn(json, key) && typeof json[key] !== 'string') return `${key} must be a name in quotes`;
  const overHttp = httpFault(json, only);
  if (overHttp !== undefined) return overHttp;
  if (Object.hasOwn(json, 'http')) return undefined;
  if (Object.hasOwn(json, 'with') && !isObject(json['with']) && only !== 'react') return 'with must be an object of values';
  if (Object.hasOwn(json, 'was') && !isObject(json['was'])) return 'was must be an object: the values that the row had before';
  if (only === 'delete' && Object.hasOwn(json, 'with')) return 'a step with delete has no with';
  if ((only === 'create' || only === 'update' || only === 'find') && !Object.hasOwn(json, 'with')) return `${only} needs with: { ... }`;
  const time = only === 'after' || only === 'run' ? timeFault(json, only) : undefined;
  if (time !== undefined) return time;
  if (only === 'outside') return outsideFault(json);
  if (only === 'emitted' || only === 'sent') return leftFault(only, json[only] as string, json['then']);
  if (only === 'approve' && !Object.hasOwn(json, 'by')) return 'approve needs by: the role of who approves';
  if ((only === 'read' || only === 'show') && !Object.hasOwn(json, 'then')) return `${only} needs then: what must be seen`;
  const then = json['then'];
  if (then === undefined) return undefined;
  if (only === 'show') return Array.isArray(then) && then.every(isObject) ? undefined : 'then of show is a list of rows, in their order';
  if (only === 'run' && Object.hasOwn(json, 'after') && isObject(then) && Object.keys(then).join() === 'at') {
    const at = then['at'];
    return Array.isArray(at) && at.every(isInstant)
      ? undefined
      : "at is the list of the instants at which it ran: ['2026-02-01T06:00:00Z']";
  }
  if (only === 'react' || only === 'run')
    return isObject(then) && typeof then['refused'] === 'string' && Object.keys(then).length === 1
      ? undefined
      : `${only} answers nobody: read what it did with read, or write then: { refused: code }`;
  return isObject(then) ? undefined : 'then must be an object: values of the row, or { refused: code }';
}

function timeFault(json: { readonly [name: string]: Json }, only: 'after' | 'run'): string | undefined {
  const { after, at } = json;
  if (only === 'run' && (at === undefined) === (after === undefined))
    return "run needs at: an instant of its schedule, such as '2026-02-01T06:00:00Z', or after: how much time passes, in which it runs by its schedule";
  if (after === undefined) return isInstant(at) ? undefined : "run needs at: an instant of its schedule, such as '2026-02-01T06:00:00Z'";
  return typeof after === 'string' && lengthOf(after) !== undefined
    ? undefined
    : "after is how much time passes, in minutes, hours or days, 10,000 days at most: '30 days'";
}

const ADDRESS = /^[a-z0-9.-]+(?::\d+)?(?:\/\S*)?$/i;
const ofRequests = ['method', 'url', 'headers', 'body'];
/** What left: a list of all that did, empty where nothing may have. */
function leftFault(only: 'emitted' | 'sent', name: string, then: Json | undefined): string | undefined {
  if (!Array.isArray(then))
    return only === 'emitted'
      ? 'emitted needs then: the list of what was emitted of it so far, [] where nothing was'
      : 'sent needs then: the list of the requests so far, [] where there is none';
  if (only === 'emitted')
    return name.includes('.') ? `${name} is of rows: read what became of them; emitted names an event that a component emits` : undefined;
  if (!ADDRESS.test(name)) return "sent names a host, or what its address begins with, without https://: 'mail.example/v1'";
  const odd = then.map((one: Json) => (isObject(one) ? Object.keys(one).find((key) => !ofRequests.includes(key)) : 'it')).find(Boolean);
  return odd === undefined ? undefined : `a request that was sent has ${ofRequests.join(', ')}, and no ${odd.slice(0, 40)}`;
}

function outsideFault({ outside, answers, status }: { readonly [name: string]: Json }): string | undefined {
  if (typeof outside !== 'string' || !ADDRESS.test(outside))
    return "outside names a host, or what its address begins with, without https://: 'api.rates.example/latest'";
  if (answers === undefined) return 'outside needs answers: what the host answers, as JSON';
  const number = typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599;
  return status === undefined || number ? undefined : 'status is that of HTTP: a whole number from 100 to 599';
}

const isInstant = (json: Json | undefined): boolean =>
  typeof json === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z$/.test(json) && !Number.isNaN(Date.parse(json));

function propertyOf(call: CallExpression, name: string, report: Reporter): DeclaredProperty | undefined {
  const options = call.arguments[1];
  if (options === undefined || options.type !== 'ObjectExpression') {
    report(call.start, "a property is property('...', { on: 'order', holds: (order) => ... })");
    return undefined;
  }
  const members = membersOf(options, report, ['on', 'holds']);
  const on = textIn(members, 'on', report, options);
  const holds = members.get('holds')?.value;
  if (holds === undefined) report(options.start, 'holds is missing; add holds: (row) => ...');
  return on === undefined || holds === undefined
    ? undefined
    : { name, on: { name: on, start: members.get('on')?.value.start ?? options.start }, holds };
}
