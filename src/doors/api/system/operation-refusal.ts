/** How a refusal looks to the callers of an operation: a problem document, or the shape that its contract states for an interface of somebody else's. */
import { type HttpRefusals, type Json, type JsonObject, type Refusal, refusalCodes } from '#kernel';
import { answerJson, headersOf, PROBLEM } from '../answers.ts';
import { answerRefusal, generationHeader } from './system-request.ts';

export function answerOwnRefusal(refusal: Refusal, shape: HttpRefusals | undefined, generation: string): Response {
  if (shape === undefined) return answerRefusal(refusal, generation);
  const { [UNKNOWN_TOKEN]: wrongToken } = isOfWrongToken(refusal) ? shape.statuses : {};
  const status = wrongToken ?? shape.statuses[refusal.code] ?? refusalCodes[refusal.code].status;
  const ofToken = isOfWrongToken(refusal) ? shape.bodies?.[UNKNOWN_TOKEN] : undefined;
  const template = ofToken ?? shape.bodies?.[refusal.code] ?? shape.body;
  if (template === undefined && status === refusalCodes[refusal.code].status) return answerRefusal(refusal, generation);
  const body =
    template === undefined ? { code: refusal.code, detail: refusal.why } : (filled(template, refusal, status, shape.faults) ?? null);
  return answerJson(status, body, {
    ...generationHeader(generation),
    'cache-control': 'no-store',
    ...(isProblem(body) ? { 'content-type': PROBLEM } : {}),
    ...headersOf(refusal, status),
  });
}

const UNKNOWN_TOKEN = 'unknown-token';
const isOfWrongToken = ({ code, evidence }: Refusal): boolean =>
  code === 'unauthenticated' && typeof evidence === 'object' && evidence !== null && 'proof' in evidence && evidence['proof'] === 'unknown';

/** What has the members that every problem document has is one, and clients tell it by its type of content. */
const isProblem = (body: Json): boolean =>
  typeof body === 'object' &&
  body !== null &&
  !Array.isArray(body) &&
  ['type', 'title', 'status'].every((name) => Object.hasOwn(body, name));

/** Undefined for a value that the refusal does not have: its member is left out. */
function filled(template: Json, refusal: Refusal, status: number, faults: HttpRefusals['faults']): Json | undefined {
  if (template === '{fields}') return fieldsOf(refusal);
  if (template === '{body}') return [refusal.why];
  if (template === '{status}') return status;
  if (template === '{field}') return messagesOf(refusal)[0]?.[0];
  if (template === '{fault}') return messagesOf(refusal).map(([, message]) => faultOf(message, faults))[0];
  if (typeof template === 'string') {
    const whole = EVIDENCE.exec(template)?.[1];
    if (whole !== undefined) return evident(refusal, whole);
    return template.replace(/\{(why|code|status|evidence\.[A-Za-z_]\w{0,39})\}/g, (_, name) => words(String(name), refusal, status));
  }
  if (Array.isArray(template) && template.length === 1 && isOfOneField(template[0]))
    return oneForEach(template[0], refusal, status, faults);
  if (Array.isArray(template))
    return template.map((each: Json) => filled(each, refusal, status, faults)).filter((each) => each !== undefined);
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(
      Object.entries(template).flatMap(([name, value]) => {
        const made = filled(value, refusal, status, faults);
        return made === undefined ? [] : [[name, made]];
      }),
    );
  return template;
}
const EVIDENCE = /^\{evidence\.([A-Za-z_]\w{0,39})\}$/;
/** A plain value that the refusal says beside its words. */
function evident({ evidence }: Refusal, name: string): Json | undefined {
  if (typeof evidence !== 'object' || evidence === null || Array.isArray(evidence) || !Object.hasOwn(evidence, name)) return undefined;
  const value = (evidence as JsonObject)[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
const words = (name: string, refusal: Refusal, status: number): string =>
  name === 'why'
    ? refusal.why
    : name === 'code'
      ? refusal.code
      : name === 'status'
        ? String(status)
        : String(evident(refusal, name.slice('evidence.'.length)) ?? '');

/** `[{ field: '{field}', message: '{message}' }]`: an item that stands once for each message of a field. */
const isOfOneField = (item: Json | undefined): item is JsonObject =>
  typeof item === 'object' &&
  item !== null &&
  !Array.isArray(item) &&
  Object.values(item).some((value) => value === '{field}' || value === '{message}' || value === '{fault}');

/** What is about no field has no item: the refusal says it beside the list. */
function oneForEach(item: JsonObject, refusal: Refusal, status: number, faults: HttpRefusals['faults']): Json {
  return messagesOf(refusal).map(([field, message]) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        value === '{field}'
          ? field
          : value === '{message}'
            ? message
            : value === '{fault}'
              ? faultOf(message, faults)
              : (filled(value, refusal, status, faults) ?? null),
      ]),
    ),
  );
}

/** What is wrong with a field in the words of a published interface; a word that a body says of it (`already_exists`) is one of them. */
function faultOf(message: string, faults: HttpRefusals['faults'] = {}): string {
  if (message === 'is required') return faults.missing ?? 'missing';
  if (/^is not (?:known|a member of this)\b/.test(message)) return faults.unknown ?? 'unknown';
  return /^[A-Za-z][A-Za-z0-9_.-]*$/.test(message) ? message : (faults.invalid ?? 'invalid');
}

/** Each message with the last name of its place. */
function messagesOf({ evidence }: Refusal): readonly (readonly [string, string])[] {
  const fields =
    typeof evidence === 'object' && evidence !== null && !Array.isArray(evidence) && 'fields' in evidence ? evidence['fields'] : null;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return [];
  return Object.entries(fields).map(([place, message]) => [
    place
      .replace(/\[\d+\]/g, '')
      .split('.')
      .at(-1) || 'body',
    String(message),
  ]);
}

/** Messages by the last name of their place; what is about no field stands under `body`. */
function fieldsOf(refusal: Refusal): Json {
  const messages = messagesOf(refusal);
  if (messages.length === 0) return { body: [refusal.why] };
  const made: { [name: string]: string[] } = {};
  for (const [name, message] of messages)
    Object.defineProperty(made, name, {
      value: [...(Object.hasOwn(made, name) ? (made[name] ?? []) : []), message],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return made;
}
