/** Who may ask for changes, approve them, take them back, freeze them. */
import { all, type Asked, denies, isOnly, refusedWish, set, type Wish } from '../wish.ts';

const CHANGES = '(?:changes?|features?|functions?|alterations|improvements|new (?:thing|stuff|code)s?|it|them|a generation)';
const steps = [
  ['freeze', /\b(?:un)?freez\w*|\bfrozen\b|\bstop all chang\w*|\bhalt all chang\w*/, 'freeze all change'],
  ['rollback', new RegExp(`\\b(?:roll|take|taken|put)\\w* (?:${CHANGES} )?back\\b|\\b(?:rollback|undo|revert)\\b`), 'roll back'],
  [
    'approve',
    new RegExp(`\\bapprove(?: \\.|$)|\\b(?:approv\\w*|sign off|wave through|ok)\\b.*\\b${CHANGES}\\b|\\b${CHANGES}\\b.*\\bapprov\\w*`),
    'approve changes',
  ],
  [
    'ask',
    new RegExp(
      `\\b(?:ask|asks|asking|request|requests|requesting|order|orders|ordered|ordering|demand|wish|propose|commission|want|come up with)\\b.*\\b${CHANGES}\\b|\\b${CHANGES}\\b.*\\b(?:asked for|requested|ordered)\\b`,
    ),
    'ask for changes',
  ],
] as const;

export function steering({ plain, settings, roles: named }: Asked): Wish | undefined {
  const everybody = /\b(?:everybody|everyone|anybody|anyone|all roles|every role)\b/.test(plain);
  const roles = everybody ? settings.roles.map((role) => role.name) : named;
  if (roles.length === 0 || /\brisk|\d+ (?:approvals?|people|persons?)\b/.test(plain)) return undefined;
  const step = steps.find(([, words]) => words.test(plain));
  if (step === undefined) return undefined;
  const [name, , words] = step;
  if (name === 'approve' && !/\bapprove(?: \.|$)|\b(?:changes?|features?|improvements|generations?|code)\b/.test(plain)) return undefined;
  if ((name === 'freeze' || name === 'rollback') && !/\b(?:may|can|could|should|must|only|allowed?|able|let|right)\b/.test(plain))
    return undefined;
  const now = settings.policy[name];
  const value = isOnly(plain)
    ? settings.roles.map((role) => role.name).filter((role) => roles.includes(role))
    : denies(plain)
      ? now.filter((role) => !roles.includes(role))
      : [...now, ...roles.filter((role) => !now.includes(role))];
  if (value.length === 0) return refusedWish(`Nobody could ${words} any more.`);
  return set(`Only ${all(value.map((role) => `${role}s`))} can ${words}`, { path: ['policy', name], value, was: now });
}
