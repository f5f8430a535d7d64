import type { TraceMetricsAnswer } from '@aegisguard/model';
import type { ChartExemplar, Frame, FrameBucket } from '../../../charts/metrics/frame.ts';
import { prepareFrame } from '../../../charts/metrics/prepare-frame.ts';
import { parsedQuery } from '../query/parsed-query.ts';

/** Series of TraceQL as charts take them. */
export function traceFrame({ series }: TraceMetricsAnswer, query: string): Frame {
  const result = series.map(({ labels, points }) => ({
    metric: labels,
    values: points.map(([seconds, value]): [number, string] => [seconds, String(value)]),
  }));
  return prepareFrame({ resultType: 'matrix', result }, { legend: '', query });
}

/** Series of a histogram as the buckets of a heatmap. Only those of its own counts: what was calculated from these, such as a ratio, cannot be summed up over groups. TraceQL's points stand at the beginning of what they count, those of a heatmap at its end. */
export function heatFrame(answer: TraceMetricsAnswer, query: string, stepMs: number): Frame {
  const frame = traceFrame(answer, query);
  return { times: frame.times.map((ms) => ms + stepMs), series: [], buckets: bucketsOf(frame) };
}

/** The label of a histogram's series: the upper bound of what it counts, a power of two; what stands below half of it is counted by others. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
const BUCKET = '__bucket';
/** Powers of two between the shortest time and the largest number. */
const BUCKETS_MAX = 256;

/** Buckets of all series together, without gaps between the lowest and the highest, so that each is as high as the next. */
function bucketsOf({ series, times }: Frame): readonly FrameBucket[] {
  const found = new Map<number, (number | null)[]>();
  for (const { labels, values } of series) {
    const upper = Number(labels[BUCKET] ?? Number.NaN);
    if (Number.isFinite(upper)) {
      const counts = found.get(upper) ?? (Array(times.length).fill(null) as (number | null)[]);
      values.forEach((value, index) => {
        counts[index] = value === null ? (counts[index] ?? null) : (counts[index] ?? 0) + value;
      });
      found.set(upper, counts);
    }
  }
  const bounds = [...found.keys()].filter((upper) => upper > 0);
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  const powers = bounds.length === 0 ? 0 : Math.min(BUCKETS_MAX, Math.round(Math.log2(high / low)) + 1);
  const nothing = found.get(0);
  return [
    ...(nothing === undefined ? [] : [{ lower: 0, upper: 0, counts: nothing }]),
    ...Array.from({ length: powers }, (_, power) => {
      const upper = low * 2 ** power;
      const near = bounds.find((bound) => Math.abs(Math.log2(bound / upper)) < 0.5);
      return {
        lower: upper / 2,
        upper,
        counts: (near === undefined ? undefined : found.get(near)) ?? times.map(() => null),
      };
    }),
  ];
}

/** Observations that lead to their traces. */
export function traceExemplars({ series }: TraceMetricsAnswer): readonly ChartExemplar[] {
  return series.flatMap(({ exemplars = [] }) =>
    exemplars.map(({ traceId, spanId, timestamp, value }) => ({
      ms: Date.parse(timestamp),
      value,
      labels: { trace_id: traceId, span_id: spanId },
    })),
  );
}

/** How what a metrics query answers is shown: its unit, and as what. Of one that cannot be read nothing is answered but why. */
export function displayOf(query: string): {
  readonly unit: string;
  readonly shape: 'lines' | 'heatmap' | 'comparison';
} {
  const body = parsedQuery(query)?.body;
  const aggregate = body?.kind === 'metrics' ? body.aggregate : undefined;
  if (aggregate === undefined || !('of' in aggregate)) {
    return { unit: 'none', shape: aggregate?.kind === 'compare' ? 'comparison' : 'lines' };
  }
  const { of: field, kind } = aggregate;
  const isDuration = field.kind === 'intrinsic' && /duration|time-since/.test(field.name);
  return { unit: isDuration ? 'seconds' : 'none', shape: kind === 'histogram_over_time' ? 'heatmap' : 'lines' };
}
