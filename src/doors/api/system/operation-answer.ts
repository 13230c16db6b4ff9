/**
 * Answers that are no JSON. A file goes out as the bytes that came in, with the type that was said of it then; nobody looks into it, and no
 * browser is let to: it is not sniffed, runs nothing, and is saved rather than shown unless it is a picture made of points.
 */
import { type OperationContract, refuse, type Refusal } from '#kernel';
import type { SentFile } from '#machine';
import { meetsType } from '#model';
import { fileTerms } from '#schema';
import { type Headers, safeHeaders } from '../answers.ts';

/** Pictures of points hold nothing that runs. SVG does. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp|avif)$/;

export function answerFile(
  { name, type, content }: SentFile,
  { status, headers }: { readonly status: number; readonly headers: Headers },
): Response {
  return new Response(Buffer.from(content.buffer, content.byteOffset, content.byteLength) as Uint8Array<ArrayBuffer>, {
    status,
    headers: {
      ...safeHeaders,
      ...headers,
      'content-type': type,
      'content-length': String(content.byteLength),
      'content-disposition': `${SHOWN.test(type) ? 'inline' : 'attachment'}; ${named(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    },
  });
}

/** RFC 6266: plain letters for all, and the name as it is, percent-encoded, for who reads that: no name can end the header. */
function named(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._-]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*!]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return plain === name ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Where an operation answers in a type of its own, and the caller takes none such, nothing is done. Of JSON, callers name many that they do not mean. */
export function unanswerable({ http, output }: OperationContract, accept: string | undefined): Refusal | undefined {
  if (accept === undefined || accept.trim() === '') return undefined;
  const body =
    output !== null && 'fields' in output && output.whole === true ? output.fields.find(({ name }) => name === 'body') : undefined;
  const file = body?.type.kind === 'json' ? fileTerms(body.type.shape) : undefined;
  const types = http.answers !== undefined ? [http.answers] : file === undefined ? [] : (file.mediaTypes ?? ['*/*']);
  if (types.length === 0) return undefined;
  const wanted = accept
    .slice(0, 2_000)
    .split(',')
    .filter((range) => !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range))
    .map((range) => (range.split(';', 1)[0] ?? '').trim().toLowerCase());
  return types.some((type) => wanted.some((range) => meetsType(range, type) || meetsType(type, range)))
    ? undefined
    : refuse('not-acceptable', `This answers ${types.join(' or ')}, which the header Accept leaves out.`, { answers: types });
}
