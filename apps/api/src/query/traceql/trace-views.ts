import {
  formatRfc3339Nanos,
  type TraceMetricsAnswer,
  type TraceOverviewAnswer,
  type TraceSummary,
  type TraceSummaryView,
  unixNanos,
} from '@aegisguard/model';
import {
  type FoundSpan,
  type FoundTrace,
  labelText,
  type MetricsAnswer,
  type MetricsSeries,
  printField,
  type SpanOverview,
} from '@aegisguard/traceql';

const NANOS_PER_MS = 1e6;
const NANOS_PER_SECOND = 1e9;
const MS_PER_SECOND = 1000;

/** Intrinsics that are told of every span. */
const TOLD: ReadonlySet<string> = new Set(['name', 'duration', 'status', 'span-id', 'trace-id']);

/** A trace of a list, with the spans that were found in it, if any were asked for. */
export function summaryView(
  { startTime, durationNanos, services, ...summary }: TraceSummary,
  found?: FoundTrace,
): TraceSummaryView {
  return {
    ...summary,
    startTime: formatRfc3339Nanos(startTime),
    durationMs: Number(durationNanos) / NANOS_PER_MS,
    services: [...services],
    ...(found === undefined
      ? {}
      : { matched: { count: found.matched.count, spans: found.matched.spans.map(foundSpanView) } }),
  };
}

function foundSpanView({ span, fields }: FoundSpan) {
  return {
    spanId: span.spanId,
    name: span.name,
    service: span.service,
    startTime: formatRfc3339Nanos(span.startTime),
    durationMs: Number(span.durationNanos) / NANOS_PER_MS,
    status: span.status,
    attributes: Object.fromEntries(
      fields
        .filter(({ field }) => field.kind === 'attribute' || !TOLD.has(field.name))
        .map(({ field, value }) => [printField(field), plainValue(value)]),
    ),
  };
}

/** A value as JSON has it: nanoseconds are a number. */
export function plainValue(value: string | number | boolean | bigint): string | number | boolean {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** Series as they are told. */
export function seriesViews({ series, grid }: MetricsAnswer): TraceMetricsAnswer['series'] {
  return series.map((one) => ({
    labels: Object.fromEntries(one.labels.map((label) => [label.name, labelText(label)])),
    points: pointsOf(one, (bucket) => Number(grid.timeOf(bucket)) / NANOS_PER_SECOND),
    ...(one.exemplars.length === 0
      ? {}
      : {
          exemplars: one.exemplars.map(({ traceId, spanId, time, value }) => ({
            traceId,
            spanId,
            timestamp: formatRfc3339Nanos(unixNanos(time)),
            value,
          })),
        }),
  }));
}

function pointsOf({ values }: MetricsSeries, timeOf: (bucket: number) => number): [number, number][] {
  const points: [number, number][] = [];
  for (const [bucket, value] of values.entries()) {
    if (Number.isFinite(value)) {
      points.push([timeOf(bucket), value]);
    }
  }
  return points;
}

/** What spans look like together, as it is told. */
export function overviewView({ grid, times, durations, facets, stats }: SpanOverview): TraceOverviewAnswer {
  const total = (read: 'spans' | 'errors') => times.reduce((sum, tally) => sum + tally[read], 0);
  return {
    spanCount: total('spans'),
    errorCount: total('errors'),
    start: formatRfc3339Nanos(grid.start),
    stepMs: Number(grid.step) / NANOS_PER_MS,
    spans: times.map(({ spans }) => spans),
    errors: times.map(({ errors }) => errors),
    durations: durations.map(({ power, spans, errors }) => ({ upToMs: power * MS_PER_SECOND, spans, errors })),
    facets: facets.map(({ field, values }) => ({
      field: printField(field),
      values: values.map(({ value, count }) => ({ value: plainValue(value), count })),
    })),
    stats,
  };
}
