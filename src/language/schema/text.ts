/** What text may hold everywhere: no NUL (PostgreSQL refuses it) and no half of a surrogate pair (it has no UTF-8 bytes). */

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

export const emailPattern = '^[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)+$';
const EMAIL = new RegExp(emailPattern, 'u');
export const isEmail = (text: string): boolean => EMAIL.test(text);

export const urlPattern = '^https?://[^\\s]+$';
const URL_TEXT = new RegExp(urlPattern, 'u');
export const isUrl = (text: string): boolean => URL_TEXT.test(text) && URL.canParse(text);
