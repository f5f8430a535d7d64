import { describe, expect, it } from 'vitest';
import { changedDays, effectWords, type KeptSignal, keptWords, shortened } from './retention-words.ts';

const NOW_MS = Date.parse('2026-11-26T00:00:00Z');
const KEPT: KeptSignal = {
  signal: 'logs',
  settingDays: 30,
  rows: 1284,
  oldest: '2026-11-10T00:00:00.000Z',
  newest: '2026-11-25T00:00:00.000Z',
  stored: [
    { days: 7, rows: 284 },
    { days: 30, rows: 1000 },
  ],
  lastExpiry: '2026-12-25T00:00:00.000Z',
};
const SETTINGS = { logs: 30, metrics: 90, traces: 7, rum: 30 };

it('says how many rows are kept how long', () => {
  expect(keptWords(KEPT.stored)).toBe('1,000 for 30 days, 284 for 7 days');
  expect(keptWords([{ days: 1, rows: 1 }])).toBe('1 for 1 day');
});

it('knows which signals are to be kept shorter, and which settings differ', () => {
  const after = { logs: 7, metrics: 90, traces: 14, rum: 29 };
  expect(shortened(SETTINGS, after)).toEqual(['logs', 'rum']);
  expect(changedDays(SETTINGS, after)).toEqual({ logs: 7, traces: 14, rum: 29 });
});

describe('what a change does to what is stored', () => {
  it('a shorter setting deletes what is older', () => {
    expect(effectWords('logs', 10, KEPT, NOW_MS)).toBe(
      'Whatever is older than 10 days of the 1,000 logs is deleted; the rest is kept 10 days.',
    );
    expect(effectWords('logs', 20, KEPT, NOW_MS)).toBe(
      'None is older than 20 days yet: the 1,000 logs that are stored will be deleted at that age.',
    );
  });

  it('a longer one prolongs nothing', () => {
    expect(effectWords('logs', 60, KEPT, NOW_MS)).toContain('what is stored keeps its days');
    expect(effectWords('logs', 60, { ...KEPT, rows: 0, stored: [] }, NOW_MS)).toBeUndefined();
  });

  it('says nothing where nothing happens', () => {
    expect(effectWords('logs', 30, KEPT, NOW_MS)).toBeUndefined();
    expect(effectWords('logs', 7, { ...KEPT, rows: 0, stored: [] }, NOW_MS)).toBeUndefined();
  });
});
