import type { LogSelection } from '@aegisguard/model';
import type { LogQuery } from '../syntax/ast/log-query.ts';
import type { Query } from '../syntax/ast/query.ts';

/** What of a selection the query says; the times come from the request. */
export type QuerySelection = Pick<LogSelection, 'matchers' | 'lineFilters'>;

/** The log query inside a query. */
function logQueryOf(query: Query): LogQuery {
  switch (query.kind) {
    case 'log-query':
      return query;
    case 'range-aggregation':
      return query.query;
    case 'vector-aggregation':
      return query.operand.query;
  }
}

/** The logs that a query is about: its own, or those that a metric query counts. */
export function selectionOf(query: Query): QuerySelection {
  const { matchers, lineFilters } = logQueryOf(query);
  return { matchers, lineFilters };
}
