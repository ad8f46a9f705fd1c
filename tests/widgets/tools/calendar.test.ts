import { describe, expect, it } from 'vitest';
import { formatCalendar } from '../../../src/view/publish/calendar.ts';

const entry = {
  id: 'tlsa-deploy-0',
  seconds: Date.UTC(2027, 0, 30, 9) / 1000,
  summary: 'mx.example.nl, step 2; new key',
  description: `one\r\ntwo ${'é'.repeat(80)} BEGIN:VEVENT`,
};
const file = formatCalendar([entry, { ...entry, id: 'x', seconds: entry.seconds + 60 }], 0);

describe('the plan as a calendar file', () => {
  it('has an event for each step, at its moment in UTC', () => {
    expect(file.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(2);
    expect(file).toContain('DTSTART:20270130T090000Z\r\n');
    expect(file.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('escapes what has a meaning in the format, and no text begins a line', () => {
    expect(file).toContain('SUMMARY:mx.example.nl\\, step 2\\; new key');
    expect(file.replaceAll('\r\n ', '')).toContain('DESCRIPTION:one\\ntwo ');
    for (const line of file.split('\r\n').slice(0, -1)) expect(line).toMatch(/^(?:[A-Z]+[:;]| )/);
  });

  it('folds at 75 octets, never inside a character', () => {
    for (const line of file.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\ufffd');
    }
    expect(file.replaceAll('\r\n ', '')).toContain('é'.repeat(80));
  });
});
