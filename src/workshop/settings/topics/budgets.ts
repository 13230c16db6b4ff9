/** What may be spent on models, a change, a day, a month. */
import { type Asked, numberAt, refusedWish, set, type Wish } from '../wish.ts';

export function budgets({ plain, settings }: Asked): Wish | undefined {
  if (!/\b(?:models?|tokens?|ai|llm|budgets?)\b/.test(plain) || !/\b(?:spend\w*|spent|costs?|budgets?|tokens?|pay|use)\b/.test(plain))
    return undefined;
  const number = numberAt(plain, /(\d+(?:\.\d+)?)/);
  const period =
    /\b(?:a|per|each|every|one|1|daily|monthly|the|of a) ?(change|day|month)\b/.exec(plain)?.[1] ??
    (/\bdaily\b/.test(plain) ? 'day' : /\bmonthly\b/.test(plain) ? 'month' : undefined);
  if (number === undefined || period === undefined) return undefined;
  const money = /\b(?:usd|dollars?|us dollars)\b/.test(plain);
  const tokens = /\btokens?\b/.test(plain);
  if (!money && !tokens)
    return refusedWish(
      `A budget for models is in US dollars or in tokens. Say "A ${period} may cost at most ${number} dollars for models" or "A ${period} may use at most ${number} tokens".`,
    );
  const kind = tokens ? 'tokens' : 'usd';
  const now = settings.policy.budgets[period as 'change' | 'day' | 'month'];
  return set(
    tokens ? `A ${period} may use at most ${number} tokens of models` : `A ${period} may cost at most ${number} dollars for models`,
    { path: ['policy', 'budgets', period], value: { ...now, [kind]: number }, was: { ...now } },
  );
}
