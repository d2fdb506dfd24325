import { describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { makeCalendar } from '#kernel/office-time';
import { USUAL_WEEK } from './fixtures.ts';
import { officeNow } from './office-now.ts';
import { hoursLines, officeLine } from './office-words.ts';
import { dayLine, readWeek } from './week-text.ts';

const at = (text: string) => new Date(`${text}:00+07:00`);

describe('a week of hours as typed', () => {
  it('is read in the usual writings and written back', () => {
    const week = readWeek(
      { 'work.1': '7h30-11:30; 13.30 – 17:00', 'work.6': '07:00 đến 11:00', 'work.7': ' ' },
      'work',
    );
    expect(week).toEqual({
      1: [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
      6: [['07:00', '11:00']],
    });
    expect(dayLine(week[1])).toBe('07:30–11:30, 13:30–17:00');
    expect(dayLine(undefined)).toBe('');
  });

  it('names the days that cannot be read', () => {
    const typed = { 'work.1': '7:30', 'work.2': '07:30-11:30', 'work.3': '25:00-26:00', 'work.4': "'; drop" };
    expect(() => readWeek(typed, 'work')).toThrow(
      expect.objectContaining({
        fields: {
          'work.1': 'commune.hours.bad_line',
          'work.3': 'commune.hours.bad_line',
          'work.4': 'commune.hours.bad_line',
        },
      }),
    );
  });
});

describe('hours in words', () => {
  const desk = { ...USUAL_WEEK, 6: [['07:30', '11:00']] as [string, string][] };
  const hours = [{ from: localDate('2020-01-01'), work: USUAL_WEEK, desk, source: 'x', verified: true }];
  const holiday = { vi: 'Ngày Chiến thắng', en: 'Reunification Day' };
  const calendar = makeCalendar({
    hours,
    days: [
      { date: localDate('2026-04-30'), kind: 'off', name: holiday, source: 'x', mark: 'F', verified: true },
      { date: localDate('2026-05-01'), kind: 'off', name: holiday, source: 'x', mark: 'F', verified: true },
    ],
  });
  const line = (text: string, locale: 'vi' | 'en' = 'vi') =>
    officeLine(officeNow(calendar, at(text)), locale);

  it('take as few lines as they need', () => {
    expect(hoursLines(calendar, localDate('2026-04-20'), 'vi')).toEqual([
      'Thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:00',
      'Thứ Bảy: 07:30–11:00',
    ]);
    expect(hoursLines(calendar, localDate('2026-04-20'), 'en')[0]).toBe(
      'Monday to Friday: 07:30–11:30, 13:30–17:00',
    );
  });

  it('say until when the desk is open, or when it opens again and why it is closed', () => {
    expect(line('2026-04-28T09:00')).toBe('Mở cửa đến 11:30.');
    expect(line('2026-04-28T12:00')).toBe('Mở lại lúc 13:30 hôm nay.');
    expect(line('2026-04-28T17:00')).toBe('Mở lại lúc 07:30 ngày mai.');
    expect(line('2026-04-25T10:59')).toBe('Mở cửa đến 11:00.');
    expect(line('2026-04-30T09:00')).toBe(
      'Hôm nay nghỉ: Ngày Chiến thắng. Mở lại lúc 07:30 thứ Bảy, 02/05/2026.',
    );
    expect(line('2026-04-30T09:00', 'en')).toBe(
      'Closed today: Reunification Day. Opens again at 07:30 on Saturday, 2 May 2026.',
    );
  });
});
