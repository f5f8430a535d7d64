import type { LogQuery } from '../syntax/ast/log-query.ts';
import type { Query } from '../syntax/ast/query.ts';
import { planSelection, type QuerySelection } from './select/plan-selection.ts';

/** The log queries inside a query, in its order: itself, or those of its range aggregations. */
export function logQueriesOf(query: Query): readonly LogQuery[] {
  switch (query.kind) {
    case 'log-query':
      return [query];
    case 'range-aggregation':
      return [query.range.query];
    case 'vector-aggregation':
    case 'label-replace':
      return logQueriesOf(query.operand);
    case 'binary-operation':
      return [...logQueriesOf(query.left), ...logQueriesOf(query.right)];
    case 'vector':
    case 'number':
      return [];
  }
}

/** The logs that a query is about: those that the first log query in it looks through. What filters further on in its pipeline drop is among them. */
export function selectionOf(query: Query): QuerySelection {
  const [first] = logQueriesOf(query);
  if (first === undefined) {
    return { matchers: [], lineFilters: [] };
  }
  const { matchers, lineFilters } = planSelection(first);
  return { matchers, lineFilters };
}
