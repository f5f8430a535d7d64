import { RetentionAnswer, type StoredRetention } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { retentionView } from './retention-view.ts';

const DAY_MS = 86_400_000;
const SETTINGS = { logs: 7, metrics: 30, traces: 30, rum: 1 };

const RULES = [{ selector: '{service_name="audit"}', days: 365 }];

const band = (days: number, rows: number, oldestMs: number, newestMs: number) => ({
  days,
  rows,
  oldestMs,
  newestMs,
  expiresAtMs: newestMs + days * DAY_MS,
});

function table(signal: StoredRetention['signal'], bands: StoredRetention['bands']): StoredRetention {
  const rows = bands.reduce((sum, one) => sum + one.rows, 0);
  return { signal, table: signal, rows, oldestMs: null, newestMs: null, bands, daysMin: 0, dropDelayDaysMax: 1 };
}

it('says what is set, and what the rows of all tables of a signal really have', () => {
  const answer = retentionView(
    SETTINGS,
    [
      table('metrics', [band(30, 100, 5000, 9000)]),
      table('metrics', [band(30, 3, 1000, 2000), band(365, 2, 4000, 8000)]),
      table('logs', [band(7, 10, 3000, 3000), band(90, 1, 0, 1000)]),
      table('traces', []),
    ],
    RULES,
  );
  expect(RetentionAnswer.parse(answer)).toEqual(answer);
  expect(answer.logRules).toEqual(RULES);
  expect(answer.signals).toEqual([
    {
      signal: 'logs',
      settingDays: 7,
      rows: 11,
      oldest: '1970-01-01T00:00:00.000Z',
      newest: '1970-01-01T00:00:03.000Z',
      stored: [
        { days: 7, rows: 10 },
        { days: 90, rows: 1 },
      ],
      lastExpiry: new Date(1000 + 90 * DAY_MS).toISOString(),
    },
    {
      signal: 'metrics',
      settingDays: 30,
      rows: 105,
      oldest: '1970-01-01T00:00:01.000Z',
      newest: '1970-01-01T00:00:09.000Z',
      stored: [
        { days: 30, rows: 103 },
        { days: 365, rows: 2 },
      ],
      lastExpiry: new Date(8000 + 365 * DAY_MS).toISOString(),
    },
    { signal: 'traces', settingDays: 30, rows: 0, oldest: null, newest: null, stored: [], lastExpiry: null },
    { signal: 'rum', settingDays: 1, rows: 0, oldest: null, newest: null, stored: [], lastExpiry: null },
    { signal: 'events', settingDays: 365, rows: 0, oldest: null, newest: null, stored: [], lastExpiry: null },
  ]);
});
