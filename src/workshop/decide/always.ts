/** What every system does from its first day, whatever it is about, and how people ask for it. */
const promises: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:same time|same moment|simultaneous\w*|at once|in parallel|concurrent\w*|race)\b.*\b(?:buy|sell|sold|bought|take|book|order|reserve|last|stock|get)\b|\b(?:2|several|both)\b.*\b(?:buy|sell|take|book|order|reserve)\b.*\b(?:last|same)\b|\b(?:oversell|oversold|sold 2 times|sell (?:\w+ )?(?:more than (?:we have|there is|is there|in stock)|what we do not have)|(?:order|sell|buy|take) more than (?:we have|there (?:is|are)|is there|are there|is (?:left|in stock)))\b/,
    'Each operation is one transaction, as if nobody else were at work: two of them never take the same goods.',
  ],
  [
    /\b(?:2|several|both) (?:people|persons|colleagues|users|clerks|of us)\b.*\b(?:edit|change|overw\w+|save|work on)\b|\boverw\w+ (?:each other|my|our|one another)\b|\blost updates?\b|\b(?:each other|somebody else)\b.*\boverw\w*/,
    'Each row has a version: who saves over the alteration of somebody else is told so, and nothing is lost.',
  ],
  [
    /\b(?:who|when|by whom) (?:has |have |had |was )?(?:changed|altered|edited|deleted|entered|made)\b|\b(?:audit trail|audit log|change log|history of (?:all |every )?(?:changes|alterations|edits)|log of (?:all |every )?(?:changes|alterations)|journal of)\b/,
    'Every alteration is in the journal with who made it and when.',
  ],
  [
    /\b(?:must|should|have to|only|need to|nobody|without)\b.*\b(?:sign in|signed in|log in|logged in|login|password to get in)\b/,
    'Nobody sees or changes a row without being signed in or having a key.',
  ],
  [
    /\b(?:undo|take back|roll back|way back)\b.*\b(?:changes?|features?|it|them)\b.*\b(?:possible|able|can|option|button)\b|\b(?:possible|able|can|option|button)\b.*\b(?:undo|take back|roll back)\b.*\b(?:changes?|features?|what)\b/,
    'The newest change is taken back with "Undo" beside it, or with `theseus rollback`, with its data.',
  ],
  [
    /\b(?:api|interface|rest|openapi|swagger)\b.*\b(?:for (?:everything|all|programs|other)|documentation|described)\b|\b(?:want|need|have|provide|offer) an? (?:rest )?api\b/,
    'Every entity, operation and view has its place under /api, described at /openapi.json.',
  ],
  [/\b(?:different|own|unique) (?:ids?|identifiers?)\b/, 'Each row has an id of its own, for life.'],
  [/\b(?:half (?:saved|written|done|an order)|all or nothing|partly saved|only partly)\b/, 'An operation is done whole or not at all.'],
  [
    /\bround\w* (?:\w+ )*to (?:whole |full )?(?:cents?|2 (?:digits|places|decimals))\b|\b(?:to|down to) the cent\b/,
    'Amounts are whole cents, exactly, at every moment.',
  ],
  [
    /\bclick\w* (?:\w+ )?(?:2 times|double)\b.*\b(?:order|booked|saved)\b|\bdouble click\b/,
    'A call with the same Idempotency-Key is done once, however often it comes.',
  ],
];
export const alwaysSo = (plain: string): string | undefined => promises.find(([words]) => words.test(plain))?.[1];
