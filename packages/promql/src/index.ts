export { evaluateQuery } from './evaluate/evaluate-query.ts';
export type { EvaluatedSeries, HistogramPoint } from './evaluate/evaluated-series.ts';
export type { EvaluationOptions, QueryData, QueryResult } from './evaluate/query-result.ts';
export type { QueryWindow } from './evaluate/time-grid.ts';
export type { Expression } from './syntax/ast/expression.ts';
export { parseQuery, QUERY_LENGTH_MAX } from './syntax/parse-query.ts';
