/** How a refusal looks to the callers of an operation: a problem document, or the shape that its contract states for an interface of somebody else's. */
import { type HttpRefusals, type Json, type Refusal, refusalCodes } from '#kernel';
import { answerJson, headersOf } from '../answers.ts';
import { answerRefusal, generationHeader } from './system-request.ts';

export function answerOwnRefusal(refusal: Refusal, shape: HttpRefusals | undefined, generation: string): Response {
  if (shape === undefined) return answerRefusal(refusal, generation);
  const status = shape.statuses[refusal.code] ?? refusalCodes[refusal.code].status;
  if (shape.body === undefined && status === refusalCodes[refusal.code].status) return answerRefusal(refusal, generation);
  const body = shape.body === undefined ? { code: refusal.code, detail: refusal.why } : filled(shape.body, refusal, status);
  return answerJson(status, body, {
    ...generationHeader(generation),
    'cache-control': 'no-store',
    ...headersOf(refusal, status),
  });
}

function filled(template: Json, refusal: Refusal, status: number): Json {
  if (template === '{fields}') return fieldsOf(refusal);
  if (template === '{body}') return [refusal.why];
  if (template === '{status}') return status;
  if (typeof template === 'string') return template.replace(/\{(why|code|status)\}/g, (_, name) => words(String(name), refusal, status));
  if (Array.isArray(template)) return template.map((each: Json) => filled(each, refusal, status));
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, refusal, status)]));
  return template;
}
const words = (name: string, refusal: Refusal, status: number): string =>
  name === 'why' ? refusal.why : name === 'code' ? refusal.code : String(status);

/** Messages by the last name of their place; what is about no field stands under `body`. */
function fieldsOf({ why, evidence }: Refusal): Json {
  const fields =
    typeof evidence === 'object' && evidence !== null && !Array.isArray(evidence) && 'fields' in evidence ? evidence['fields'] : null;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return { body: [why] };
  const made: { [name: string]: string[] } = {};
  for (const [place, message] of Object.entries(fields)) {
    const name =
      place
        .replace(/\[\d+\]/g, '')
        .split('.')
        .at(-1) || 'body';
    Object.defineProperty(made, name, {
      value: [...(Object.hasOwn(made, name) ? (made[name] ?? []) : []), String(message)],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}
