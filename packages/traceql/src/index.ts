export type { ShownField, SpansetAttribute } from './evaluate/spanset.ts';
export { evaluateMetrics, type MetricsAnswer, type MetricsQuest } from './metrics/evaluate-metrics.ts';
export type { MetricsGrid } from './metrics/metrics-grid.ts';
export { type Exemplar, labelText, type MetricsSeries, type SeriesLabel } from './metrics/metrics-series.ts';
export type { FoundSpan, FoundSpans, FoundSpanset, FoundTrace } from './search/found-trace.ts';
export { type FoundTraces, searchTraces, type TraceQuest } from './search/search-traces.ts';
export type { TracePlace } from './search/trace-evaluation.ts';
export type { TraceQuery } from './syntax/ast/trace-query.ts';
