import { describe, expect, onTestFinished, test } from 'vitest';
import { dayOf, firstOf, lastOf } from '../../../renderer/model/days.ts';

/** Sets the time zone until the test ends. */
function inZone(zone: string): void {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

describe('a day of the date filter', () => {
  test.each([
    ['an ordinary day', 'Europe/Berlin', '2026-07-01', '06-30T22:00', '07-01T21:59'],
    ['D6: a day that ends twice', 'Africa/Cairo', '2026-10-29', '10-28T21:00', '10-29T21:59'],
    ['the day after it', 'Africa/Cairo', '2026-10-30', '10-29T22:00', '10-30T21:59'],
    ['another that ends twice', 'America/Santiago', '2026-04-04', '04-04T03:00', '04-05T03:59'],
    ['a day that begins at one', 'America/Santiago', '2026-09-06', '09-06T04:00', '09-07T02:59'],
    ['the day before it', 'America/Santiago', '2026-09-05', '09-05T04:00', '09-06T03:59'],
    ['a day that begins twice', 'America/Havana', '2026-11-01', '11-01T04:00', '11-02T04:59'],
    ['the day before that', 'America/Havana', '2026-10-31', '10-31T04:00', '11-01T03:59'],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-25', '10-24T22:00', '10-25T22:59'],
    ['the last day of a year', 'Asia/Tokyo', '2026-12-31', '12-30T15:00', '12-31T14:59'],
  ])('is whole: %s', (_, zone, day, first, last) => {
    inZone(zone);
    expect(iso(firstOf(day))).toBe(`2026-${first}:00.000Z`);
    expect(iso(lastOf(day))).toBe(`2026-${last}:59.999Z`);
    expect([dayOf(firstOf(day)), dayOf(lastOf(day))]).toEqual([day, day]);
  });
});
