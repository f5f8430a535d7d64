import type { LogQuery } from '../syntax/ast/log-query.ts';
import type { Query } from '../syntax/ast/query.ts';

/** The log query that a query is about: itself, or the first one whose logs it counts; undefined for numbers. */
export function logQueryOf(query: Query): LogQuery | undefined {
  switch (query.kind) {
    case 'log-query':
      return query;
    case 'range-aggregation':
      return query.range.query;
    case 'vector-aggregation':
    case 'label-replace':
      return logQueryOf(query.operand);
    case 'binary-operation':
      return logQueryOf(query.left) ?? logQueryOf(query.right);
    case 'vector':
    case 'number':
      return undefined;
  }
}
