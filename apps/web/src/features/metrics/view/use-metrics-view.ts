import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type MetricsView, parseMetricsView, printMetricsView, type ViewQuery } from './metrics-view.ts';

/** The view in the address, and the ways to change it. */
export interface MetricsViewControl {
  readonly view: MetricsView;
  /** To another question: the back button leads here again. */
  readonly go: (change: Partial<MetricsView>) => void;
  /** The same question, shown in another way. */
  readonly adjust: (change: Partial<MetricsView>) => void;
  readonly changeQuery: (ref: string, change: Partial<ViewQuery>) => void;
}

/** The view of the Metrics page. */
export function useMetricsView(): MetricsViewControl {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parseMetricsView(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<MetricsView>, replace: boolean) =>
      setParameters((before) => printMetricsView({ ...parseMetricsView(before), ...part }), { replace }),
    [setParameters],
  );
  const go = useCallback((part: Partial<MetricsView>) => change(part, false), [change]);
  const adjust = useCallback((part: Partial<MetricsView>) => change(part, true), [change]);
  const changeQuery = useCallback(
    (ref: string, part: Partial<ViewQuery>) =>
      setParameters((before) => {
        const current = parseMetricsView(before);
        const queries = current.queries.map((query) => (query.ref === ref ? { ...query, ...part } : query));
        return printMetricsView({ ...current, queries });
      }),
    [setParameters],
  );
  return { view, go, adjust, changeQuery };
}
