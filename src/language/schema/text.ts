/** What text may hold everywhere: no NUL (PostgreSQL refuses it) and no half of a surrogate pair (it has no UTF-8 bytes). */
import type { Field } from '#kernel';

/** What is wrong with a text, or undefined. */
export function textFault(text: string): string | undefined {
  if (text.includes('\u0000')) return 'must not hold the character NUL';
  if (!text.isWellFormed()) return 'must be well-formed Unicode text';
  return undefined;
}

/** Code points, as JSON Schema and PostgreSQL count characters. */
export function characters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) at++;
    }
    count++;
  }
  return count;
}

/**
 * What nobody sees: white space, controls, zero-width and filling characters, as a class of characters for JavaScript, JSON Schema and
 * PostgreSQL alike: each is named by its code, so that no locale has a say.
 */
export const unseenCharacters: string =
  '\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0';
const SEEN = new RegExp(`[^\\u0000${unseenCharacters}]`, 'u');
/** Whether a text holds nothing that a reader could see. */
export const isBlank = (text: string): boolean => !SEEN.test(text);
/** A required text says something: one character that can be seen, unless its least length is 0. */
export const mustBeSeen = ({ required, type }: Pick<Field, 'required' | 'type'>): boolean =>
  required && type.kind === 'text' && type.secret !== true && (type.min ?? 1) > 0;

export const emailPattern = '^[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)+$';
const EMAIL = new RegExp(emailPattern, 'u');
export const isEmail = (text: string): boolean => EMAIL.test(text);

export const urlPattern = '^https?://[^\\s]+$';
const URL_TEXT = new RegExp(urlPattern, 'u');
export const isUrl = (text: string): boolean => URL_TEXT.test(text) && URL.canParse(text);
