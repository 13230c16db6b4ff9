/**
 * The body of a call to an operation, in the media type that its contract takes: JSON, a form, parts of a form, a text, or a file. What
 * comes out is JSON as if it had been sent as such, and the files that stand in it, each held to its own terms before anything is kept.
 */
import { createHash, randomUUID } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type Field, isRefusal, type Json, type JsonObject, type OperationContract, refuse, type Refusal } from '#kernel';
import type { SentFile } from '#machine';
import { bodyKind, essenceOf, FORM, meetsType, MULTIPART, wireNameOf } from '#model';
import { fileTerms, filesIn, type FileTerms, takenFile, type ValueSettings } from '#schema';
import { attachmentName } from '../attachments.ts';
import { jsonOf } from '../body.ts';
import type { Entry, FilePart } from '../bodies/entries.ts';
import { multipartEntries } from '../bodies/multipart.ts';
import { isBranch, type Node, type Reading, shapedJson, treeOf } from '../bodies/nested.ts';
import { bodyCap } from '../bodies/body-cap.ts';
import { mostBody, otherCharset, packed, readBytes } from '../bodies/read-bytes.ts';
import { urlencodedEntries } from '../bodies/urlencoded.ts';
import { unfit } from './list-query.ts';
import { jsonOfText } from './query-values.ts';

export interface OperationBody {
  readonly given: Json | undefined;
  /** What tells this body from others. */
  readonly text: string;
  readonly files: readonly SentFile[];
}
export interface BodyPlaces {
  readonly body: readonly Field[];
  readonly whole: Field | undefined;
}

const shapeOf = (field: Field | undefined): Json | undefined => (field?.type.kind === 'json' ? field.type.shape : undefined);

/** Bytes that a body of this operation may have: more than usual only where its contract takes files. */
export function bodyCapOf({ http, input }: OperationContract): number {
  const whole = fileTerms(shapeOf(input.find(({ name }) => name === http.body)));
  if (whole !== undefined) return whole.maxBytes;
  const files = input.flatMap((field) => filesIn(shapeOf(field)));
  return files.length === 0
    ? bodyCap
    : Math.min(
        mostBody,
        files.reduce((sum, { maxBytes }) => sum + maxBytes, bodyCap),
      );
}

export async function readOperationBody(
  incoming: IncomingMessage,
  operation: OperationContract,
  places: BodyPlaces,
  settings: ValueSettings,
): Promise<OperationBody | Refusal> {
  const { http } = operation;
  const wholeFile = fileTerms(shapeOf(places.whole));
  const takes = http.takes ?? (wholeFile === undefined ? ['application/json'] : (wholeFile.mediaTypes ?? ['*/*']));
  const header = incoming.headers['content-type'];
  const type = header === undefined ? undefined : essenceOf(header);
  const unwanted = packed(incoming) ?? (type === undefined || taken(takes, type) ? undefined : notTaken(takes, type));
  if (unwanted !== undefined) return unwanted;
  const bytes = await readBytes(incoming, bodyCapOf(operation));
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (bytes.length === 0 && wholeFile === undefined) return { given: undefined, text: '', files: [] };
  if (type === undefined || header === undefined) return notTaken(takes, undefined);
  const files: SentFile[] = [];
  const text = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (wholeFile !== undefined) {
    const file = accepted({ filename: fileNameIn(incoming), type: header, bytes }, wholeFile, files);
    return isRefusal(file) ? file : { given: file, text, files };
  }
  switch (bodyKind(type)) {
    case 'json': {
      const body = jsonOf(header, incoming, bytes);
      return isRefusal(body) ? body : { given: body.value as Json | undefined, text: body.text, files };
    }
    case 'text': {
      const other = otherCharset(header, 'A text');
      if (other !== undefined) return other;
      return isUtf8(bytes) ? { given: bytes.toString('utf8'), text, files } : refuse('malformed', 'The body is not UTF-8 text.');
    }
    default: {
      const other = otherCharset(header, 'A form');
      const entries = other ?? (type === FORM ? urlencodedEntries(bytes) : multipartEntries(bytes, header));
      if (isRefusal(entries)) return entries;
      const given = formJson(entries, http, places, settings, files);
      return isRefusal(given) ? given : { given, text, files };
    }
  }
}

/** JSON by another name is JSON. */
const taken = (takes: readonly string[], type: string): boolean =>
  takes.some((stated) => meetsType(stated, type) || (stated === 'application/json' && bodyKind(type) === 'json'));

