import type { LogView } from '@aegisguard/model';
import { CircleStop, TextSearch } from 'lucide-react';
import { lazy, type ReactNode, type Ref, Suspense, useEffect } from 'react';
import { loadAhead } from '../../lib/load-ahead.ts';
import type { Run } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { EmptyResults } from './empty/empty-results.tsx';
import type { RowSetting } from './table/log-row.tsx';
import type { LogTableHandle } from './table/log-table.tsx';
import type { ColumnChanges } from './table/log-table-header.tsx';
import { TableFooter } from './table/table-footer.tsx';
import { TableSkeleton } from './table/table-skeleton.tsx';
import type { LogResults } from './use-log-search.ts';
import type { LogsView } from './view/logs-view.ts';

const MatrixView = lazy(async () => ({ default: (await import('./matrix/matrix-view.tsx')).MatrixView }));

// The table comes while the first logs are on their way.
const loadTable = async () => ({ default: (await import('./table/log-table.tsx')).LogTable });
const LogTable = lazy(loadTable);

/** What the area below the histogram needs. */
export interface ResultsAreaProps {
  readonly orgId: string;
  readonly view: LogsView;
  readonly run: Run;
  readonly results: LogResults;
  readonly setting: RowSetting;
  readonly selectedIndex: number;
  readonly table: Ref<LogTableHandle>;
  readonly onGo: (change: Partial<LogsView>) => void;
  readonly onZoomOut: () => void;
  readonly onOpen: (log: LogView) => void;
  readonly onTurn: () => void;
  readonly onColumns: ColumnChanges;
  readonly onMove: (by: 1 | -1) => void;
  readonly onOpenSelected: () => void;
  readonly onScrolled: (isAtTop: boolean) => void;
}

/** The rows, or what there is to say instead of them. */
export function ResultsArea(props: ResultsAreaProps): ReactNode {
  const { results, run, view } = props;
  useEffect(() => loadAhead(loadTable), []);
  if (results.error?.code === 'invalid-query') {
    // The query bar says what is wrong, and where.
    return (
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <EmptyState icon={TextSearch} title={results.error.title}>
          The message under the query says where.
        </EmptyState>
      </div>
    );
  }
  if (results.error !== undefined) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <ErrorState error={results.error} onRetry={run.refresh} />
      </div>
    );
  }
  if (results.isCancelled) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <EmptyState
          icon={CircleStop}
          title="The query was cancelled"
          action={<Button onClick={run.refresh}>Run it again</Button>}
        />
      </div>
    );
  }
  if (results.matrix !== undefined) {
    return (
      <Suspense fallback={null}>
        <MatrixView answer={results.matrix} />
      </Suspense>
    );
  }
  if (results.rows.length === 0) {
    return results.isLoading ? <TableSkeleton /> : <EmptyResults {...props} />;
  }
  return (
    <Suspense fallback={<TableSkeleton />}>
      <LogTable
        ref={props.table}
        rows={results.rows}
        setting={props.setting}
        direction={view.direction}
        selectedIndex={props.selectedIndex}
        question={run.question}
        isStale={results.isStale && results.isLoading}
        footer={<TableFooter results={results} />}
        onOpen={props.onOpen}
        onTurn={props.onTurn}
        onColumns={props.onColumns}
        onMove={props.onMove}
        onOpenSelected={props.onOpenSelected}
        onNearEnd={results.loadMore}
        onScrolled={props.onScrolled}
      />
    </Suspense>
  );
}
