/** The one client of the console: it speaks to the origin that the page came from, with the session's cookie. */
import { ApiProblem, type Client, openClient, type Problem } from '#api/client';
import { membersOf } from '../values/json-members.ts';

export const client: Client = openClient({ url: '' });

/** Whatever was thrown, as a problem document that a page can show. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof ApiProblem) return cause.problem;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return { type: '/errors/bug', title: 'Bug', status: 0, code: 'bug', detail: `The console itself stumbled: ${detail}` };
}

/** Names one attempt of a person, so that a click that is sent twice acts once. (`randomUUID` is missing on plain http.) */
export function attemptKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Messages by field of a refusal whose evidence is `{ fields }`; empty where it names none. */
export function fieldMessages(problem: Problem): { readonly [place: string]: string } {
  return Object.fromEntries(
    Object.entries(membersOf(membersOf(problem.evidence)?.['fields']) ?? {}).map(([place, message]) => [
      place.replaceAll(/\[(\d+)\]/g, '.$1'),
      String(message),
    ]),
  );
}
