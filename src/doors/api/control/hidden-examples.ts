/**
 * Acceptance examples that whoever writes the code must not know: shown to who asked and to who may approve, for others it is told
 * that there is one, and not what it says. Nobody who is to write by them may read them here.
 */
import type { AcceptanceExample, ChangeEvent, ChangeRequest } from '#change';
import type { CandidateJson } from '../resources.ts';
import type { ControlRequest } from './control-route.ts';

export type Viewer = Pick<ControlRequest, 'identity' | 'rights'>;

export interface Opened {
  /** Nothing is kept from the viewer. */
  readonly whole: boolean;
  readonly request: ChangeRequest;
  readonly events: (events: readonly ChangeEvent[]) => readonly ChangeEvent[];
  readonly candidate: (candidate: CandidateJson, events: readonly ChangeEvent[]) => CandidateJson;
}

export function openTo(request: ChangeRequest, { identity, rights }: Viewer): Opened {
  if (request.by === identity.caller.id || rights.approve)
    return { whole: true, request, events: (events) => events, candidate: (candidate) => candidate };
  return {
    whole: false,
    request: request.acceptance === undefined ? request : { ...request, acceptance: closed(request.acceptance) },
    events: (events) => {
      const names = hiddenNames(request, events);
      return events.map((event) => without(names, bound(event)));
    },
    // The tests of a candidate hold what binds it, word by word.
    candidate: (candidate, events) => {
      const names = hiddenNames(request, events);
      const told = without(names, { ...candidate, files: [] });
      return {
        ...told,
        files: candidate.files.map((file) => (tells(names, file) ? { ...file, before: null, after: null, lines: [] } : file)),
      };
    },
  };
}

const closed = (examples: readonly AcceptanceExample[]): readonly AcceptanceExample[] =>
  examples.map((example) => (example.hidden ? { ...example, example: null } : example));
const bound = (event: ChangeEvent): ChangeEvent =>
  event.kind === 'understood' && event.understanding.acceptance !== undefined
    ? { ...event, understanding: { ...event.understanding, acceptance: closed(event.understanding.acceptance) } }
    : event;

/** By which gates, failures and files tell of them. */
function hiddenNames(request: ChangeRequest, events: readonly ChangeEvent[]): readonly string[] {
  const understood = events.flatMap((event) => (event.kind === 'understood' ? (event.understanding.acceptance ?? []) : []));
  return [...(request.acceptance ?? []), ...understood].flatMap(({ example, hidden }) =>
    hidden && isObject(example) && typeof example['name'] === 'string' ? [example['name']] : [],
  );
}

const untold = 'an example of the asker that is not shown here';
/** Texts are looked at as they are and as JSON or source has them: quoted, with what must be escaped. */
const tells = (names: readonly string[], value: unknown): boolean =>
  names.length > 0 && textsIn(value).some((text) => names.some((name) => formsOf(name).some((form) => text.includes(form))));
const formsOf = (name: string): readonly string[] => [name, JSON.stringify(name).slice(1, -1), name.replace(/[\\']/g, '\\$&')];
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];

/** A finding about one says that there is one; a text that names one is left out whole. */
function without<Value>(names: readonly string[], value: Value): Value {
  return (tells(names, value) ? masked(names, value) : value) as Value;
}
function masked(names: readonly string[], value: unknown): unknown {
  if (typeof value === 'string') return tells(names, value) ? untold : value;
  if (Array.isArray(value)) return value.map((each) => without(names, each));
  if (!isObject(value)) return value;
  if (typeof value['statement'] === 'string' && tells(names, value)) {
    const { witness: _witness, ...finding } = value;
    return { ...finding, statement: untold };
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(names, member)]));
}
const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
