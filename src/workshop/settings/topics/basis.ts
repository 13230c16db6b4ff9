/** What stored values stand on: named and known as settings, and never changed once a system has begun. */
import { type Asked, refusedWish, type Wish } from '../wish.ts';

const PEOPLES =
  'german|french|swedish|english|british|american|danish|norwegian|finnish|dutch|italian|spanish|polish|czech|swiss|austrian|portuguese|turkish|japanese|chinese|european|us';
const MONEYS = 'dollars?|francs?|pounds?|yen|kronor|kroner|zloty|rupees|usd|gbp|chf|sek|nok|dkk|jpy|pln|euros?|eur';

const parts: readonly (readonly [keyof Asked['settings'] & string, string, RegExp])[] = [
  [
    'collation',
    'collation',
    new RegExp(
      `\\bcollation\\b|\\b(?:sort\\w*|order\\w*|alphabet\\w*)\\b.*\\b(?:${PEOPLES})\\b|\\b(?:${PEOPLES})\\b.*\\b(?:alphabet\\w*|sort order|sorting)\\b`,
    ),
  ],
  [
    'timeZone',
    'time zone',
    /\btime ?zone\b|\b(?:clock|times|hours)\b.*\b(?:time of|utc|gmt|summer time)\b|\butc\b|\b(?:adjust|set|change|put) (?:the|our) clocks?\b/,
  ],
  [
    'currency',
    'currency',
    new RegExp(
      `\\bcurrency\\b|\\b(?:switch|change|convert|move|prices?|amounts?|money|account\\w*|charge|sell|everything)\\b.*\\b(?:in|to|into)\\b (?:us |swiss |british |american )?(?:${MONEYS})\\b(?! per| a| or)`,
    ),
  ],
  [
    'locale',
    'locale',
    new RegExp(
      `\\blocale\\b|\\b(?:numbers?|amounts?|dates?|decimals?|commas?|format\\w*)\\b.*\\b(?:${PEOPLES})\\b|\\b(?:${PEOPLES})\\b.*\\b(?:format\\w*|notation|number style|way of writing)\\b|\\bdecimal comma\\b|\\b(?:day|month) first\\b`,
    ),
  ],
  ['name', 'name', /\brename (?:the|our|this) (?:system|shop|company|programme|program|application)\b|\bname of (?:the|our|this) system\b/],
];

export function basis({ plain, settings }: Asked): Wish | undefined {
  const found = parts.find(([, , words]) => words.test(plain));
  if (found === undefined || /\d/.test(plain)) return undefined;
  const [part, label] = found;
  const now = part === 'currency' ? settings.currency.code : String(settings[part]);
  return refusedWish(
    `The ${label} of a system is chosen at its start and never changes (it is ${now}): every stored value stands on it. A new system begins with another: \`theseus init\`.`,
  );
}
