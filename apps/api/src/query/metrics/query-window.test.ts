import { nanosFromMs } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { queryWindow } from './query-window.ts';

const NOW = nanosFromMs(1_700_000_000_000);

it.each([
  [{}, { startMs: 1_700_000_000_000, endMs: 1_700_000_000_000 }],
  [{ time: 1_600_000_000.5 }, { startMs: 1_600_000_000_500, endMs: 1_600_000_000_500 }],
  [{ time: 'now-1h' }, { startMs: 1_699_996_400_000, endMs: 1_699_996_400_000 }],
  [
    { start: 'now-1h', end: 'now', step: '1m' },
    { startMs: 1_699_996_400_000, endMs: 1_700_000_000_000, stepMs: 60_000 },
  ],
  [
    { start: 'now', end: 'now' },
    { startMs: 1_700_000_000_000, endMs: 1_700_000_000_000 },
  ],
  [{ start: 'now-1m', end: 'now', step: 0.5 }, { stepMs: 500 }],
])('%j', (request, window) => {
  expect(queryWindow(request, NOW)).toMatchObject(window);
});

it.each([
  [{ time: 'yesterday' }],
  [{ time: 'now', start: 'now', end: 'now' }],
  [{ start: 'now-1h' }],
  [{ step: 5 }],
  [{ start: 'now-1h', end: 'now' }],
  [{ start: 'now', end: 'now-1h', step: 5 }],
  [{ start: 'now-1h', end: 'now', step: 'often' }],
  [{ start: 'now-1h', end: 'now', step: '10us' }],
])('%j is not valid', (request) => {
  expect(() => queryWindow(request, NOW)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
});
