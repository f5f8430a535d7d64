import { useCallback, useEffect, useRef } from 'react';
import { rememberQuery } from '../../lib/query-history.ts';
import type { OnFilter } from './detail/value-tree.tsx';
import { filterParsed, parsedFilter, removePart } from './query/edit-parts.ts';
import { filterFor, filterOut, hasFilter, withoutFilter } from './query/edit-query.ts';
import type { LogsViewControl } from './view/use-logs-view.ts';

/** The ways in which a click changes the query. */
export interface LogFilters {
  /** Runs a query as it is written. */
  readonly run: (query: string) => void;
  /** Narrows the query to a value, or excludes it. */
  readonly filter: OnFilter;
  /** The same, but a filter that is already there is taken away. */
  readonly toggle: OnFilter;
}

function filtered(query: string, label: string, value: string, exclude: boolean, isParsed: boolean): string {
  return isParsed ? filterParsed(query, label, value, exclude) : (exclude ? filterOut : filterFor)(query, label, value);
}

/** The query without a filter for the value; undefined when it has none. */
function unfiltered(query: string, label: string, value: string, isParsed: boolean): string | undefined {
  if (isParsed) {
    const part = parsedFilter(query, label, value);
    return part === undefined ? undefined : removePart(query, part);
  }
  return hasFilter(query, label, value) ? withoutFilter(query, label, value) : undefined;
}

/** Filters over the present view; the functions stay the same, so that rows need not be drawn again. */
export function useLogFilters(orgId: string, control: LogsViewControl, onSameQuery: () => void): LogFilters {
  const latest = useRef({ control, onSameQuery });
  useEffect(() => {
    latest.current = { control, onSameQuery };
  });
  const run = useCallback(
    (query: string) => {
      const { now, go } = latest.current.control;
      rememberQuery('queries', orgId, query);
      if (query === now().query) {
        latest.current.onSameQuery();
      } else {
        go({ query });
      }
    },
    [orgId],
  );
  const filter = useCallback<OnFilter>((label, value, exclude, isParsed = false) => {
    const { now, go } = latest.current.control;
    const { query, row } = now();
    // An open log that still matches stays open.
    go({ query: filtered(query, label, value, exclude, isParsed), row: exclude ? undefined : row });
  }, []);
  const toggle = useCallback<OnFilter>(
    (label, value, exclude, isParsed = false) => {
      const { now, go } = latest.current.control;
      const rest = exclude ? undefined : unfiltered(now().query, label, value, isParsed);
      if (rest === undefined) {
        filter(label, value, exclude, isParsed);
      } else {
        go({ query: rest === '{}' ? '' : rest });
      }
    },
    [filter],
  );
  return { run, filter, toggle };
}
