/** Times in the person's own words and zone, with UTC for the title. */

const day = { day: 'numeric', month: 'short' } as const;
const clock = { hour: '2-digit', minute: '2-digit' } as const;

const parse = (iso: string): Date | null => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

interface TimeOptions {
  readonly now?: Date;
  /** Undefined: the person's own. */
  readonly locale?: string | undefined;
}

/** The day and month, as a row of a list has room for; the title says the year. */
export const dayText = (iso: string, { locale }: TimeOptions = {}): string =>
  parse(iso)?.toLocaleDateString(locale, day) ?? iso;

/** The clock for today, the day for any other. */
export function shortTime(iso: string, options: TimeOptions = {}): string {
  const date = parse(iso);
  if (date && isSameDay(date, options.now ?? new Date())) return date.toLocaleTimeString(options.locale, clock);
  return dayText(iso, options);
}

/** Day and clock to the second, with the year where it is another one. */
export function fullTime(iso: string, { now = new Date(), locale }: TimeOptions = {}): string {
  const date = parse(iso);
  if (!date) return iso;
  const isThisYear = date.getFullYear() === now.getFullYear();
  const dayAndYear = date.toLocaleDateString(locale, isThisYear ? day : { ...day, year: 'numeric' });
  return `${dayAndYear}, ${clockTime(iso, { locale })}`;
}

/** The clock to the second. */
export function clockTime(iso: string, { locale }: TimeOptions = {}): string {
  return parse(iso)?.toLocaleTimeString(locale, { ...clock, second: '2-digit' }) ?? iso;
}

/** For a title: `2026-01-01 00:07:00 UTC`. */
export function utcTime(iso: string): string {
  const date = parse(iso);
  return date ? `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC` : iso;
}

/** `12 s`, `3 min`, `2 h`: how long something has lasted. */
export function lasted(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
