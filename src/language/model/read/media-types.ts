/**
 * Which media types an operation may take and answer, held where they are stated. What a browser would run is never answered as such;
 * XML is refused both ways: its entities and nesting are a parser's burden that no reader here is trusted with.
 */
import { FORM, isJsonType, MULTIPART } from '../media-type.ts';

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/(?:\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,80})$/;
/** A text that no browser runs, whatever stands in it. */
const PLAIN = /^text\/(?:plain|csv|markdown|calendar|vcard|tab-separated-values)$|^application\/(?:x-)?ndjson$/;
const XML = /[/+]xml$|\/soap/;
const noXml = (type: string): string =>
  `${type.slice(0, 60)} is XML, which is neither read nor written here; take JSON, a form, a text or a file (format: 'file'), and say in the request that XML is left out`;

export function takenProblem(type: string): string | undefined {
  if (XML.test(type)) return noXml(type);
  return TYPE.test(type) && (!type.startsWith('multipart/') || type === MULTIPART)
    ? undefined
    : `${type.slice(0, 60)} is no media type that a body may come in: 'application/json', '${FORM}', '${MULTIPART}', 'text/csv', or those of a file such as 'image/png' and 'image/*'; parameters such as charset are left out`;
}
export function answeredProblem(type: string): string | undefined {
  if (XML.test(type)) return noXml(type);
  return PLAIN.test(type) || (isJsonType(type) && TYPE.test(type))
    ? undefined
    : `${type.slice(0, 60)} is not answered as a text: it may be text/plain, text/csv, text/markdown, text/calendar, text/vcard, text/tab-separated-values, application/x-ndjson, or a JSON type; bytes of other types are a file, json({ shape: { format: 'file' } })`;
}
