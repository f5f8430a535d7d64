import type { ServiceTimelineAnswer } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { timelineFrames } from './timeline-frames.ts';

const RED = {
  calls: 0,
  errors: 0,
  callsPerSecond: 0,
  errorRatio: 0,
  meanMs: null,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
};
const series = (version: string | null): ServiceTimelineAnswer['series'][number] => ({
  version,
  ...RED,
  over: {
    calls: [60, 0],
    errors: [6, 0],
    p50Ms: [1, null],
    p90Ms: [2, null],
    p99Ms: [3, null],
    slowest: [{ traceId: 'a', spanId: 'b', durationMs: 7 }, null],
  },
});
const answer = (versions: readonly (string | null)[]): ServiceTimelineAnswer => ({
  start: '2026-11-27T10:00:00Z',
  end: '2026-11-27T10:02:00Z',
  firstPoint: '2026-11-27T10:00:00Z',
  stepMs: 60_000,
  points: 2,
  basis: 'entry',
  series: versions.map(series),
  deployments: [
    { version: '1', firstSeen: '2026-11-20T00:00:00Z', lastSeen: '2026-11-27T10:01:00Z', calls: 1, errors: 0 },
    { version: '2', firstSeen: '2026-11-27T10:01:00Z', lastSeen: '2026-11-27T10:01:00Z', calls: 1, errors: 0 },
  ],
  stats: { elapsedMs: 1, rowsRead: 1, bytesRead: 1 },
});

it('has rates, shares of errors and quantiles over time, with the slowest spans', () => {
  const frames = timelineFrames(answer([null]));
  expect(frames.calls[0]?.times).toEqual([Date.parse('2026-11-27T10:00:00Z'), Date.parse('2026-11-27T10:01:00Z')]);
  expect(frames.calls[0]?.series.map(({ label, values }) => [label, values])).toEqual([['Calls', [1, 0]]]);
  expect(frames.errors[0]?.series[0]?.values).toEqual([0.1, null]);
  expect(frames.durations[0]?.series.map(({ label }) => label)).toEqual(['p50', 'p90', 'p99']);
  expect(frames.slowest).toEqual([
    { ms: Date.parse('2026-11-27T10:00:00Z'), value: 7, labels: { trace_id: 'a', span_id: 'b' } },
  ]);
  expect(frames.deployments.map(({ text }) => text)).toEqual(['First seen: 2']);
});

it('reckons rates by the part of a step that lies in the range', () => {
  const rates = (start: string, end: string) =>
    timelineFrames({ ...answer([null]), start, end }).calls[0]?.series[0]?.values;
  expect(rates('2026-11-27T10:00:20Z', '2026-11-27T10:01:40Z')).toEqual([1.5, 0]);
  expect(rates('2026-11-27T10:00:40Z', '2026-11-27T10:01:20Z')).toEqual([null, null]);
});

it('has a line for each version', () => {
  const frames = timelineFrames(answer(['2', '']));
  for (const each of [frames.calls, frames.errors, frames.durations]) {
    expect(each[0]?.series.map(({ label }) => label)).toEqual(['2', '(no version)']);
  }
});
