/** A request as plain small words: what people write differently and mean alike is one word. Never a guess at what it means. */
const numbers: { readonly [word: string]: number } = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  hundred: 100,
  thousand: 1000,
  grand: 1000,
};
const ordinals = ['third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const contractions: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\b(\w+)n't\b/g, '$1 not'],
  [/\b(i|you|he|she|it|we|they|who)'d\b/g, '$1 would'],
  [/\b(i|you|we|they)'ve\b/g, '$1 have'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\bi'm\b/g, 'i am'],
  [/\b(it|that|there|what|who|where|he|she)'s\b/g, '$1 is'],
  [/\b(\w+)'ll\b/g, '$1 will'],
  [/\blet's\b/g, 'let us'],
  [/(\w)'s?(?=\s|$)/g, '$1'],
];

/** Words with one blank between them; a sentence ends with ".", a question with "?". Numbers are digits: "one thousand" is 1000. */
export function plainWords(text: string): string {
  let plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u00b4`]/g, "'")
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  for (const [from, to] of contractions) plain = plain.replace(from, to);
  const words = plain
    .replace(/\btwice\b/g, '2 times')
    .replace(/\b(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b/g, (word) => String(ordinals.indexOf(word) + 3))
    .replace(/[!;]/g, '.')
    .replace(/\.(?=\s|$)/g, ' . ')
    .replace(/\?/g, ' ? ')
    .replace(/\u20ac/g, ' eur ')
    .replace(/\$/g, ' usd ')
    .replace(/%/g, ' percent ')
    .replace(/[^\p{L}\p{N}.:/?]+/gu, ' ')
    .replace(/:(?=\s|$)/g, ' ')
    .trim()
    .split(/\s+/);
  const joined: string[] = [];
  for (const word of words) {
    const number = Object.hasOwn(numbers, word) ? numbers[word] : undefined;
    const before = Number(joined.at(-1));
    if (number !== undefined && number >= 100 && before > 0 && before < 100) joined[joined.length - 1] = String(before * number);
    else joined.push(number === undefined ? word : String(number));
  }
  return joined.join(' ');
}
