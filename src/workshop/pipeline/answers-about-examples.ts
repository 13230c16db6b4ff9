/** The answers that a question about examples offers, word for word the same where they are offered and where one comes back. Pure. */
import type { AcceptanceExample, Option } from '#change';
import { exampleName } from './parts.ts';

/** A hidden one is called by its place alone: what is said here may be read by who writes. */
export const titleOf = (example: AcceptanceExample, binding: readonly AcceptanceExample[]): string =>
  example.hidden
    ? `The hidden example ${binding.filter(({ hidden }) => hidden).indexOf(example) + 1}`
    : `The example “${plain(exampleName(example), 200)}”`;
const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
export const dropOption = (example: AcceptanceExample, binding: readonly AcceptanceExample[]): Option => ({
  sentence: `Drop ${lowered(titleOf(example, binding))}.`,
  meaning: 'It binds no longer; all others do.',
});
export const keepOption = (examples: readonly AcceptanceExample[], binding: readonly AcceptanceExample[]): Option => ({
  sentence: `Keep ${examples.map((example) => lowered(titleOf(example, binding))).join(' and ')}.`,
  meaning: 'It is written again, and must hold.',
});

/** What strangers wrote, for a person: one line, capped, with what is invisible or moves a terminal shown as what it is. */
export const plain = (text: string, cap: number): string => {
  const shown = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\p{C}/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
  return shown.length <= cap ? shown : `${shown.slice(0, cap - 1)}…`;
};
