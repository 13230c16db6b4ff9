/**
 * Reads that nothing has changed: what an operation answers by GET has a tag, its own (the version of a row) or one of its text, and whoever has it already is told 304
 * without a body. Why: published interfaces promise it, clients poll by it, and no body can see what stands in If-None-Match.
 */
import { hash } from 'node:crypto';
import { answerNothing } from '../answers.ts';

const GIVEN = /^(?:application\/(?:[\w.-]+\+)?json|text\/)/;

/** By weak comparison, as RFC 9110 has it for If-None-Match: what two tags say apart from W/ is the same. */
export function isAmong(header: string | undefined, tag: string): boolean {
  const bare = (one: string): string => one.trim().replace(/^W\//, '');
  return header !== undefined && header.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag));
}

/** The answer with its tag, or 304 in its place. What is sent as a file is let through. */
export async function unlessUnchanged(answer: Response, ifNoneMatch: string | undefined): Promise<Response> {
  if (answer.status !== 200 || !GIVEN.test(answer.headers.get('content-type') ?? '') || answer.headers.has('content-disposition'))
    return answer;
  const own = answer.headers.get('etag');
  if (own !== null && !isAmong(ifNoneMatch, own)) return answer;
  const text = own === null ? await answer.text() : '';
  const tag = own ?? `W/"${hash('sha256', text).slice(0, 24)}"`;
  const headers = Object.fromEntries(answer.headers);
  if (!isAmong(ifNoneMatch, tag)) return new Response(text, { status: 200, headers: { ...headers, etag: tag } });
  const { 'content-type': _type, 'content-length': _length, ...kept } = headers;
  return answerNothing(304, { ...kept, etag: tag });
}
