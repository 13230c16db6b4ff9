/** Requests that change no value, say nothing that could be done, or are no request at all. */
const empties: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:multipl\w*|times|divid\w*)\b(?: \w+){0,8} by 1\b(?! \d)(?! hundred)|\btimes 1\b|\b(?:add|plus|subtract|minus|increase|raise|lower|reduce|decrease)\w*\b(?: \w+){0,5} (?:by )?0(?: (?:percent|eur|euro|euros))?(?: |$)(?!\d|\.)|\b(?:discount|rebate|surcharge|reduction) of 0\b|\b0 percent (?:off|discount|more|less|surcharge)\b/,
    'It changes no value: the result is what was there before.',
  ],
  [/\brename (?:the )?(\w+)(?: of \w+)? to (?:the )?\1\b/, 'It has that name already.'],
  [
    /\b(?:set|change|turn)\b.* to (?:what it|the value (?:it|they)|whatever (?:it|they)) (?:is|are|has|have|was)\b|\bto itself\b|\bleave (?:it|them|everything|all) (?:as|the way) (?:it|they)\b/,
    'It leaves everything as it is.',
  ],
  [
    /\b(?:a|an) \w+ (?:that|which) (?:nobody|no 1|never)(?: \w+){0,3} (?:use|uses|see|sees|read|reads|used|seen|fill\w*)\b/,
    'Nobody would use it: that is not worth a line of code.',
  ],
  [
    /^(?:please )?(?:make|do|improve|optimi[sz]e|fix|change|enhance|modernise|modernize|beautify) (?:it|this|that|everything|something|things|stuff|the (?:whole )?(?:system|programme|program|software|app)|all)(?: (?:all|a|bit|much|more|somehow|better|nicer|good|great|perfect|modern|now|please|for|us|me|and|faster|cooler))*(?: [.?])?$/,
    'It does not say what should be different.',
  ],
  [
    /\bweather\b|\btell me a joke\b|\bhow are you\b|^(?:hello|hi|good (?:morning|evening|day)|thanks?|thank you|ok|okay|yes|no|test|testing)(?: \w+)?(?: [.?])*$|\b(?:lorem ipsum|blah blah|asdf\w*|qwert\w*|foo bar)\b|\bwho are you\b|\bmeaning of life\b/,
    'It asks nothing of this system.',
  ],
  [
    /\bin (?:purple|green|blue|square) (?:ideas|thoughts)\b|\b(?:smell|taste|feel|dream)\w* of (?:the )?(?:total|price|number|invoice|database|system)\b/,
    'It means nothing in this system.',
  ],
  [
    /\b(?:required and optional|optional and required|both (?:paid and unpaid|open and (?:closed|cancelled))|always and never)\b/,
    'It contradicts itself.',
  ],
];

/** The first so many leave what is there as it is; the others cannot be done at all. */
const HARMLESS = 4;

export function senselessOf(plain: string): { readonly why: string; readonly refused: boolean } | undefined {
  const at = empties.findIndex(([words]) => words.test(plain));
  const found = empties[at];
  if (found !== undefined) return { why: found[1], refused: at >= HARMLESS };
  const words = plain.split(' ').filter((word) => /^[a-z\u00c0-\u024f]+$/.test(word));
  const odd = words.filter((word) => /[bcdfghjklmnpqrstvwxz]{6}/.test(word) || !/[aeiouy\u00c0-\u024f]/.test(word));
  return words.length > 0 && odd.length * 2 > words.length ? { why: 'These are no words.', refused: true } : undefined;
}
