/**
 * Files that a person chose or dropped, on their way to becoming documents of a request: read as text, judged as the door judges them,
 * and refused one by one in words. What was there stays as it was when another is refused. Pure but for the reading.
 */
import { attachmentCaps, attachmentName, attachmentsFault, type AttachedText } from '#api/client';

/** What is used of a browser's `File`. */
export interface ChosenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}
export interface Attached {
  readonly documents: readonly AttachedText[];
  /** What became of the last files that were chosen, for who hears the page: attached or taken away. */
  readonly told: string;
  /** Why files were not taken, each in a sentence. */
  readonly refused: readonly string[];
}
export type ReadFile = AttachedText | { readonly why: string };

export const nothingAttached: Attached = { documents: [], told: '', refused: [] };

/** A character is at most three bytes of UTF-8, so that a larger file need not be read. */
const mostBytes = attachmentCaps.characters * 3 + 3;

export async function readFileText(file: ChosenFile): Promise<ReadFile> {
  // Also where it is refused: a name may hold what turns the sentence around it.
  const name = attachmentName(file.name);
  if (file.size > mostBytes) return { why: `${name} is too large: ${thousands(file.size)} bytes. ${capsInWords}` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes('\u0000')) return { why: notText(name) };
    if (text.trim() === '') return { why: `${name} is empty.` };
    return { name, text };
  } catch (cause) {
    return { why: cause instanceof TypeError ? notText(name) : `${name} cannot be read. A folder cannot be attached.` };
  }
}

/** One after the other, as they were chosen; a document of the same name is taken anew. */
export function attach(before: Attached, files: readonly ReadFile[]): Attached {
  let { documents } = before;
  const taken: string[] = [];
  const refused: string[] = [];
  for (const file of files) {
    if ('why' in file) {
      refused.push(file.why);
      continue;
    }
    const others = documents.filter(({ name }) => name !== file.name);
    const fault = attachmentsFault([...others, file]);
    if (fault === undefined) {
      documents = [...others, file];
      taken.push(`${file.name}, ${sizeOf(file)}`);
    } else refused.push(`${file.name} (${sizeOf(file)}) is not attached: ${sentence(fault.why)}`);
  }
  return { documents, told: taken.length === 0 ? '' : `Attached: ${taken.join('; ')}.`, refused };
}

export const detach = (before: Attached, name: string): Attached => ({
  documents: before.documents.filter((document) => document.name !== name),
  told: `${name} is no longer attached.`,
  refused: [],
});

export const capsInWords = `At most ${attachmentCaps.files} files of text, ${thousands(attachmentCaps.characters)} characters together.`;
export const sizeOf = ({ text }: Pick<AttachedText, 'text'>): string => charactersInWords(text.length);
export const charactersInWords = (characters: number): string =>
  characters === 1 ? 'one character' : `${thousands(characters)} characters`;

const notText = (name: string): string => `${name} is no text in UTF-8. Save it as text, Markdown, JSON or YAML and attach that.`;
const sentence = (why: string): string => why.replace(/^attachments takes /, 'a request takes ');
function thousands(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}
