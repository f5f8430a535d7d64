export { countByLevel, type HistogramBars } from './evaluate/count-by-level.ts';
export { defaultStep } from './evaluate/default-step.ts';
export {
  evaluateLogQuery,
  type FoundLog,
  type LogQueryAnswer,
  type LogQueryPage,
  type LogQueryWindow,
} from './evaluate/evaluate-log-query.ts';
export {
  type EvaluationOptions,
  evaluateMetricQuery,
  type Matrix,
  type MatrixSeries,
  type MetricWindow,
} from './evaluate/evaluate-metric-query.ts';
export { planSelection, type QuerySelection, type SelectionPlan } from './evaluate/select/plan-selection.ts';
export type { LogPattern, PatternPart } from './patterns/log-pattern.ts';
export { patternFilter, patternText } from './patterns/pattern-filter.ts';
export { type MinedPatterns, PatternMiner } from './patterns/pattern-miner.ts';
export { compilePipeline, type PipelineOptions } from './pipeline/compile-pipeline.ts';
export type { LinePipeline, PipelineLine } from './pipeline/line-pipeline.ts';
export { LogfmtDecoder } from './pipeline/logfmt/logfmt-decoder.ts';
export { compileMatcher } from './pipeline/match-text.ts';
export type { ResultLabels } from './pipeline/result-labels.ts';
export type { LogQuery } from './syntax/ast/log-query.ts';
export type { MetricExpression } from './syntax/ast/metric-expression.ts';
export type { Query } from './syntax/ast/query.ts';
export type { RangeAggregation, RangeOperation } from './syntax/ast/range-aggregation.ts';
export type { Stage } from './syntax/ast/stage.ts';
export type { VectorAggregation } from './syntax/ast/vector-aggregation.ts';
export { parseLogQuery, parseQuery, parseStreamSelector, QUERY_LENGTH_MAX } from './syntax/parse-query.ts';
export { formatQuery } from './syntax/print/format-query.ts';
export { printQuery } from './syntax/print/print-query.ts';
export { printStage } from './syntax/print/print-stage.ts';
export { compileDataTemplate, type DataTemplate } from './template/compile-data-template.ts';
export type { TemplateFunction } from './template/execute/template-function.ts';
export { TemplateError } from './template/template-error.ts';
export { ZERO_TIME } from './template/time/go-time.ts';
export { layoutPieces } from './template/time/layout.ts';
export { parseLayout } from './template/time/parse-layout.ts';
export { zoneOf } from './template/time/zone.ts';
