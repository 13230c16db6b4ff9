/** What may be spent on models, as theseus.json states it; what it does not state gets a bound nevertheless. */
import type { Budget, Budgets } from '#kernel';

type Problem = (member: string, message: string) => void;
const periods = ['change', 'day', 'month'] as const;
const defaults: Budgets = {
  change: { usd: 2, tokens: 1_000_000 },
  day: { usd: 20, tokens: 10_000_000 },
  month: { usd: 200, tokens: 100_000_000 },
};
const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function budgetsOf(json: unknown, problem: Problem): Budgets {
  if (!isObject(json)) {
    problem('budgets', 'budgets must be { "change": { "usd": 2, "tokens": 1000000 }, "day": ..., "month": ... }');
    return defaults;
  }
  for (const key of Object.keys(json))
    if (!periods.some((period) => period === key)) problem(key, `${key} is no period of a budget; they are ${periods.join(', ')}`);
  const one = (period: (typeof periods)[number]): Budget => {
    const given = json[period];
    if (given === undefined) return defaults[period];
    const whole = isObject(given) && Object.keys(given).length > 0 && Object.keys(given).every((key) => key === 'usd' || key === 'tokens');
    const { usd, tokens } = whole ? given : {};
    const money = usd === undefined || (typeof usd === 'number' && Number.isFinite(usd) && usd >= 0);
    const count = tokens === undefined || (typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0);
    if (!whole || !money || !count) {
      problem('budgets', `the budget of a ${period} must be { "usd": 2, "tokens": 1000000 }, or one of both: numbers from 0 on`);
      return defaults[period];
    }
    return { ...(typeof usd === 'number' ? { usd } : {}), ...(typeof tokens === 'number' ? { tokens } : {}) };
  };
  return { change: one('change'), day: one('day'), month: one('month') };
}
