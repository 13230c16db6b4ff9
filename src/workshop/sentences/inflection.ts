/** English endings: participles and articles; plurals are the model's own. Pure tables and rules; a word that follows no rule stands in the tables. */
import { wordTable } from './word-table.ts';
export { isPlural, plural as pluralOf, singular as singularOf } from '#model';

const IRREGULAR_PARTICIPLES = wordTable({
  pay: 'paid',
  send: 'sent',
  sell: 'sold',
  buy: 'bought',
  begin: 'begun',
  break: 'broken',
  bring: 'brought',
  build: 'built',
  choose: 'chosen',
  do: 'done',
  draw: 'drawn',
  find: 'found',
  give: 'given',
  hold: 'held',
  keep: 'kept',
  leave: 'left',
  lend: 'lent',
  lose: 'lost',
  make: 'made',
  meet: 'met',
  put: 'put',
  return: 'returned',
  run: 'run',
  see: 'seen',
  set: 'set',
  shut: 'shut',
  spend: 'spent',
  split: 'split',
  take: 'taken',
  win: 'won',
  withdraw: 'withdrawn',
  write: 'written',
  void: 'voided',
  freeze: 'frozen',
  cancel: 'cancelled',
  refund: 'refunded',
  ship: 'shipped',
  post: 'posted',
  lock: 'locked',
  unlock: 'unlocked',
  hide: 'hidden',
  grow: 'grown',
  overdo: 'overdone',
});
const BASES = wordTable({
  ...Object.fromEntries(Object.entries(IRREGULAR_PARTICIPLES).map(([base, participle]) => [participle, base])),
  canceled: 'cancel',
  placed: 'place',
  issued: 'issue',
  used: 'use',
  billed: 'bill',
  filled: 'fill',
  called: 'call',
  fulfilled: 'fulfil',
  passed: 'pass',
  processed: 'process',
  staffed: 'staff',
  added: 'add',
  planned: 'plan',
  controlled: 'control',
  settled: 'settle',
  scheduled: 'schedule',
  handled: 'handle',
  bundled: 'bundle',
  enabled: 'enable',
  disabled: 'disable',
  hired: 'hire',
  fired: 'fire',
  retired: 'retire',
  expired: 'expire',
  stored: 'store',
  shared: 'share',
  prepared: 'prepare',
  declined: 'decline',
  combined: 'combine',
  confirmed: 'confirm',
  completed: 'complete',
  deleted: 'delete',
  invited: 'invite',
  quoted: 'quote',
  promoted: 'promote',
  released: 'release',
  closed: 'close',
  increased: 'increase',
  revised: 'revise',
  raised: 'raise',
  paused: 'pause',
  reused: 'reuse',
  opened: 'open',
  delivered: 'deliver',
  reviewed: 'review',
  resumed: 'resume',
  finalized: 'finalize',
  assigned: 'assign',
  signed: 'sign',
  joined: 'join',
  explained: 'explain',
  merged: 'merge',
  rescheduled: 'reschedule',
});

/** The participles that a verb can have: "cancel" gives "cancelled" and "canceled". */
export function participlesOf(base: string): readonly string[] {
  const irregular = IRREGULAR_PARTICIPLES[base];
  const doubled = /[^aeiou][aeiou][^aeiouwxy]$/.test(base) ? [`${base}${base.at(-1)}ed`] : [];
  const regular = base.endsWith('e') ? [`${base}d`] : /[^aeiou]y$/.test(base) ? [`${base.slice(0, -1)}ied`] : [`${base}ed`];
  return [...new Set([...(irregular === undefined ? [] : [irregular]), ...regular, ...doubled])];
}
/** The verb of a participle, or nothing for a word that is none ("open", "gold"). */
export function baseOf(participle: string): string | undefined {
  const known = BASES[participle];
  if (known !== undefined) return known;
  if (!/[^aeiou]?ed$/.test(participle) || participle.length < 5) return undefined;
  if (participle.endsWith('ied')) return `${participle.slice(0, -3)}y`;
  const stem = participle.slice(0, -2);
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1);
  if (/(at|iz|is|v|c|u|rg|dg|ng|[^aeiou]l|ur|ir|os|as|es|ut|ot|id|ud|od)$/.test(stem) && !/(ow|ew)$/.test(stem)) return `${stem}e`;
  return stem;
}
/** "cancelling" of "cancel". */
export function gerundOf(base: string): string {
  if (base === 'cancel') return 'cancelling';
  if (base.endsWith('e') && !base.endsWith('ee')) return `${base.slice(0, -1)}ing`;
  return /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(base) ? `${base}${base.at(-1)}ing` : `${base}ing`;
}
export const articleFor = (phrase: string): 'a' | 'an' =>
  /^(hour|honest|heir)/.test(phrase)
    ? 'an'
    : /^(uni(?!n)|use|user|euro|one|ubi|eu)/.test(phrase)
      ? 'a'
      : /^[aeiou]|^(sku|sms|x-)/.test(phrase)
        ? 'an'
        : 'a';
