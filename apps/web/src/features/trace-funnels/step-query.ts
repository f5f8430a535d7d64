import { quoteText } from '@aegisguard/traceql/syntax';
import { addFilters, canFilter } from '../traces/query/edit-query.ts';
import type { Filter } from '../traces/query/filter.ts';
import type { FunnelStep } from './funnels-view.ts';

/** The spans of a step as TraceQL; undefined where its own query takes no filters. */
function stepQuery({ service, operation, query, errorsOnly }: FunnelStep): string | undefined {
  const filters: Filter[] = [
    ...(service === '' ? [] : [{ field: 'resource.service.name', op: '=' as const, value: quoteText(service) }]),
    ...(operation === '' ? [] : [{ field: 'name', op: '=' as const, value: quoteText(operation) }]),
    ...(errorsOnly ? [{ field: 'status', op: '=' as const, value: 'error' }] : []),
  ];
  const own = query.trim() === '' ? '{ }' : query.trim();
  if (filters.length === 0) {
    return own;
  }
  return canFilter(own) ? addFilters(own, filters) : undefined;
}

/** Traces that have a span of each of the steps, in whatever order; undefined where TraceQL cannot say it. */
export function tracesOfSteps(steps: readonly FunnelStep[]): string | undefined {
  const queries = steps.map(stepQuery);
  const told = queries.filter((query) => query !== undefined);
  if (told.length < queries.length) {
    return undefined;
  }
  return told.length === 1 ? told[0] : told.map((query) => `(${query})`).join(' && ');
}
