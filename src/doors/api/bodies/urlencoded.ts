/**
 * A body of `application/x-www-form-urlencoded` as entries. Strict where browsers are lenient: what is no UTF-8 or breaks its percent
 * signs is refused, so that nothing is stored that nobody sent.
 */
import { isRefusal, refuse, type Refusal } from '#kernel';
import { type Entry, longestName, mostEntries } from './entries.ts';

export function urlencodedEntries(bytes: Buffer): readonly Entry[] | Refusal {
  const text = bytes.toString('latin1');
  if (text === '') return [];
  const entries: Entry[] = [];
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('&', from);
    const pair = text.slice(from, end < 0 ? text.length : end);
    from = (end < 0 ? text.length : end) + 1;
    if (pair === '') continue;
    if (entries.length >= mostEntries) return refuse('too-large', `A form has at most ${mostEntries} names. Send less at once.`);
    const is = pair.indexOf('=');
    const name = decoded(is < 0 ? pair : pair.slice(0, is));
    if (isRefusal(name)) return name;
    const value = decoded(is < 0 ? '' : pair.slice(is + 1));
    if (isRefusal(value)) return value;
    if (name.length > longestName) return refuse('malformed', `A name in a form has at most ${longestName} characters.`);
    entries.push({ name, value });
  }
  return entries;
}

function decoded(text: string): string | Refusal {
  if (!/^[\x20-\x7e]*$/.test(text)) return unreadable(text);
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    if (cause instanceof URIError) return unreadable(text);
    throw cause;
  }
}
const unreadable = (text: string): Refusal =>
  refuse('malformed', `The form cannot be read near ${JSON.stringify(text.slice(0, 40))}: percent-encode it as UTF-8.`);
