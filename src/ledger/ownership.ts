/**
 * Total cost of ownership: what the changes of a period cost this way, against what the same changes would have cost by the owner's own
 * figures for conventional work; where both are equal, and how far each figure moves that. Every figure says whether it was measured
 * or assumed. Money is in US dollars. Pure.
 */
import type { Total } from './totals.ts';

export interface Figure {
  readonly value: number;
  readonly from: 'measured' | 'stated' | 'assumed';
}
export interface OwnershipInput {
  /** Hours that one change takes in conventional work, testing and release included. */
  readonly conventionalHours: Figure;
  /** An hour of an engineer. */
  readonly hourlyRate: Figure;
  /** Minutes of people for one change asked here: asking, reading, approving. */
  readonly minutesAChange: Figure;
  /** An hour of the people who ask and approve. */
  readonly askersRate: Figure;
  /** Running it for a month: machine, database, care. */
  readonly monthly: Figure;
  /** An hour of one processor core. */
  readonly coreHour: Figure;
  /** A kilowatt-hour; own hardware alone. */
  readonly kilowattHour: Figure;
  /** Own hardware for models: a month of it; absent: models are hosted. */
  readonly ownHardwareMonthly?: Figure;
}
export const assumedOwnership: OwnershipInput = {
  conventionalHours: assumed(8),
  hourlyRate: assumed(80),
  minutesAChange: assumed(10),
  askersRate: assumed(50),
  monthly: assumed(60),
  coreHour: assumed(0.05),
  kilowattHour: assumed(0.25),
};
function assumed(value: number): Figure {
  return { value, from: 'assumed' };
}

export interface Ownership {
  readonly input: OwnershipInput;
  readonly months: number;
  readonly here: {
    readonly models: Figure;
    readonly processors: Figure;
    readonly people: Figure;
    readonly running: Figure;
    readonly total: number;
  };
  readonly conventional: { readonly work: Figure; readonly total: number };
  /** Conventional less here. */
  readonly saved: number;
  /** Changes a month from which this way is cheaper; null: never by these figures. */
  readonly breakEven: number | null;
  /** What is saved when one figure is halved and doubled, widest first. */
  readonly sensitivity: readonly { readonly figure: keyof OwnershipInput; readonly halved: number; readonly doubled: number }[];
  /** Models on own hardware instead of hosted: what is saved a month; null where no figure was stated. */
  readonly ownHardware: { readonly hostedMonthly: number; readonly ownMonthly: number } | null;
}

/** `total` of `months` months. */
export function ownershipOf(total: Total, months: number, input: OwnershipInput): Ownership {
  const saved = (figures: OwnershipInput): number => conventionalOf(total, figures) - sumOf(hereOf(total, months, figures));
  const here = hereOf(total, months, input);
  const figures = (Object.keys(input) as (keyof OwnershipInput)[]).filter(
    (name) => name !== 'ownHardwareMonthly' && name !== 'kilowattHour',
  );
  const sensitivity = figures
    .map((figure) => ({ figure, halved: saved(scaled(input, figure, 0.5)), doubled: saved(scaled(input, figure, 2)) }))
    .sort((a, b) => Math.abs(b.doubled - b.halved) - Math.abs(a.doubled - a.halved));
  const aChange = total.retained === 0 ? null : (here.models.value + here.processors.value + here.people.value) / total.retained;
  const each = input.conventionalHours.value * input.hourlyRate.value;
  const hostedMonthly = here.models.value / Math.max(months, 1e-9);
  const kilowattHours = total.energyWh.to / 1_000 / Math.max(months, 1e-9);
  return {
    input,
    months,
    here: { ...here, total: sumOf(here) },
    conventional: {
      work: { value: conventionalOf(total, input), from: worst(input.conventionalHours, input.hourlyRate) },
      total: conventionalOf(total, input),
    },
    saved: saved(input),
    breakEven: aChange === null || each <= aChange ? null : input.monthly.value / (each - aChange),
    sensitivity,
    ownHardware:
      input.ownHardwareMonthly === undefined
        ? null
        : { hostedMonthly, ownMonthly: input.ownHardwareMonthly.value + kilowattHours * input.kilowattHour.value },
  };
}

function hereOf(total: Total, months: number, input: OwnershipInput): Omit<Ownership['here'], 'total'> {
  return {
    models: { value: total.usd, from: total.callsWithoutPrice > 0 ? 'assumed' : 'measured' },
    processors: { value: (total.cpuSeconds / 3_600) * input.coreHour.value, from: input.coreHour.from },
    people: {
      value: total.changes * (input.minutesAChange.value / 60) * input.askersRate.value,
      from: worst(input.minutesAChange, input.askersRate),
    },
    running: { value: months * input.monthly.value, from: input.monthly.from },
  };
}
const conventionalOf = (total: Total, input: OwnershipInput): number =>
  total.retained * input.conventionalHours.value * input.hourlyRate.value;
const sumOf = (here: Omit<Ownership['here'], 'total'>): number =>
  here.models.value + here.processors.value + here.people.value + here.running.value;
const scaled = (input: OwnershipInput, name: keyof OwnershipInput, by: number): OwnershipInput => {
  const figure = input[name];
  return figure === undefined ? input : { ...input, [name]: { ...figure, value: figure.value * by } };
};
const order = ['measured', 'stated', 'assumed'] as const;
const worst = (...figures: readonly Figure[]): Figure['from'] =>
  order[Math.max(...figures.map((figure) => order.indexOf(figure.from)))] ?? 'assumed';
