/**
 * Requests that lose money, cheat people, destroy data or take protection away, by what they plainly say. Each has a reason that is
 * told. What only sounds like it (a rule against it, a discount, a limit) is not refused here.
 */
const AGAINST =
  /\b(?:never|not|no|nobody|nothing|forbid|forbidden|prevent|avoid|stop|without|refuse|refused|warn|block|must not|protect)\b/;
/** Who forbids what would be harm asks for a safeguard. */
const guarded = (plain: string, at: number): boolean => AGAINST.test(plain.slice(Math.max(0, at - 40), at));

interface Harm {
  readonly words: RegExp;
  readonly and?: RegExp;
  readonly unless?: RegExp;
  readonly why: string;
}
const ALL = 'all|every|each|everything|everybody|everyone|whole|entire|any|always|whatever';
const harms: readonly Harm[] = [
  {
    words:
      /\b(?:costs?|for|price|prices|be|is|are|to|at|total|pay|pays) (?:is |are |of |only |just |should be |to be |to )*(?:0|nothing|free|gratis)\b|\bgive (?:\w+ )?away\b|\bfor free\b|\bfree of charge\b/,
    and: new RegExp(`\\b(?:${ALL})\\b.*|\\b(?:price|prices|orders|products|goods|invoices)\\b`),
    unless:
      /\b(?:at least|not|never|below|under|less|than|stock|quantity|credit|delivery|shipping|balance|default|negative|limit|samples?)\b/,
    why: 'It gives goods away: every sale would lose money.',
  },
  {
    words: /\b(?:money back|refund\w*)\b/,
    and: new RegExp(`\\b(?:${ALL})\\b`),
    unless: /\b(?:returns?|returned|sends? back|sent back|within|if|when|who|cancelled|broken|damaged|wrong)\b/,
    why: 'It gives back what was rightly earned.',
  },
  {
    words:
      /\b(?:100|[1-9]\d{2,}) percent (?:off|discount|rebate|cheaper|reduction|less)\b|\b(?:discount|rebate|reduction) of (?:100|[1-9]\d{2,}) percent\b/,
    why: 'A discount of the whole price, or of more, gives goods away.',
  },
  {
    words:
      /\b(?:below|under|less than|lower than|cheaper than) (?:\w+ ){0,3}(?:cost|costs|purchase price|cost price|buying price|what we pay|we paid|we pay)\b|\bat a loss\b|\bnegative prices?\b|\b(?:sell|price|prices|costs?)\b.*\b(?:at|for|is|be) minus\b/,
    why: 'It sells for less than the goods cost: every sale would lose money.',
  },
  {
    words:
      /\b(?:they|people|customers?|clients?|nobody|no 1|the tax office|the boss|he|she)\b (?:\w+ ){0,2}(?:not|never|nobody|will not)? ?(?:notice|notices|check|checks|find out|see it|look|realise|realize)\b/,
    and: /\b(?:not|never|nobody|no 1)\b/,
    why: 'It relies on nobody noticing: that cheats people.',
  },
  {
    words:
      /\b(?:secretly|quietly|on the quiet|hidden (?:fee|charge|surcharge|costs?)|behind (?:\w+ )?backs?|without (?:telling|them knowing|saying)|overcharg\w*|cheat\w*|fake|forge|falsif\w*|backdat\w*|made up|invented)\b/,
    why: 'It cheats people: what is done to them must be told to them.',
  },
  {
    words: /\b(?:charge|bill|invoice|debit|pay)\w*\b.*\b(?:2 times|double|3 times)\b/,
    unless: /\b(?:click\w*|by (?:mistake|accident)|points|same)\b/,
    why: 'It charges for the same thing more than once.',
  },
  {
    words:
      /\b(?:women|men|foreigners?|old people|elderly|pensioners|disabled|black|jewish|muslim|gender|religion|nationality|people over \d+|immigrants)\b/,
    and: /\b(?:more|higher|extra|surcharge|double|refuse\w*|not (?:allowed|serve|sell)|last|worse)\b/,
    why: 'It treats people worse for what they are: that is unlawful.',
  },
  {
    words:
      /\b(?:tax|taxes|tax office|vat|auditors?|books|bookkeeping)\b.*\b(?:hide|hidden|avoid|evade|less than|disappear|not (?:show|appear|see|report))\b|\b(?:hide|conceal|keep)\b.*\b(?:from (?:the )?(?:tax|auditors?|books)|off the books|out of the books)\b|\boff the books\b/,
    why: 'It hides income from the tax office: that is unlawful.',
  },
  {
    words: new RegExp(
      `\\b(?:delete|erase|wipe|destroy|clear|throw away|drop|empty|remove|purge|get rid of)\\b (?:\\w+ ){0,2}(?:${ALL}|the (?:database|data|tables|history|journal|backups?))\\b`,
    ),
    unless: /\b(?:older|where|(?<!so )that|which|who|when|field|column|cancelled|empty|expired|duplicate|from the (?:page|view|list))\b/,
    why: 'It destroys the data of the system, and nothing in it asks for that.',
  },
  {
    words: /\brandom(?:ly)?\b|\bby chance\b|\barbitrar\w+\b/,
    and: /\b(?:stock|quantity|price|prices|total|amount|number|totals|status|value|values|limit|credit)\b/,
    unless: /\b(?:sample|winner|draw|pick 1|choose 1|test data|password|code)\b/,
    why: 'A random figure takes the meaning away from what is stored.',
  },
  {
    words: /\b(?:public|internet|website|everybody|everyone|anyone|anybody|the world|competitors?|facebook|newspaper|strangers)\b/,
    and: /\b(?:passwords?|sensitive|salar\w+|credit cards?|card numbers?|bank (?:details|accounts?)|private (?:data|details)|addresses of|emails? (?:of|addresses)|personal data|customer data|all (?:the )?data)\b/,
    unless: /\b(?:change|reset|must|own)\b/,
    why: 'It shows what is confidential to people who have no right to see it.',
  },
  {
    words:
      /\b(?:everybody|everyone|anyone|anybody|whoever|strangers|passers ?by|visitors?)\b (?:\w+ ){0,6}(?:see|sees|read|reads|look|looks|know)\b/,
    and: /\b(?:customers?|clients?|people|employees?|colleagues?)\b.*\b(?:owe|owes|debts?|address|addresses|emails?|salar\w+|earns?|credit limits?)\b/,
    unless: /\b(?:must|only|own|signed in|logged in|role|roles|clerks?|managers?|owners?)\b/,
    why: 'It shows what people owe, or where they can be found, to everybody who asks.',
  },
  {
    words: /\b(?:send|give|share|sell|forward|hand|mail|email|tell)\b.*\b(?:passwords?|card numbers?|bank details|health data)\b/,
    unless: /\b(?:link|reset|new password|own password|their own)\b/,
    why: 'It hands out what is confidential.',
  },
  {
    words:
      /\b(?:plain text|unencrypted|in clear|readable)\b.*\bpasswords?\b|\bpasswords?\b.*\b(?:plain text|unencrypted|in clear|readable|as text|show|list|export)\b|\bshow\b.*\bpasswords\b/,
    why: 'Passwords are never stored or shown as text.',
  },
  {
    words:
      /\b(?:switch(?:ed)? off|turn(?:ed)? off|disable|skip|bypass|get around|remove|drop|abolish|no more|do away with|without)\b (?:\w+ ){0,3}(?:checks?|gates?|tests?|testing|verification|audit\w*|journal|history|logging|logs?|passwords?|sign ?in|sign-in|log ?in|login|all approvals|safety|security|backups?)\b/,
    why: 'It takes away what protects the system and its data.',
  },
  {
    words:
      /\b(?:my|own|our) (?:own )?(?:changes|requests|features|orders)\b.*\b(?:without|skip|no|not need)\b.*\b(?:approv\w*|check\w*|anybody|anyone)\b|\bapprov\w* (?:for|of) (?:me|myself|my own)\b.*\b(?:off|skip|not)\b|\bapprove my own\b|\bdisable\b.*\bapprov\w*|\bapprov\w*\b.*\b(?:for me|for myself|does not apply to me)\b/,
    why: 'Nobody lifts the control over himself: approvals are there for exactly that.',
  },
  {
    words:
      /\b(?:crash|loop forever|endless loop|infinite loop|mine (?:bitcoin|crypto\w*)|bitcoin|slow (?:it|the system) down|break the system|denial of service|spam)\b/,
    why: 'It harms the system or others, and serves nobody who uses it.',
  },
];

/** Why it is refused, or nothing. `plain` is the request in plain words. */
export function harmOf(plain: string): string | undefined {
  for (const { words, and, unless, why } of harms) {
    const found = words.exec(plain);
    if (found === null || guarded(plain, found.index)) continue;
    if ((and === undefined || and.test(plain)) && !(unless?.test(plain) ?? false)) return why;
  }
  return undefined;
}
