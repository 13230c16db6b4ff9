/** How long something takes, as people write it in an example and workflows state it: '30 days'. A month is none: how long it is depends on when it begins. */
const units = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export interface Length {
  readonly count: number;
  readonly unit: keyof typeof units;
}
/** More lets no example pass at once: what falls due meanwhile is done. */
const MOST_MS = 10_000 * units.days;

/** '90 minutes', '1 hour', '30 days'; undefined for anything else, and for more than 10,000 days. */
export function lengthOf(text: string): Length | undefined {
  const [, digits = '', word = ''] = /^([1-9]\d{0,7}) (minute|hour|day)s?$/.exec(text) ?? [];
  const length = { count: Number(digits), unit: `${word}s` as Length['unit'] };
  return word === '' || lengthMs(length) > MOST_MS ? undefined : length;
}
export const lengthMs = ({ count, unit }: Length): number => count * units[unit];
export const lengthText = ({ count, unit }: Length): string => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
/** In the largest unit that says it exactly. */
export function lengthIn(milliseconds: number): Length {
  const unit = (['days', 'hours', 'minutes'] as const).find((each) => milliseconds % units[each] === 0) ?? 'minutes';
  return { count: Math.round(milliseconds / units[unit]), unit };
}