const notTaken = (takes: readonly string[], type: string | undefined): Refusal =>
  refuse(
    'unsupported-media-type',
    `The body must be sent as ${takes.map((each) => (each === MULTIPART ? `${each} with its boundary` : each)).join(' or ')}, named in the header Content-Type${type === undefined ? '' : `; it came as ${type.slice(0, 100)}`}.`,
  );

/** `Content-Disposition: attachment; filename="..."` of a request that is a file. */
const fileNameIn = ({ headers }: IncomingMessage): string =>
  /filename="?([^";]{1,200})/i.exec(headers['content-disposition'] ?? '')?.[1] ?? 'file';

/** A file within its terms, noted to be kept; what it says of itself is made fit to be shown. */
function accepted({ filename, type: said, bytes }: FilePart, { mediaTypes, maxBytes }: FileTerms, files: SentFile[]): JsonObject | Refusal {
  const type = essenceOf(said);
  if (!/^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/.test(type))
    return refuse('unsupported-media-type', 'A file is sent with its media type, such as Content-Type: image/png.');
  if (mediaTypes !== undefined && !mediaTypes.some((stated) => meetsType(stated, type)))
    return refuse('unsupported-media-type', `A file must be of the type ${mediaTypes.join(' or ')}, not ${type}.`);
  if (bytes.length > maxBytes) return refuse('too-large', `A file has at most ${maxBytes} bytes here; this one has ${bytes.length}.`);
  if (bytes.length === 0) return refuse('invalid', 'The file is empty.', { fields: { '': 'is empty' } });
  const name = attachmentName(filename.split(/[/\\]/).at(-1) ?? '');
  const file = { file: randomUUID(), name, type, bytes: bytes.length };
  files.push({ ...file, content: bytes });
  return takenFile(file);
}

/** A form as the JSON that the contract's inputs would be sent as. */
function formJson(
  entries: readonly Entry[],
  http: OperationContract['http'],
  { body, whole }: BodyPlaces,
  settings: ValueSettings,
  files: SentFile[],
): Json | Refusal {
  const tree = treeOf(entries);
  if (isRefusal(tree)) return tree;
  let refused: Refusal | undefined;
  const faults = new Map<string, string>();
  const reading: Reading = {
    faults,
    file: (shape, part, place) => {
      const terms = fileTerms(shape);
      if (terms === undefined) {
        faults.set(place, 'is a file, and none is wanted here');
        return null;
      }
      const file = accepted(part, terms, files);
      if (!isRefusal(file)) return file;
      refused ??= file.code === 'invalid' ? unfit({ [place]: 'is empty' }) : file;
      return null;
    },
  };
  const fields = new Map(body.map((field) => [wireNameOf(http, field.name, 'query'), field]));
  const json: Json =
    whole === undefined
      ? Object.fromEntries([...tree.members].map(([name, node]) => [name, fieldJson(node, fields.get(name), name, settings, reading)]))
      : shapedMembers(tree, shapeOf(whole), reading);
  if (refused !== undefined) return refused;
  return faults.size > 0 ? unfit(Object.fromEntries(faults)) : json;
}

/** The members of a body that is one input: places are told as it was sent, without a name around them. */
function shapedMembers(tree: Node, shape: Json | undefined, reading: Reading): Json {
  const faults = new Map<string, string>();
  const json = shapedJson(tree, shape ?? { type: 'object' }, '', {
    ...reading,
    faults,
    file: (of, part, place) => reading.file(of, part, place.slice(1)),
  });
  for (const [place, message] of faults) reading.faults.set(place.replace(/^\./, ''), message);
  return json;
}

function fieldJson(node: Node, field: Field | undefined, place: string, settings: ValueSettings, reading: Reading): Json {
  if (field === undefined || field.type.kind === 'json') return shapedJson(node, shapeOf(field), place, reading);
  if (field.type.kind === 'list') {
    const items = new Map(field.type.fields.map((inner) => [inner.name, inner]));
    if (!isBranch(node)) return shapedJson(node, undefined, place, reading);
    return [...node.members]
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .map(([key, item]) =>
        isBranch(item)
          ? Object.fromEntries(
              [...item.members].map(([name, each]) => [
                name,
                fieldJson(each, items.get(name), `${place}[${key}].${name}`, settings, reading),
              ]),
            )
          : shapedJson(item, undefined, `${place}[${key}]`, reading),
      );
  }
  const json = shapedJson(node, undefined, place, reading);
  if (typeof json !== 'string') return json;
  return json === '' && field.type.kind !== 'text' ? null : jsonOfText(field, json, settings);
}
