import { useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { tracePath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { announceFailure } from '../../lib/announce-failure.ts';
import { announce } from '../../lib/announcements.ts';
import { rememberQuery } from '../../lib/query-history.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { resolveRange, zoomOut } from '../../lib/time-range.ts';
import { type AddressView, useAddressView } from '../../lib/use-address-view.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { pastedTraceId } from './list/trace-links.ts';
import { kindOfQuery } from './query/query-kind.ts';
import { type TraceOverview, useTraceOverview } from './use-trace-overview.ts';
import { type TraceResults, useTraceSearch } from './use-trace-search.ts';
import { parseTracesView, printTracesView, type TracesView } from './view/traces-view.ts';
import { type TracesLayout, useTracesLayout } from './view/use-traces-layout.ts';

/** Bars of time, by the room there is. */
const STEPS_WIDE = 120;
const STEPS_NARROW = 60;

/** Windows where facets stand beside the list. */
const FACETS_BESIDE = '(min-width: 64rem)';

/** Whether facets are shown, and where. */
interface FacetsPlace {
  readonly isOpen: boolean;
  /** Beside the list; else over it. */
  readonly isBeside: boolean;
  readonly toggle: () => void;
}

/** What makes a query of another: given the functions that do it, which come with the parser after the page. */
export type QueryEdit = (edits: typeof import('./query/edit-query.ts'), query: string) => string;

/** What the page shows, and the ways to change it. */
export interface TracesExplorer {
  readonly orgId: string;
  readonly address: AddressView<TracesView>;
  readonly run: Run;
  /** Somebody reads: nothing is asked again by itself. */
  readonly isPaused: boolean;
  readonly onScrolled: (isAtTop: boolean) => void;
  /** The query answers with numbers, not with traces. */
  readonly isMetrics: boolean;
  readonly results: TraceResults;
  readonly overview: TraceOverview;
  readonly layout: TracesLayout;
  readonly facets: FacetsPlace;
  /** Runs a query as it is written; a trace id opens its trace. */
  readonly runQuery: (query: string) => void;
  /** Runs what is made of the query, if something can be; until then nothing has changed. */
  readonly editQuery: (edit: QueryEdit) => void;
  readonly zoomOut: () => void;
}

function useFacetsPlace(layout: TracesLayout, hasFacets: boolean): FacetsPlace {
  const isBeside = useMediaQuery(FACETS_BESIDE);
  const [isAsked, setAsked] = useState(false);
  return isBeside
    ? { isBeside, isOpen: hasFacets && layout.facets, toggle: layout.toggleFacets }
    : { isBeside, isOpen: hasFacets && isAsked, toggle: () => setAsked(!isAsked) };
}

/** The ways to run a query; the functions stay the same. */
function useQueries(orgId: string, { now, change }: AddressView<TracesView>, refresh: () => void) {
  const navigate = useNavigate();
  const runQuery = useCallback(
    (query: string) => {
      const traceId = pastedTraceId(query);
      if (traceId !== undefined) {
        void navigate(tracePath(orgId, traceId));
        return;
      }
      rememberQuery('trace-queries', orgId, query);
      if (query === now().query) {
        refresh();
      } else {
        change({ query });
      }
    },
    [orgId, now, change, refresh, navigate],
  );
  const editQuery = useCallback(
    (edit: QueryEdit) =>
      announceFailure(
        import('./query/edit-query.ts').then((edits) => {
          const { query } = now();
          if (edits.canFilter(query)) {
            change({ query: edit(edits, query) });
          } else {
            announce('This query cannot be filtered by a click; its text can be changed.');
          }
        }),
      ),
    [now, change],
  );
  return { runQuery, editQuery };
}

/** Everything that the Traces page knows. */
export function useTracesExplorer(): TracesExplorer {
  const orgId = useOrgId();
  const address = useAddressView(parseTracesView, printTracesView);
  const { view, now, change } = address;
  const isWide = useMediaQuery(WIDE);
  const [isAtTop, onScrolled] = useState(true);
  const run = useRun(view, orgId, !isAtTop);
  const isMetrics = useMemo(() => kindOfQuery(view.query) === 'metrics', [view.query]);
  const layout = useTracesLayout(orgId, address);
  const facets = useFacetsPlace(layout, !isMetrics);
  return {
    orgId,
    address,
    run,
    isPaused: !isAtTop,
    onScrolled,
    isMetrics,
    results: useTraceSearch(orgId, view.query, view.sort, run, !isMetrics),
    overview: useTraceOverview(orgId, view.query, run, {
      steps: isWide ? STEPS_WIDE : STEPS_NARROW,
      hasFacets: facets.isOpen,
      fields: layout.fields,
      enabled: !isMetrics,
    }),
    layout,
    facets,
    ...useQueries(orgId, address, run.refresh),
    zoomOut: useCallback(
      () => change({ range: zoomOut(resolveRange(now().range, serverNow()), serverNow()) }),
      [now, change],
    ),
  };
}
