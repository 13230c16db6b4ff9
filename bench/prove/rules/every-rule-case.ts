/** All rule cases, in the order of their topics. */
import { approvals } from './approvals.ts';
import { changes } from './changes.ts';
import { daysAndDeadlines } from './days.ts';
import { eligibility } from './eligibility.ts';
import { limits } from './limits.ts';
import { lists } from './lists.ts';
import { optionalValues } from './optional.ts';
import { plainDates } from './plain-dates.ts';
import { plainPremiums } from './plain-premiums.ts';
import { plainTariffs } from './plain-tariffs.ts';
import { plainTaxes } from './plain-taxes.ts';
import { pricing } from './pricing.ts';
import { publishedCalendar } from './published-calendar.ts';
import { publishedDays } from './published-days.ts';
import { publishedPricing } from './published-pricing.ts';
import { publishedTables } from './published-tables.ts';
import type { RuleCase } from './support/rule-case.ts';
import { tables } from './tables.ts';
import { tax } from './tax.ts';

export type { RuleCase, Sources, Statement, Values, Witness } from './support/rule-case.ts';
export const ruleCases: readonly RuleCase[] = [
  ...pricing,
  ...eligibility,
  ...tax,
  ...limits,
  ...daysAndDeadlines,
  ...approvals,
  ...tables,
  ...optionalValues,
  ...lists,
  ...changes,
  ...publishedTables,
  ...publishedPricing,
  ...publishedDays,
  ...publishedCalendar,
  ...plainDates,
  ...plainTaxes,
  ...plainPremiums,
  ...plainTariffs,
];
