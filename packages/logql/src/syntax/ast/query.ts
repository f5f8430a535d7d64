import type { LogQuery } from './log-query.ts';
import type { RangeAggregation } from './range-aggregation.ts';
import type { VectorAggregation } from './vector-aggregation.ts';

/** A query that answers with series of numbers. */
export type MetricQuery = RangeAggregation | VectorAggregation;

/** A parsed LogQL query. */
export type Query = LogQuery | MetricQuery;
