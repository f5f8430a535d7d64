// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import type { Implementations, PointResult, Window } from '../function-implementation.ts';
import { floatsIn, histogramsIn } from './window-annotations.ts';
import { atWindowEdges } from './window-edges-function.ts';

const MS_PER_SECOND = 1000;

/** When a window's first float and histogram were; `Infinity` where it has none. */
function firstTimes(window: Window): { readonly float: number; readonly histogram: number } {
  const { series, first, firstHistogram } = window;
  return {
    float: floatsIn(window) > 0 ? (series.timestampsMs[first] ?? 0) : Number.POSITIVE_INFINITY,
    histogram:
      histogramsIn(window) > 0 ? (series.histograms[firstHistogram]?.timestampMs ?? 0) : Number.POSITIVE_INFINITY,
  };
}

/** When a window's last float and histogram were; `-Infinity` where it has none. */
function lastTimes(window: Window): { readonly float: number; readonly histogram: number } {
  const { series, end, endHistogram } = window;
  return {
    float: floatsIn(window) > 0 ? (series.timestampsMs[end - 1] ?? 0) : Number.NEGATIVE_INFINITY,
    histogram:
      histogramsIn(window) > 0 ? (series.histograms[endHistogram - 1]?.timestampMs ?? 0) : Number.NEGATIVE_INFINITY,
  };
}

function firstSample(window: Window): PointResult {
  const { series, first, firstHistogram } = window;
  const times = firstTimes(window);
  return times.float < times.histogram ? series.values[first] : series.histograms[firstHistogram]?.histogram;
}

function lastSample(window: Window): PointResult {
  const { series, end, endHistogram } = window;
  const times = lastTimes(window);
  return times.float > times.histogram ? series.values[end - 1] : series.histograms[endHistogram - 1]?.histogram;
}

function isEmpty(window: Window): boolean {
  return floatsIn(window) === 0 && histogramsIn(window) === 0;
}

/** The oldest and the newest sample of a window, be it float or histogram, and when they were. */
export const ENDS_OVER_TIME = {
  first_over_time: {
    kind: 'range',
    keepsName: true,
    evaluate: (window) => (isEmpty(window) ? undefined : firstSample(window)),
    seriesEvaluator: atWindowEdges(1, ({ values }, from) => values[from] ?? Number.NaN),
  },
  last_over_time: {
    kind: 'range',
    keepsName: true,
    evaluate: (window) => (isEmpty(window) ? undefined : lastSample(window)),
    seriesEvaluator: atWindowEdges(1, ({ values }, _, to) => values[to - 1] ?? Number.NaN),
  },
  ts_of_first_over_time: {
    kind: 'range',
    evaluate(window) {
      const { float, histogram } = firstTimes(window);
      return isEmpty(window) ? undefined : Math.min(float, histogram) / MS_PER_SECOND;
    },
  },
  ts_of_last_over_time: {
    kind: 'range',
    evaluate(window) {
      const { float, histogram } = lastTimes(window);
      return isEmpty(window) ? undefined : Math.max(float, histogram) / MS_PER_SECOND;
    },
  },
} as const satisfies Implementations;
