/**
 * What a tool sends and gets where that is no JSON: an agent says values as JSON, a file as its name, type and base64, and they leave as the form, the parts, the text or
 * the bytes that the operation takes; a text or a file that comes back is said in the same way. Why: a published interface of forms and files is open to agents too.
 */
import type { Json, JsonObject } from '#api/client';

/** As the OpenAPI document has bytes. */
export const isBytes = (schema: JsonObject): boolean => schema['type'] === 'string' && schema['format'] === 'binary';
/** As an agent says them. */
export const fileSchema: JsonObject = {
  type: 'object',
  description: 'A file.',
  required: ['name', 'type', 'base64'],
  properties: {
    name: { type: 'string', description: 'Such as proof.pdf.' },
    type: { type: 'string', description: 'Such as application/pdf.' },
    base64: { type: 'string', contentEncoding: 'base64' },
  },
};

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;
const FORM = 'application/x-www-form-urlencoded';
const PARTS = 'multipart/form-data';
/** Of the media types that an operation takes the one that loses nothing. */
export const typeToSend = (content: JsonObject): string | undefined => {
  const types = Object.keys(content);
  return types.find((type) => JSON_TYPE.test(type)) ?? [PARTS, FORM].find((type) => types.includes(type)) ?? types[0];
};
export const isJson = (type: string): boolean => JSON_TYPE.test(type);

export interface SentBody {
  readonly content: FormData | URLSearchParams | Blob | string;
  /** Where the content does not say it by itself. */
  readonly type?: string;
}

export function sentBody(type: string, values: Json): SentBody {
  if (type === FORM) {
    const form = new URLSearchParams();
    for (const [name, value] of entriesOf(values)) form.append(name, typeof value === 'string' ? value : value.name);
    return { content: form };
  }
  if (type === PARTS) {
    const form = new FormData();
    for (const [name, value] of entriesOf(values))
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, blobOf(value), value.name);
    return { content: form };
  }
  return isFile(values)
    ? { content: blobOf(values), type: values.type }
    : { content: typeof values === 'string' ? values : JSON.stringify(values), type };
}

interface SaidFile extends JsonObject {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}
const isFile = (value: Json): value is SaidFile =>
  isObject(value) && ['name', 'type', 'base64'].every((member) => typeof value[member] === 'string');
const blobOf = ({ base64, type }: SaidFile): Blob => new Blob([Buffer.from(base64, 'base64')], { type });

/** `address[city]`, `items[0][price]`: what stands inside what. Nothing is said by an empty text. */
function entriesOf(values: Json, within = ''): readonly (readonly [string, string | SaidFile])[] {
  if (within !== '' && isFile(values)) return [[within, values]];
  if (Array.isArray(values)) return (values as readonly Json[]).flatMap((each, at) => entriesOf(each, `${within}[${at}]`));
  if (isObject(values))
    return Object.entries(values).flatMap(([name, value]) => entriesOf(value, within === '' ? name : `${within}[${name}]`));
  return [[within, values === null ? '' : String(values)]];
}
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a file more than this is not said: an agent pays for each letter. */
const mostBytes = 256 * 1_024;

/** What came back: JSON as it is, a text as a text, and anything else as a file. */
export async function answerSaid(answer: Response): Promise<Json> {
  const type = (answer.headers.get('content-type') ?? '').replace(/\s*;.*$/, '');
  if (answer.status === 204 || type === '') return null;
  if (isJson(type)) return JSON.parse(await answer.text()) as Json;
  if (type.startsWith('text/')) return await answer.text();
  const bytes = Buffer.from(await answer.arrayBuffer());
  const name = /filename="([^"]*)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
  return bytes.length > mostBytes
    ? { name, type, bytes: bytes.length, why: `Files of more than ${mostBytes} bytes are not said to agents.` }
    : { name, type, bytes: bytes.length, base64: bytes.toString('base64') };
}
