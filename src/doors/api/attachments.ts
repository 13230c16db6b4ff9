/**
 * What documents may come along with a request: one judgement, asked by the door that takes them and by whoever sends them, before
 * anything travels. Pure. Names are labels that stand in prompts and pages, never paths.
 */
import { refuse, type Refusal } from '#kernel';

export interface AttachedText {
  readonly name: string;
  readonly text: string;
}
/** `bytes`: as JSON that travels, which has to fit into one body together with the request. */
export const attachmentCaps = { files: 8, characters: 400_000, bytes: 1_000_000, nameCharacters: 120 } as const;

/** Why these may not come along together; undefined where they may. */
export function attachmentsFault(attachments: readonly AttachedText[]): Refusal | undefined {
  if (attachments.length > attachmentCaps.files)
    return wrong(`takes at most ${attachmentCaps.files} documents; these are ${attachments.length}`);
  const names = new Set<string>();
  for (const { name, text } of attachments) {
    if (!namePattern.test(name))
      return wrong(
        `takes names of letters, digits, spaces, dots, "_" and "-" that begin with a letter or a digit (at most ${attachmentCaps.nameCharacters}), unlike ${JSON.stringify(name.slice(0, 60).toWellFormed())}`,
      );
    if (names.has(name)) return wrong(`takes each document under a name of its own; two are called ${name}`);
    names.add(name);
    if (text.trim() === '') return wrong(`takes documents with something in them; ${name} is empty`);
    if (!text.isWellFormed() || text.includes('\u0000')) return wrong(`takes texts without the character NUL, and ${name} is none`);
  }
  const characters = attachments.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > attachmentCaps.characters)
    return refuse(
      'too-large',
      `Attachments have at most ${attachmentCaps.characters} characters together; these have ${characters}. Attach the part that the request goes by.`,
    );
  const bytes = attachments.reduce((sum, { text }) => sum + encoder.encode(JSON.stringify(text)).length, 0);
  return bytes <= attachmentCaps.bytes
    ? undefined
    : refuse(
        'too-large',
        `Attachments have at most ${attachmentCaps.bytes} bytes together as they travel; these have ${bytes}. Attach the part that the request goes by.`,
      );
}

const encoder = new TextEncoder();
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,119}$/u;
const wrong = (why: string): Refusal => refuse('invalid', `attachments ${why}.`, { fields: { attachments: why } });

/** A file's own name as one that may come along: what a name must not hold becomes "-". */
export function attachmentName(fileName: string): string {
  const name = fileName
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, attachmentCaps.nameCharacters)
    .toWellFormed()
    .replaceAll('\ufffd', '-');
  return name === '' ? 'document' : name;
}
