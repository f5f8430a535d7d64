import { describe, expect, it } from 'vitest';
import { absoluteRange } from '../../lib/time-range.ts';
import { aroundTrace } from './around-trace.ts';

describe('the time around a trace', () => {
  it('is an hour at both of its ends, in whole milliseconds', () => {
    const { startMs, endMs } = aroundTrace({ startTime: '2026-11-27T10:00:00.000400000Z', durationMs: 1500.5 });
    expect(absoluteRange(startMs, endMs)).toEqual({
      from: '2026-11-27T09:00:00.000Z',
      to: '2026-11-27T11:00:01.501Z',
    });
  });
});
