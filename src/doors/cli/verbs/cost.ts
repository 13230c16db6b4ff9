/** theseus cost: what changes cost, by model and phase, against the budgets and against conventional work; as CSV for a spreadsheet. */
import type { ByModel, CostReportJson, Ownership, Total } from '#api/client';
import { exitCodes } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly change?: string;
  readonly since?: string;
  readonly until?: string;
  readonly csv?: boolean;
  readonly hours?: string;
  readonly rate?: string;
  readonly minutes?: string;
  readonly askersRate?: string;
  readonly monthly?: string;
  readonly ownHardware?: string;
}

export function costVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('cost', 'what changes cost: tokens, money, energy, processor time, and what that comes to'))
    .option('--change <id>', 'of one change')
    .option('--since <date>', 'of changes asked from then on')
    .option('--until <date>', 'of changes asked before then')
    .option('--csv', 'a line a phase and a call, for a spreadsheet')
    .option('--hours <number>', 'hours of conventional work a change, by your own figures')
    .option('--rate <dollars>', 'what an hour of an engineer costs')
    .option('--minutes <number>', 'minutes of people a change that is asked here')
    .option('--askers-rate <dollars>', 'what an hour of those people costs')
    .option('--monthly <dollars>', 'what running the system costs a month')
    .option('--own-hardware <dollars>', 'what own hardware for models costs a month')
    .action(
      deed<[Options]>(async ({ say, client }, options) => {
        const query = queryOf(options);
        if (options.csv === true) {
          const csv = await client().costCsv(query);
          for (const line of csv.trimEnd().split('\r\n')) say.line(line);
          say.document({ csv });
          return exitCodes.done;
        }
        const report = await client().cost(query);
        for (const line of linesOf(report)) say.line(line);
        say.document(report);
        return exitCodes.done;
      }),
    );
}

const parameters: readonly (readonly [keyof Options, string])[] = [
  ['change', 'change'],
  ['since', 'since'],
  ['until', 'until'],
  ['hours', 'conventionalHours'],
  ['rate', 'hourlyRate'],
  ['minutes', 'minutesAChange'],
  ['askersRate', 'askersRate'],
  ['monthly', 'monthly'],
  ['ownHardware', 'ownHardwareMonthly'],
];
const queryOf = (options: Options): { readonly [name: string]: string } =>
  Object.fromEntries(parameters.flatMap(([option, name]) => (typeof options[option] === 'string' ? [[name, options[option]]] : [])));

function linesOf({ total, byModel, budgets, ownership, energy }: CostReportJson): readonly string[] {
  return [
    `${many(total.changes, 'change')}, ${total.retained} of them live; ${total.calls} calls of models, ${total.cpuSeconds.toFixed(1)} processor seconds.`,
    `Models: ${moneyOf(total)}; ${total.tokens.input} tokens in (${total.tokens.cached} from a cache), ${total.tokens.output} out (${total.tokens.reasoning} of reasoning)${total.callsWithoutTokens > 0 ? `, and unknown ones in ${total.callsWithoutTokens} calls` : ''}.`,
    `Energy: ${watts(total.energyWh.from)} to ${watts(total.energyWh.to)}${total.callsWithoutEnergy > 0 ? `, and unknown in ${total.callsWithoutEnergy} calls` : ''} (${energy.method}, table of ${energy.table}).`,
    `A change that stayed: ${total.usdPerRetained === null ? (total.retained === 0 ? 'none has yet' : 'unknown, since a price is') : `${dollars(total.usdPerRetained)} for models, what failed included`}.`,
    ...byModel.map(lineOf),
    ...(budgets === null
      ? []
      : [
          `Budgets: ${(['change', 'day', 'month'] as const)
            .map(
              (period) =>
                `${period} ${[budgets[period].usd === undefined ? '' : dollars(budgets[period].usd), budgets[period].tokens === undefined ? '' : `${budgets[period].tokens} tokens`].filter((part) => part !== '').join(' and ') || 'unbounded'}`,
            )
            .join('; ')}.`,
        ]),
    ...ownershipLines(ownership),
  ];
}
const moneyOf = (total: Total): string =>
  total.callsWithoutPrice === 0
    ? dollars(total.usd)
    : `${dollars(total.usd)} and an unknown sum for ${total.callsWithoutPrice} calls whose price is unknown`;
const lineOf = ({ provider, model, phase, calls, tokens, usd }: ByModel): string =>
  `  ${`${provider} ${model}`.padEnd(32)} ${phase.padEnd(12)} ${String(calls).padStart(5)} calls  ${String(tokens.input).padStart(9)} in ${String(tokens.output).padStart(9)} out  ${usd === null ? 'unknown' : dollars(usd)}`;

function ownershipLines({ here, conventional, saved, breakEven, months, sensitivity, ownHardware }: Ownership): readonly string[] {
  const [first] = sensitivity;
  return [
    `Owning it for ${many(Number(months.toFixed(1)), 'month')}: ${dollars(here.total)} (models ${dollars(here.models.value)}, ${here.models.from}; processors ${dollars(here.processors.value)}, people ${dollars(here.people.value)}, ${here.people.from}; running ${dollars(here.running.value)}, ${here.running.from}).`,
    `The same by conventional work: ${dollars(conventional.total)} (${conventional.work.from}). Here ${savedOf(saved)}.`,
    breakEven === null
      ? 'By these figures it never costs the same as conventional work.'
      : `From ${breakEven.toFixed(1)} changes a month on it costs less than conventional work.`,
    ...(first === undefined
      ? []
      : [
          `What it hangs on most is ${wordsOf[first.figure] ?? first.figure}: halved, ${savedOf(first.halved)}; doubled, ${savedOf(first.doubled)}.`,
        ]),
    ...(ownHardware === null
      ? []
      : [`Models hosted: ${dollars(ownHardware.hostedMonthly)} a month; on own hardware: ${dollars(ownHardware.ownMonthly)} a month.`]),
  ];
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const savedOf = (usd: number): string => (usd >= 0 ? `${dollars(usd)} are saved` : `it is dearer by ${dollars(-usd)}`);
const wordsOf: { readonly [figure: string]: string } = {
  conventionalHours: 'the hours of conventional work a change (--hours)',
  hourlyRate: 'what an hour of an engineer costs (--rate)',
  minutesAChange: 'the minutes of people a change (--minutes)',
  askersRate: 'what an hour of those people costs (--askers-rate)',
  monthly: 'what running the system costs a month (--monthly)',
  ownHardwareMonthly: 'what own hardware costs a month (--own-hardware)',
};
const dollars = (usd: number): string =>
  `${usd < 0 ? '-' : ''}$${Math.abs(usd) > 0 && Math.abs(usd) < 0.01 ? Math.abs(usd).toPrecision(2) : Math.abs(usd).toFixed(2)}`;
const watts = (wattHours: number): string =>
  wattHours >= 1_000 ? `${(wattHours / 1_000).toFixed(2)} kWh` : `${wattHours.toPrecision(2)} Wh`;
