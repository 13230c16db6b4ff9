/** What kind of speech a request is: a question, a task of the moment, or a wish for how the system should be from now on. */
export interface Speech {
  /** Somebody wants to know something. */
  readonly asks: boolean;
  /** Somebody has something to do, now, with rows that are there or come in. */
  readonly does: boolean;
  /** Something is to be otherwise from now on. */
  readonly lasting: boolean;
  /** How strongly `lasting` speaks: words of making, of repetition, of obligation. */
  readonly weight: number;
}

const ASKS: readonly RegExp[] = [
  /(?:^|[.?] )(?:and |so |please |hello |hi |ok |excuse me )*(?:which|how many|how much|how high|how often|how big|how old|what|who|whose|whom|is there|are there|was there|were there|is any|are any|do we|does|did|have we|has|had)\b/,
  /\b(?:how|where|what) (?:can|do|does|could|would|should|must|may) (?:i|we|one|you|somebody|anybody|she|he|they)\b/,
  /\bis there (?:a|any|some|something|no)\b.*\?/,
  /\b(?:i|we|she|he|they|my \w+|the \w+) (?:just |only |also |would like to |wants? to |needs? to |have to |has to |must |should )+(?:know|see|find|find out|look up|check|look at|hear|read|count|learn)\b/,
  /^(?:please )?(?:check|look up|find|find out|tell me|tell us|search|count|give me|get me|let me see|let us see|let me know|read me|look for|name me|name|list)\b/,
  /\b(?:can|could|would|will) you (?:please |just |quickly )*(?:tell|check|find|look|give|count|see|show|list|name)\b/,
  /\b(?:i|we) (?:just )?(?:need|want) (?:to have )?(?:the|our|my|all|a list of) (?:\d+ )?(?:\w{3,}est|most|best|worst|latest|last|first|top|names?|numbers?|addresses)\b/,
  /^(?:please )?(?:give|send|hand|get|prepare) (?:\w+ ){0,4}(?:lists?|overview|figures|numbers) (?:of|with|about)\b/,
  /\bshow (?:me|us)\b|\bjust for (?:my|a|this|the) (?:meeting|moment|talk|letter)\b/,
  /\bwants? to know\b/,
  /^(?:the )?(?:top|latest|newest|last|first) /,
  /\b(?:wonder|wondering|curious|no idea|do not know|not sure|interested)\b/,
];
/** A question by its form alone: it asks for something to be made. */
const POLITE =
  /\b(?:can|could|would|should|will) (?:you|we|it|there|the (?:system|programme|program|software|app|computer)|customers|people|clients|orders|products)\b/;
