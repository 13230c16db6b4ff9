/**
 * English words without their endings, after M. F. Porter, "An algorithm for suffix stripping" (1980), so that "cancelled", "cancels" and
 * "cancellation" are one. Words that are no plain lower-case ASCII are left as they are.
 */
const steps2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
];
const steps3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];
const steps4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize|(?<=[st])ion)$/;
const consonant = '[^aeiou]';
const vowel = '[aeiouy]';
const consonants = `${consonant}[^aeiouy]*`;
const vowels = `${vowel}[aeiou]*`;
const measured = new RegExp(`^(?:${consonants})?${vowels}${consonants}`);
const once = new RegExp(`^(?:${consonants})?${vowels}${consonants}(?:${vowels})?$`);
const twice = new RegExp(`^(?:${consonants})?${vowels}${consonants}${vowels}${consonants}`);
const hasVowel = new RegExp(`^(?:${consonants})?${vowel}`);
const shortEnd = new RegExp(`^${consonants}${vowel}[^aeiouwxy]$`);

export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let text = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  text = text.replace(/(ss|i)es$/, '$1').replace(/([^s])s$/, '$1');
  text = withoutPast(text);
  if (text.endsWith('y') && hasVowel.test(text.slice(0, -1))) text = `${text.slice(0, -1)}i`;
  text = replaced(text, steps2);
  text = replaced(text, steps3);
  const [, body = '', ending] = steps4.exec(text) ?? [];
  if (ending !== undefined && twice.test(body)) text = body;
  if (text.endsWith('e')) {
    const body = text.slice(0, -1);
    if (twice.test(body) || (once.test(body) && !shortEnd.test(body))) text = body;
  }
  if (text.endsWith('ll') && twice.test(text)) text = text.slice(0, -1);
  return text.toLowerCase();
}

function withoutPast(text: string): string {
  if (text.endsWith('eed')) return measured.test(text.slice(0, -3)) ? text.slice(0, -1) : text;
  const body = text.replace(/(?:ed|ing)$/, '');
  if (body === text || !hasVowel.test(body)) return text;
  if (/(?:at|bl|iz)$/.test(body)) return `${body}e`;
  if (/([^aeiouylsz])\1$/.test(body)) return body.slice(0, -1);
  return shortEnd.test(body) ? `${body}e` : body;
}
function replaced(text: string, endings: readonly (readonly [string, string])[]): string {
  for (const [ending, by] of endings)
    if (text.endsWith(ending)) {
      const body = text.slice(0, -ending.length);
      return measured.test(body) ? body + by : text;
    }
  return text;
}
