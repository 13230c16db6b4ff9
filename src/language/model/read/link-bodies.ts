/** The media types that an operation states, held against what it takes and answers: each must be able to carry it. */
import type { Json } from '#kernel';
import { fileTerms, filesIn } from '#schema';
import type { DeclaredField, DeclaredOperation } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import { bodyKind, isJsonType, MULTIPART } from '../media-type.ts';

const shapeOf = ({ type }: Pick<DeclaredField, 'type'>): Json | undefined => (type.kind === 'json' ? type.shape : undefined);
const isFile = (field: DeclaredField | undefined): boolean => field !== undefined && fileTerms(shapeOf(field)) !== undefined;

export function bodiesIn(file: LinkedFile, { http, input, output }: DeclaredOperation, start: number): void {
  const whole = input.find(({ name }) => name === http.body?.name);
  for (const type of http.takes ?? []) {
    const kind = bodyKind(type);
    if (isFile(whole) && (kind === 'form' || kind === 'multipart' || kind === 'json'))
      file.report(
        start,
        `the whole body is the file ${whole?.name ?? ''}, which ${type} does not carry; leave takes out, or name types of files`,
      );
    else if (!isFile(whole) && kind === 'text' && whole?.type.kind !== 'text')
      file.report(start, `${type} is a text, so the whole body is one: name the input in body, and make it text({ multiline: true })`);
    else if (!isFile(whole) && kind === 'file')
      file.report(
        start,
        `${type} comes as bytes, so the whole body is a file: name the input in body, and make it json({ shape: { format: 'file', mediaTypes: ['${type}'] } })`,
      );
    else if (whole?.type.kind === 'text' && kind !== 'text')
      file.report(start, `the whole body is the text ${whole.name}, which ${type} does not carry`);
  }
  for (const field of input) {
    if (field !== whole && isFile(field) && http.body !== undefined) continue;
    if (!isFile(whole) && filesIn(shapeOf(field)).length > 0 && http.takes?.includes(MULTIPART) !== true)
      file.report(
        field.start,
        `${field.name} holds a file, which comes as a part of a form: takes: ['${MULTIPART}'], or make it the whole body`,
      );
    if ((field.fields ?? []).some((inner) => filesIn(shapeOf(inner)).length > 0))
      file.report(field.start, `${field.name} is a list of rows, in which no file stands; give the file an input of its own`);
  }
  if (http.answers === undefined || isJsonType(http.answers)) return;
  const body =
    output !== null && 'fields' in output && output.whole === true ? output.fields.find(({ name }) => name === 'body') : undefined;
  if (body?.type.kind !== 'text')
    file.report(start, `what is answered as ${http.answers} is a text: output: { body: text({ multiline: true, required: true }) }`);
}
