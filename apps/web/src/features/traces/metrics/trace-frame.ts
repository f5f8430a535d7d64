import type { TraceMetricsAnswer } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/traceql/syntax';
import type { ChartExemplar, Frame } from '../../../charts/metrics/frame.ts';
import { prepareFrame } from '../../../charts/metrics/prepare-frame.ts';

/** Series of TraceQL as charts take them. */
export function traceFrame({ series }: TraceMetricsAnswer, query: string): Frame {
  const result = series.map(({ labels, points }) => ({
    metric: labels,
    values: points.map(([seconds, value]): [number, string] => [seconds, String(value)]),
  }));
  return prepareFrame({ resultType: 'matrix', result }, { legend: '', query });
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

/** How what a metrics query answers is shown: its unit, and whether it is a list rather than a course. */
export function displayOf(query: string): { readonly unit: string; readonly isList: boolean } {
  const { body } = parseQuery(query);
  const aggregate = body.kind === 'metrics' ? body.aggregate : undefined;
  if (aggregate === undefined || !('of' in aggregate)) {
    return { unit: 'none', isList: aggregate?.kind === 'compare' };
  }
  const { of: field, kind } = aggregate;
  const isDuration = field.kind === 'intrinsic' && /duration|time-since/.test(field.name);
  return { unit: isDuration && kind !== 'histogram_over_time' ? 'seconds' : 'none', isList: false };
}
