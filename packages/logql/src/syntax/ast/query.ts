import type { LogQuery } from './log-query.ts';
import type { MetricExpression } from './metric-expression.ts';

/** A parsed LogQL query. */
export type Query = LogQuery | MetricExpression;
