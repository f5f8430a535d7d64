import { expect, it } from 'vitest';
import { readRangeWindow } from './range-window.ts';

const request = { start: '10', end: '20', step: '5' };

it.each([
  [{}, { startMs: 10_000, endMs: 20_000, stepMs: 5000 }],
  [{ step: '1m' }, { startMs: 10_000, endMs: 20_000, stepMs: 60_000 }],
  [{ end: '10' }, { startMs: 10_000, endMs: 10_000, stepMs: 5000 }],
  [
    { end: '11010', step: '1' },
    { startMs: 10_000, endMs: 11_010_000, stepMs: 1000 },
  ],
])('%j', (change, window) => {
  expect(readRangeWindow({ ...request, ...change }, 0)).toEqual(window);
});

it.each([
  [{ start: '' }, 'invalid parameter "start": cannot parse "" to a valid timestamp'],
  [{ end: 'x' }, 'invalid parameter "end": cannot parse "x" to a valid timestamp'],
  [{ end: '9' }, 'invalid parameter "end": end timestamp must not be before start timestamp'],
  [{ step: '' }, 'invalid parameter "step": cannot parse "" to a valid duration'],
  [{ step: '0' }, 'invalid parameter "step": zero or negative query resolution step widths'],
  [{ step: '-1' }, 'invalid parameter "step": zero or negative query resolution step widths'],
  [{ end: '11011', step: '1' }, 'exceeded maximum resolution of 11,000 points per timeseries.'],
])('%j is refused', (change, message) => {
  expect(() => readRangeWindow({ ...request, ...change }, 0)).toThrow(message);
});
