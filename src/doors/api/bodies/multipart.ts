/**
 * A body of `multipart/form-data` (RFC 7578) as entries. Reads a buffer that is bounded already, once, from front to end: parts,
 * headers and names have caps, and whatever is not as it should be is refused, so that nobody else reads it otherwise.
 */
import { isUtf8 } from 'node:buffer';
import { isRefusal, refuse, type Refusal } from '#kernel';
import { type Entry, longestName } from './entries.ts';

const mostParts = 100;
const headerBytes = 4_096;
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
const LINE = Buffer.from('\r\n');
const BLANK = Buffer.from('\r\n\r\n');

export function multipartEntries(bytes: Buffer, contentType: string): readonly Entry[] | Refusal {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined)
    return refuse('malformed', 'multipart/form-data needs a boundary in Content-Type, of 1 to 70 letters and digits.');
  const first = Buffer.from(`--${boundary}`);
  const between = Buffer.from(`\r\n--${boundary}`);
  if (!bytes.subarray(0, first.length).equals(first)) return broken('it does not begin with its boundary');
  const entries: Entry[] = [];
  for (let at = first.length; ;) {
    const mark = bytes.toString('latin1', at, at + 2);
    if (mark === '--') {
      const rest = bytes.toString('latin1', at + 2);
      return rest === '' || rest === '\r\n' ? entries : broken('something follows its end');
    }
    if (mark !== '\r\n')
      return broken(at >= bytes.length ? 'it ends before its last boundary' : 'a boundary is followed by something else than a line');
    if (entries.length >= mostParts) return refuse('too-large', `A form of parts has at most ${mostParts} of them. Send less at once.`);
    const from = at + LINE.length;
    const blank = bytes.subarray(from, from + headerBytes).indexOf(BLANK);
    if (blank < 0) return broken('a part has no headers that end, or more than 4 KB of them');
    const start = from + blank + BLANK.length;
    const end = bytes.indexOf(between, start);
    if (end < 0) return broken('it ends before its last boundary');
    const entry = entryOf(bytes.toString('utf8', from, from + blank), bytes.subarray(start, end));
    if (isRefusal(entry)) return entry;
    entries.push(entry);
    at = end + between.length;
  }
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  return boundary !== undefined && BOUNDARY.test(boundary) ? boundary : undefined;
}

function entryOf(head: string, bytes: Buffer): Entry | Refusal {
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!/^[a-z0-9-]{1,60}$/.test(name) || headers.has(name)) return broken('a header of a part cannot be read, or stands twice');
    headers.set(name, line.slice(colon + 1).trim());
  }
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding !== undefined && !['7bit', '8bit', 'binary'].includes(encoding))
    return refuse('unsupported-media-type', 'A part is read as it is: leave Content-Transfer-Encoding out.');
  const said = /^form-data((?:;\s*[a-z*]+=(?:"[^"\r\n]*"|[^\s;"]+))*)\s*;?$/i.exec(headers.get('content-disposition') ?? '');
  const name = said === null ? undefined : parameter(said[1] ?? '', 'name');
  if (said === null || name === undefined || name === '' || name.length > longestName)
    return broken('each part needs Content-Disposition: form-data; name="..."');
  const filename = parameter(said[1] ?? '', 'filename');
  const type = headers.get('content-type');
  if (filename !== undefined) return { name, value: { filename, type: type ?? 'application/octet-stream', bytes } };
  if (!isUtf8(bytes)) return refuse('malformed', `The part ${name.slice(0, 60)} is no UTF-8 text; what is a file needs a filename.`);
  return { name, value: bytes.toString('utf8') };
}

/** As browsers write them: `"` and line breaks percent-encoded, all else as UTF-8. */
function parameter(said: string, wanted: string): string | undefined {
  for (const [, name, quoted, plain] of said.matchAll(/;\s*([a-z*]+)=(?:"([^"\r\n]*)"|([^\s;"]+))/gi))
    if (name?.toLowerCase() === wanted)
      return (quoted ?? plain ?? '').replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return undefined;
}

const broken = (how: string): Refusal => refuse('malformed', `The body is not multipart/form-data: ${how}.`);
