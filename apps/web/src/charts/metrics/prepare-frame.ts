import type { MetricAnswer } from '@aegisguard/model';
import type { Frame, FrameBucket, SeriesLabels } from './frame.ts';
import { sampleValue } from './sample-value.ts';
import { seriesLabel } from './series-label.ts';

/** What a metric query evaluated to. */
export type MetricData = MetricAnswer['data'];

/** The times at which a range query was evaluated, in unix ms; both ends included. */
export interface TimeGrid {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** How series are called. */
export interface FrameNaming {
  /** `{{label}}` stands for a label's value; empty: all labels. */
  readonly legend: string;
  /** What a series without labels is called. */
  readonly query: string;
}

type HistogramSample = readonly [number, { readonly buckets?: readonly (readonly [number, string, string, string])[] }];

/** One series of an answer, whatever the answer's type. */
interface RawSeries {
  readonly labels: SeriesLabels;
  readonly values: readonly (readonly [number, string])[];
  readonly histograms: readonly HistogramSample[];
}

const NO_NAMING: FrameNaming = { legend: '', query: '' };

function rawSeries(data: MetricData): readonly RawSeries[] {
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values = [], histograms = [] }) => ({
        labels: metric,
        values,
        histograms: histograms as readonly HistogramSample[],
      }));
    case 'vector':
      return data.result.map(({ metric, value, histogram }) => ({
        labels: metric,
        values: value === undefined ? [] : [value],
        histograms: histogram === undefined ? [] : [histogram as HistogramSample],
      }));
    case 'scalar':
      return [{ labels: {}, values: [data.result], histograms: [] }];
    case 'string':
      return [];
  }
}

/** API times are seconds with fractions; ms are whole. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

function timesOf(series: readonly RawSeries[], grid: TimeGrid | undefined): number[] {
  if (grid !== undefined) {
    const count = Math.max(0, Math.floor((grid.endMs - grid.startMs) / grid.stepMs) + 1);
    return Array.from({ length: count }, (_, index) => grid.startMs + index * grid.stepMs);
  }
  const seen = new Set<number>();
  for (const { values, histograms } of series) {
    for (const [at] of values) {
      seen.add(toMs(at));
    }
    for (const [at] of histograms) {
      seen.add(toMs(at));
    }
  }
  return [...seen].sort((a, b) => a - b);
}

function bucketsOf(
  series: readonly RawSeries[],
  places: ReadonlyMap<number, number>,
  length: number,
): readonly FrameBucket[] {
  const byBounds = new Map<string, { lower: number; upper: number; counts: (number | null)[] }>();
  for (const { histograms } of series) {
    for (const [at, { buckets = [] }] of histograms) {
      const place = places.get(toMs(at));
      for (const [, lower, upper, count] of place === undefined ? [] : buckets) {
        const key = `${lower} ${upper}`;
        let bucket = byBounds.get(key);
        if (bucket === undefined) {
          bucket = { lower: sampleValue(lower), upper: sampleValue(upper), counts: Array(length).fill(null) };
          byBounds.set(key, bucket);
        }
        bucket.counts[place ?? 0] = (bucket.counts[place ?? 0] ?? 0) + sampleValue(count);
      }
    }
  }
  return [...byBounds.values()].sort((a, b) => a.lower - b.lower || a.upper - b.upper);
}

/** Puts an answer into columns: over the query's grid, so that what is missing is a gap, or over the times that occur. */
export function prepareFrame(data: MetricData, naming: FrameNaming = NO_NAMING, grid?: TimeGrid): Frame {
  const raw = rawSeries(data);
  const times = timesOf(raw, grid);
  const places = new Map(times.map((ms, index) => [ms, index]));
  const series = raw
    .filter(({ values, histograms }) => values.length > 0 || histograms.length === 0)
    .map(({ labels, values }) => {
      const column: (number | null)[] = Array(times.length).fill(null);
      for (const [at, text] of values) {
        const place = places.get(toMs(at));
        if (place !== undefined) {
          column[place] = sampleValue(text);
        }
      }
      return { label: seriesLabel(labels, naming.legend, naming.query), labels, values: column };
    });
  return { times, series, buckets: bucketsOf(raw, places, times.length) };
}

/** Everything of several frames over one time axis; series keep their order. */
export function alignFrames(frames: readonly Frame[]): Pick<Frame, 'times' | 'series'> {
  const filled = frames.filter(({ series }) => series.length > 0);
  const [first] = filled;
  if (first === undefined) {
    return { times: [], series: [] };
  }
  const isOneGrid = filled.every(
    ({ times }) =>
      times === first.times ||
      (times.length === first.times.length && times.every((ms, index) => ms === first.times[index])),
  );
  if (isOneGrid) {
    return { times: first.times, series: filled.flatMap(({ series }) => series) };
  }
  const times = [...new Set(filled.flatMap((frame) => frame.times))].sort((a, b) => a - b);
  const places = new Map(times.map((ms, index) => [ms, index]));
  const series = filled.flatMap((frame) =>
    frame.series.map((each) => {
      const values: (number | null)[] = Array(times.length).fill(null);
      frame.times.forEach((ms, index) => {
        values[places.get(ms) ?? 0] = each.values[index] ?? null;
      });
      return { ...each, values };
    }),
  );
  return { times, series };
}

/** An earlier frame moved onto the times of now, to be drawn dashed. */
export function shiftFrame(frame: Frame, byMs: number, suffix: string): Frame {
  return {
    times: frame.times.map((ms) => ms + byMs),
    series: frame.series.map((each) => ({ ...each, label: `${each.label} ${suffix}`, isCompared: true })),
    buckets: [],
  };
}
