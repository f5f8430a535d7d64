import { formatDuration } from '@aegisguard/model';
import type { LogQuery } from './ast/log-query.ts';
import type { Query } from './ast/query.ts';
import type { RangeAggregation } from './ast/range-aggregation.ts';

// JSON's escapes are all among Go's, but for a lone surrogate's, which no parsed text contains.
function printText(text: string): string {
  return JSON.stringify(text);
}

function printSelector({ matchers }: LogQuery): string {
  return `{${matchers.map(({ name, op, value }) => `${name}${op}${printText(value)}`).join(', ')}}`;
}

function printLogQuery(query: LogQuery): string {
  return [printSelector(query), ...query.lineFilters.map(({ op, value }) => `${op} ${printText(value)}`)].join(' ');
}

function printRangeAggregation({ operation, query, range }: RangeAggregation): string {
  return `${operation}(${printLogQuery(query)} [${formatDuration(range)}])`;
}

/** Writes a query in the one form that we use; `parseQuery` reads it back to the same tree. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'log-query':
      return printLogQuery(query);
    case 'range-aggregation':
      return printRangeAggregation(query);
    case 'vector-aggregation': {
      const grouping = query.by.length === 0 ? '' : ` by (${query.by.join(', ')}) `;
      return `${query.operation}${grouping}(${printRangeAggregation(query.operand)})`;
    }
  }
}
