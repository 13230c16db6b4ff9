/** A schedule as a person says it, where it is a simple one: every day at 06:00. Others are shown as they are written. Pure. */
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const two = (number: string): string => number.padStart(2, '0');

export function cronWords(cron: string): string | null {
  const [minute = '', hour = '', date = '', month = '', day = '', ...more] = cron.trim().split(/\s+/);
  if (more.length > 0 || month !== '*' || !/^\d{1,2}$/.test(minute)) return null;
  if (hour === '*') return date === '*' && day === '*' ? `every hour at :${two(minute)}` : null;
  if (!/^\d{1,2}$/.test(hour)) return null;
  const at = `at ${two(hour)}:${two(minute)}`;
  if (date === '*' && day === '*') return `every day ${at}`;
  if (date === '*' && day === '1-5') return `from Monday to Friday ${at}`;
  if (date === '*' && /^[0-7]$/.test(day)) return `every ${days[Number(day)] ?? ''} ${at}`;
  return day === '*' && /^\d{1,2}$/.test(date) ? `on day ${date} of each month ${at}` : null;
}
