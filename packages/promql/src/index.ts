export { evaluateQuery, type QueryResult } from './evaluate/evaluate-query.ts';
export type { EvaluatedSeries, HistogramPoint } from './evaluate/evaluated-series.ts';
export type { QueryWindow } from './evaluate/time-grid.ts';
export type { Expression } from './syntax/ast/expression.ts';
export { parseQuery, QUERY_LENGTH_MAX } from './syntax/parse-query.ts';
