/**
 * What left with the commits of an example: events that components emitted, and requests to hosts outside. In a trial nothing is delivered and nothing leaves: the outbox
 * is looked at, as service would have it. All of it so far counts, in order, so that what came twice, or not at all, is seen.
 */
import type { Json, JsonObject, ReactionContract } from '#kernel';
import type { ExampleStep } from '#model';
import { type NamedRows, shapeMismatch } from './example-values.ts';
import { plainJson, type Wrong } from './judged.ts';
import type { Stage } from './stage.ts';
import { begins } from './stated-answers.ts';

type Step = Extract<ExampleStep, { emitted: string } | { sent: string }>;

export function leftOtherwise(stage: Stage, step: Step, named: NamedRows): Wrong {
  const left = 'emitted' in step ? emitted(stage, step.emitted) : sent(stage, step.sent);
  const what = 'emitted' in step ? `of ${step.emitted} was emitted` : `to ${step.sent} was sent`;
  const wanted = step.then.map((one) => ('sent' in step ? withUrl(one as JsonObject, named) : one));
  const told = { expected: plainJson(step.then), actual: plainJson(left) };
  if (wanted.length !== left.length)
    return {
      why: `${what} ${left.length === 0 ? 'nothing' : `${left.length} in all (${JSON.stringify(left).slice(0, 300)})`}, not ${wanted.length}`,
      ...told,
    };
  for (const [at, one] of wanted.entries()) {
    const found = shapeMismatch(one, left[at] ?? null, named, '');
    if (found !== undefined)
      return {
        why: `${what}, as number ${at + 1}, ${found.member === '' ? '' : `${found.member} `}${JSON.stringify(found.actual)}, not ${JSON.stringify(found.expected)}`,
        ...told,
      };
  }
  return undefined;
}

const ofType = ({ told, running }: Stage, type: string): readonly Json[] =>
  told.outbox.flatMap((event) => (event.type === `${running.model.settings.name}.${type}` ? [event.data] : []));
const emitted = (stage: Stage, event: string): readonly Json[] => ofType(stage, `event.${event}`);
const sent = (stage: Stage, address: string): readonly JsonObject[] =>
  ofType(stage, 'outside.request').flatMap((data) => {
    const { url, method, headers, body } = data as JsonObject;
    const asked = String(url).replace(/^https?:\/\//, '');
    return begins(asked, address) ? [{ method: method ?? null, url: url ?? null, headers: headers ?? {}, body: readBody(body) }] : [];
  });
function readBody(body: Json | undefined): Json {
  if (typeof body !== 'string') return null;
  try {
    return JSON.parse(body) as Json;
  } catch (cause) {
    if (cause instanceof SyntaxError) return body;
    throw cause;
  }
}

/** `{first}` in the address is the id of that row. */
const withUrl = (one: JsonObject, named: NamedRows): JsonObject =>
  typeof one['url'] === 'string' ? { ...one, url: withIds(one['url'], named) } : one;
export const withIds = (text: string, named: NamedRows): string =>
  text.replace(/\{([^{}]+)\}/g, (whole, name: string) => named.get(name)?.id ?? whole);

/** What a reaction hears where the example does not say: what was emitted last of its event. */
export function emittedLast(stage: Stage, { on }: ReactionContract): Json {
  return 'event' in on ? (emitted(stage, on.event).at(-1) ?? null) : null;
}