const DOES: readonly RegExp[] = [
  /^(?!.*\b(?:should|must|may|shall|can|if|when|every|each|want|would|that|who|which|why|whether)\b).*\b(?:was|were|has been|have been) (?:\w+ed|sent|paid|sold|lost|broken|wrong)\b/,
  /^(?:we|i) (?!need)\w+ed\b/,
  /\b(?:someone|somebody) (?:asked|wants|called|rang|ordered|bought|came|paid)\b/,
  /\b(?:is|are) now an?\b/,
  /\b(?:need|have|want) to \w+(?: off| up| in| out| back)? \d+\b/,
  /\b(?:misspel\w+|mistyp\w+|misread|typed wrong\w*|entered wrong\w*|got (?:it|the \w+) wrong)\b/,
  /\b(?:is|are) here\b|\b(?:has|have) come\b/,
  /\b(?:mr|mrs|ms|miss|frau|herr|dr)\b/,
  /\b(?:mr|mrs|ms|miss|frau|herr|dr|the (?:customer|client|tax \w+|accountant|bookkeeper|adviser|advisor|boss|bank|school|hotel|auditor|agency|buyer|lady|gentleman)|my \w+|she|he)\b (?:\w+ ){0,3}(?:wants?|would like|asks?|asked|needs?|wishes|is asking)\b/,
  /\b(?:order|invoice|quote|product|customer|bill|reservation|offer) (?:no |number |called )?\d[\w-]*\b/,
  /\b(?:the|this|that|her|his|their|my) (?:\w+ )?(?:order|invoice|quote|bill|offer|delivery|reservation)\b.*\b(?:yesterday|today|this morning|just now|just|last week|wrong|back)\b/,
  /^(?:please )?(?:put|add|take|book) \d+ (?:more )?/,
  /\b(?:rang|called|phoned|wrote to|emailed|came by|came in|has paid|have paid|just paid|paid today|paid yesterday|arrived|has arrived|have arrived|moved|has moved|married|changed (?:her|his|their|from|to)|got a new|has a new|sent (?:me|us)|returned|brought back)\b/,
  /\b(?:i|we) (?:just |now |still |also )*(?:have to|need to|must|want to|would like to|am going to|are going to|will) (?:now |just |quickly )*(?:write|enter|type|put|book|cancel|drop|correct|change|update|set|mark|record|register|note|delete|remove|bill|invoice|ship|send out|create|make|place|order|accept|reserve|close|approve|turn|edit|fix|add) (?:an?|the|this|that|one|1|his|her|their|our|some|it|in) ?(?:new |first |next |open |wrong |old )*(?:order|orders|invoice|bill|quote|offer|customer|product|customers|products|reservation|price|address|email|name|status|stock|tier|limit|line|delivery|row|entry|record|figure|amount|number|count|date|mistake|error|typo)?\b/,
  /\b(?:what|how|where) do (?:i|we) (?:do|go|click|enter|put|write|press|start|proceed)\b/,
  /^(?:please )?(?:record|note|note down|note that|record that)\b(?! (?:who|which|what|whether|how|when|where|for|of|with)\b)|^(?:please )?(?:put in|enter|type in|book|mark|correct|update|register|cancel|ship|approve|place|set|raise|lower|increase|reduce|accept|expire|change|delete|remove|write|issue|allocate|share out|hand out) (?:the|this|that|1|one|an?|his|her|our|my|all|today|yesterday|him|it|them)?\b/,
  /\b(?:goes|go|went|is|are) (?:up|down) (?:to|by) \d/,
  /\b(?:on|from|since) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|\d)\b.*\bwhere\b/,
  /\b(?:1|one|a certain|a single|this|that|a particular|a specific) (?:\w+ )?(?:customer|order|invoice|product|quote|client|bill)\b/,
  /\b(?:script|app|agency|partner|accountant|bookkeeper|website|shop window|spreadsheet|excel|programmer|tool)\b.*\b(?:read|fetch|get|pull|see|call|access|download|connect)(?:s|es)?\b|\b(?:fetch|read|pull|access|download|connect)\w*\b.*\b(?:spreadsheet|excel|api|app|script|agency)\b/,
  /\b(?:by mistake|typo|mistyped|wrongly|wrong (?:price|name|address|email|amount|quantity|date|customer|tier))\b/,
];
const LASTING: readonly (readonly [RegExp, number])[] = [
  [/^(?:please )?(?:calculate|compute|block|print|attach|automate|charge|collect)\b/, 0.75],
  [/\b(?:may|must|can|should|shall) (?:not|only)\b/, 0.5],
  [
    /^(?:please )?(?:archive|ask|round|link|group|combine|collect|compute|calculate|convert|translate|assign|charge|offer|grant|require|validate|verify|lock|move|copy|close|reject|refuse|warn|highlight|publish|display|hide|forbid|prevent) (?!the |this |that |his |her |an? |for )/,
    1,
  ],
  [/\b(?:hide|block|archive|highlight|lock|deactivate|blacklist) (?:it|them|him|her)\b/, 1],
  [/^we (?!need|want|have|would|can|owe|just|got|must|should|are|were|do|did|sold|moved)\w+ /, 0.5],
  [
    /^(?:an?|each|every|all|any|some|no|our|\w+s) (?:\w+ ){0,5}(?:can|may|must|should|has|have|is|are|needs?|gets?|costs?|comes?|wants?|belongs?|pays?)\b/,
    0.5,
  ],
  [/^(?:please )?(?:never|nobody|always|only)\b/, 1],
  [/\b(?:record|note|store|remember|keep|save|write down|register) (?:who|which|what|whether|how|when|where|why|for|with)\b/, 1.5],
  [/\b(?:need|want|have|would like) to (?:note|plan|manage|store|organi[sz]e|administer|schedule|rent|lend|measure)\b/, 1.5],
  [/^(?:please )?show (?!me|us)/, 1],
  [/\b(?:minimum|maximum|free (?:delivery|shipping)|shipping costs?|delivery costs?)\b/, 1],
  [/\bfor (?:all |every |each )?\w+s (?:over|above|from|under|who|that|with|in|of)\b/, 0.5],
  [
    /\b(?:can|could) (?:the (?:system|programme|program|software|app|computer)|you|it|we|customers|people|clients) (?:please |also |somehow )*(?:work out|calculate|send|print|make|do|remind|handle|support|have|get|add|build|track|warn|block|plan|be able)\b/,
    1,
  ],
  [
    /^(?:please )?(?:\w+ ){0,2}(?:add|track|introduce|create|build|implement|develop|rename|store|extend|support|integrate|connect|import|export|stop|automate|hide|forbid|allow|let|forget|replace|split|merge|attach|remove the|make)\b/,
    1,
  ],
  [
    /\b(?:each|every|all) (?:\d+ )?(?:day|night|morning|evening|noon|week|month|year|quarter|hour|minute|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time|new year)\b|\b(?:daily|nightly|weekly|monthly|yearly|hourly|annually)\b/,
    2,
  ],
  [/\b(?:automatic|automatically|by itself|by themselves|on its own|whenever|as soon as|every time|each time|at the same time as)\b/, 1.5],
  [/\b(?:from now on|in future|in the future|from today|from tomorrow|for ever|any more|no longer)\b/, 1],
  [
    /\b(?:new|another|additional|extra|own|separate) (?:\w+ )?(?:field|column|page|report|list|button|screen|form|figure|chart|graph|view|tab|status|state|category|type|kind|role|table|statistic|overview|dashboard|choice|option|mask)\b/,
    2,
  ],
  [
    /\b(?:a|an) (?:\w+ )?(?:field|column|page|report|button|screen|form|chart|graph|dashboard|statistic|overview|tab|checkbox|tick box|reminder|warning|notification|pdf|barcode|photo|picture|image|label|letter|diagram)\b/,
    1.5,
  ],
  [
    /\b(?:remind|notify|inform|alert|warn|send|print|upload|scan|sync|synchroni[sz]e|import|export|post)\b|\b(?:email|text|call) (?:them|him|her|customers?|clients?|every|us|me)\b/,
    1,
  ],
  [/\b(?:must|should|shall|may|can|cannot|could|has to|have to|needs? to|ought to|got to)\b/, 0.5],
  [/\b(?:must|should|has to|have to|shall) (?:also )?be (?:possible|able|allowed)\b|\b(?:able|possible) to\b/, 1],
  [
    /\b(?:percent|discounts?|rebates?|bonus|surcharges?|fees?|commission|loyalty|points|vouchers?|coupons?|gifts?|deposits?|instal?ments?)\b/,
    1.5,
  ],
  [/\b(?:if|when|once|unless|until|while|after|before) (?:\w+ ){1,8}(?:then|they|it|he|she|we|the|an?|there)\b/, 0.5],
  [/\b(?:remember|keep track|keep a record|keep record|track|record for|note for|per colou?r|for each|for every|per)\b/, 1],
  [
    /\b(?:come|comes|exist|exists) in (?:different|several|various|many|\d+)\b|\b(?:different|several|various) (?:colou?rs|sizes|prices|kinds|branches|shops|warehouses|currencies|languages|rates)\b/,
    1.5,
  ],
  [/\b(?:some|many|most|a few|part) of our \w+ (?:are|have|come|want|need|get)\b/, 1.5],
  [/\b(?:we|i) (?:would like|want|need|wish for|could use|miss|are missing|lack) (?:to have )?(?!the |to )\w+/, 0.75],
  [
    /\b(?:we|i) (?:would like|want|need) to (?:know|record|store|keep|note|write down|remember|track)\b.*\b(?:for each|of each|from which|which \w+|per|every|an? \w+ (?:came|comes|belongs))\b/,
    1.5,
  ],
  [/\bplease$|\bplease [.:]|\bplease :?/, 0.25],
  [/\b(?:needs?|requires?|must have|should have|has|have|gets?|get) (?:an?|its|their|the|some|2|two|several) \w+/, 0.5],
  [/\b(?:if|when|once|as soon as|after|before) (?:an?|the|their|its|our|his|her|somebody|someone|\w+s) /, 0.5],
  [/\b(?:become|becomes|turn(?:s|ed)? into|is turned into)\b|\bwith 1 click\b|\bwith a click\b/, 1],
];

export function speechOf(plain: string): Speech {
  const weight = LASTING.reduce((sum, [words, counts]) => sum + (words.test(plain) ? counts : 0), 0);
  return {
    asks: ASKS.some((words) => words.test(plain)) || (plain.endsWith('?') && !POLITE.test(plain)),
    does: DOES.some((words) => words.test(plain)),
    lasting: weight >= 1,
    weight,
  };
}
