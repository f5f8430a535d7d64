import { useCallback, useEffect, useRef } from 'react';
import { filterFor, filterOut, hasFilter, withoutFilter } from './query/edit-query.ts';
import { rememberQuery } from './query/query-history.ts';
import type { LogsViewControl } from './view/use-logs-view.ts';

/** The ways in which a click changes the query. */
export interface LogFilters {
  /** Runs a query as it is written. */
  readonly run: (query: string) => void;
  /** Narrows the query to a value, or excludes it. */
  readonly filter: (label: string, value: string, exclude: boolean) => void;
  /** The same, but a filter that is already there is taken away. */
  readonly toggle: (label: string, value: string, exclude: boolean) => void;
}

/** Filters over the present view; the functions stay the same, so that rows need not be drawn again. */
export function useLogFilters(orgId: string, control: LogsViewControl, onSameQuery: () => void): LogFilters {
  const latest = useRef({ control, onSameQuery });
  useEffect(() => {
    latest.current = { control, onSameQuery };
  });
  const run = useCallback(
    (query: string) => {
      const { view, go } = latest.current.control;
      rememberQuery(orgId, query);
      if (query === view.query) {
        latest.current.onSameQuery();
      } else {
        go({ query });
      }
    },
    [orgId],
  );
  const filter = useCallback((label: string, value: string, exclude: boolean) => {
    const { view, go } = latest.current.control;
    // An open log that still matches stays open.
    go({ query: (exclude ? filterOut : filterFor)(view.query, label, value), row: exclude ? undefined : view.row });
  }, []);
  const toggle = useCallback(
    (label: string, value: string, exclude: boolean) => {
      const { view, go } = latest.current.control;
      if (!exclude && hasFilter(view.query, label, value)) {
        const rest = withoutFilter(view.query, label, value);
        go({ query: rest === '{}' ? '' : rest });
      } else {
        filter(label, value, exclude);
      }
    },
    [filter],
  );
  return { run, filter, toggle };
}
