/** Clock and calendar of the commune, taken apart. */
const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hourCycle: 'h23',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  weekday: 'short',
});
const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Monday is 1. */
export function localParts(now: Date) {
  const part = Object.fromEntries(FORMAT.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    minute: Number(part.minute),
    hour: Number(part.hour),
    dayOfMonth: Number(part.day),
    month: Number(part.month),
    dayOfWeek: WEEK.indexOf(part.weekday!) + 1,
  };
}
