import { useMemo } from 'react';
import { type AddressView, useAddressView } from '../../../lib/use-address-view.ts';
import { type MetricsView, parseMetricsView, printMetricsView, type ViewQuery } from './metrics-view.ts';

/** The view in the address, and the ways to change it. */
export interface MetricsViewControl extends Pick<AddressView<MetricsView>, 'view' | 'now'> {
  /** To another question: the back button leads here again. */
  readonly go: (change: Partial<MetricsView>) => void;
  /** The same question, shown in another way. */
  readonly adjust: (change: Partial<MetricsView>) => void;
  readonly changeQuery: (ref: string, change: Partial<ViewQuery>) => void;
}

/** The view of the Metrics page. */
export function useMetricsView(): MetricsViewControl {
  const { view, now, change } = useAddressView(parseMetricsView, printMetricsView);
  return useMemo(
    () => ({
      view,
      now,
      go: (part) => change(part),
      adjust: (part) => change(part, true),
      changeQuery: (ref, part) =>
        change({ queries: now().queries.map((query) => (query.ref === ref ? { ...query, ...part } : query)) }),
    }),
    [view, now, change],
  );
}
