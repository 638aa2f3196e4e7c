import { describe, expect, it } from 'vitest';
import { clockTime, dayText, fullTime, lasted, shortTime, utcTime } from './times.ts';

const local = (year: number, month: number, date: number, hour = 12, minute = 5, second = 9) =>
  new Date(year, month - 1, date, hour, minute, second).toISOString();

describe('times', () => {
  const options = { now: new Date(2026, 9, 14, 18, 0), locale: 'en-GB' };

  it('are the clock today and the day on any other, and say the year only where there is room', () => {
    expect(shortTime(local(2026, 10, 14, 9, 12), options)).toBe('09:12');
    expect(shortTime(local(2026, 10, 13), options)).toBe('13 Oct');
    expect(shortTime(local(2025, 10, 14), options)).toBe('14 Oct');
    expect(fullTime(local(2025, 10, 14, 8, 31, 15), options)).toBe('14 Oct 2025, 08:31:15');
    expect(dayText(local(2026, 10, 14), options)).toBe('14 Oct');
  });

  it('follow the locale', () => {
    expect(dayText(local(2026, 10, 13), { ...options, locale: 'de-DE' })).toBe('13. Okt.');
    expect(clockTime(local(2026, 10, 13, 8, 31, 15), { locale: 'en-GB' })).toBe('08:31:15');
    expect(fullTime(local(2026, 10, 13, 8, 31, 15), options)).toBe('13 Oct, 08:31:15');
  });

  it('say UTC in the title', () => {
    expect(utcTime('2026-01-01T00:07:00.123Z')).toBe('2026-01-01 00:07:00 UTC');
  });

  it('leave a text that is no time as it stands', () => {
    for (const say of [shortTime, dayText, fullTime, clockTime, utcTime]) expect(say('yesterday')).toBe('yesterday');
  });

  it('tell how long in whole seconds, minutes and hours, and never less than nothing', () => {
    expect([12_900, 99_000, 185_000, 7_500_000, -5_000].map(lasted)).toEqual(['12 s', '99 s', '3 min', '2 h', '0 s']);
  });
});
