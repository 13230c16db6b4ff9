/**
 * Text that somebody else wrote, marked as data. The mark is drawn from the text itself, so that no text can hold its own end; what is
 * invisible or turns the reading direction is shown by its number.
 */
import { createHash } from 'node:crypto';

const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

export function dataBlock(source: string, text: string): string {
  const shown = visible(text);
  let mark = markOf(`${source}\n${shown}`);
  while (shown.includes(mark)) mark = markOf(mark);
  return `<data ${mark} from=${JSON.stringify(visible(source).replaceAll(/[<>\n]/g, ' '))}>\n${shown}\n</data ${mark}>`;
}

export const visible = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(hidden, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
