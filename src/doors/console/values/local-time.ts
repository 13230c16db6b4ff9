/** Moments as `datetime-local` inputs hold them, in the system's time zone, and back. Pure. */

function partsIn(at: number, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(at));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`;
}

export function localFromInstant(iso: string, timeZone: string | undefined): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : partsIn(at, timeZone).replace(/:00$/, '');
}

/** ISO text of a local time; of an hour that a clock shows twice the first, of one that it skips the hour after. */
export function instantFromLocal(local: string, timeZone: string | undefined): string | undefined {
  const wanted = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  let at = wanted;
  for (let round = 0; round < 3; round++) at -= Date.parse(`${partsIn(at, timeZone)}Z`) - wanted;
  return new Date(at).toISOString();
}
