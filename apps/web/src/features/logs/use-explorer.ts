import { useMemo, useState } from 'react';
import { useOrgId } from '../../app/use-org-id.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { type ColumnsControl, useColumns } from './columns/use-columns.ts';
import { isLogQuery } from './query/edit-query.ts';
import { parsedNamesOf } from './table/parsed-names.ts';
import { type LogFilters, useLogFilters } from './use-log-filters.ts';
import { useLogHistogram, type VolumeResult } from './use-log-histogram.ts';
import { type LogResults, useLogSearch } from './use-log-search.ts';
import { type Selection, useSelectedLog } from './use-selected-log.ts';
import type { ResultKind } from './view/logs-view.ts';
import { type LogLayout, useLogLayout } from './view/use-log-layout.ts';
import { type LogsViewControl, useLogsView } from './view/use-logs-view.ts';

/** Bars of the histogram, by the room there is. */
const BARS_WIDE = 120;
const BARS_NARROW = 60;

/** What the page shows, and the ways to change it. */
export interface Explorer {
  readonly orgId: string;
  readonly isWide: boolean;
  readonly control: LogsViewControl;
  readonly run: Run;
  /** Somebody reads: nothing is asked again by itself. */
  readonly isPaused: boolean;
  readonly onScrolled: (isAtTop: boolean) => void;
  readonly results: LogResults;
  /** The query gives logs, not numbers. */
  readonly isLogs: boolean;
  /** Numbers are shown in one way only. */
  readonly show: ResultKind;
  readonly volume: VolumeResult;
  readonly selection: Selection;
  readonly filters: LogFilters;
  /** Labels that the query's pipeline has made. */
  readonly parsed: ReadonlySet<string>;
  readonly columns: ColumnsControl;
  readonly layout: LogLayout;
}

/** Everything that the Logs page knows. */
export function useExplorer(): Explorer {
  const orgId = useOrgId();
  const control = useLogsView();
  const { view } = control;
  const isWide = useMediaQuery(WIDE);
  const [isAtTop, onScrolled] = useState(true);
  const isPaused = !isAtTop || view.row !== undefined;
  const run = useRun(view, orgId, isPaused);
  const results = useLogSearch(orgId, view.query, view.direction, run);
  const { rows, firstRows, isLoading } = results;
  const isLogs = isLogQuery(view.query);
  return {
    orgId,
    isWide,
    control,
    run,
    isPaused,
    onScrolled,
    results,
    isLogs,
    show: isLogs ? view.show : 'logs',
    volume: useLogHistogram(orgId, view.query, run, isWide ? BARS_WIDE : BARS_NARROW, isLogs),
    selection: useSelectedLog(orgId, view, rows, isLoading),
    filters: useLogFilters(orgId, control, run.refresh),
    parsed: useMemo(() => parsedNamesOf(firstRows), [firstRows]),
    columns: useColumns(control),
    layout: useLogLayout(orgId, control),
  };
}
