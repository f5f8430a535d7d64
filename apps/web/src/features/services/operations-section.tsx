import type { OperationsAnswer } from '@aegisguard/model';
import type { UseQueryResult } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { millisWords } from '../../charts/metrics/duration-words.ts';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { type DataColumn, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { spanPath } from '../traces/list/trace-links.ts';
import { tracesOfService } from './service-links.ts';
import { HEALTH_TEXT, healthOf, rateWords, ratioWords } from './service-words.ts';
import type { ServiceView } from './services-view.ts';

type OperationRow = OperationsAnswer['operations'][number];

function columnsOf(
  orgId: string,
  view: ServiceView,
  onOperation: (operation: string | undefined) => void,
): readonly DataColumn<OperationRow>[] {
  const { service } = view;
  return [
    {
      header: 'Operation',
      className: 'max-w-96',
      cell: ({ operation, kind }) => (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <button
            type="button"
            aria-pressed={view.operation === operation}
            title="Show only this operation in the charts"
            className="min-w-0 break-all rounded text-left font-medium hover:underline aria-pressed:text-accent"
            onClick={() => onOperation(view.operation === operation ? undefined : operation)}
          >
            {operation === '' ? '(no name)' : operation}
          </button>
          <span className="text-subtle text-xs">{kind}</span>
        </span>
      ),
    },
    {
      header: 'Calls',
      isNumber: true,
      cell: ({ operation, calls, callsPerSecond }) => (
        <Link
          to={tracesOfService(orgId, view, { service, operation })}
          title={`${formatCount(calls)} calls: look at their traces`}
          className="hover:underline"
        >
          {rateWords(callsPerSecond)}
        </Link>
      ),
    },
    {
      header: 'Errors',
      isNumber: true,
      cell: ({ operation, errors, errorRatio }) =>
        errors === 0 ? (
          <span className="text-subtle">0%</span>
        ) : (
          <Link
            to={tracesOfService(orgId, view, { service, operation, condition: 'status = error' })}
            title={`${formatCount(errors)} errors: look at their traces`}
            className={`hover:underline ${HEALTH_TEXT[healthOf(errorRatio)]}`}
          >
            {ratioWords(errorRatio)}
          </Link>
        ),
    },
    { header: 'p50', isNumber: true, cell: ({ p50Ms }) => millisWords(p50Ms) },
    { header: 'p95', isNumber: true, cell: ({ p95Ms }) => millisWords(p95Ms) },
    { header: 'p99', isNumber: true, cell: ({ p99Ms }) => millisWords(p99Ms) },
    {
      header: 'Share of the time',
      isNumber: true,
      cell: ({ totalRatio, totalMs }) => (
        <span title={millisWords(totalMs)} className="flex items-center gap-2 md:justify-end">
          {ratioWords(totalRatio)}
          <span aria-hidden className="h-1.5 w-16 overflow-clip rounded-full bg-hover max-md:hidden">
            <span className="block h-full bg-series-1" style={{ width: `${totalRatio * 100}%` }} />
          </span>
        </span>
      ),
    },
    {
      header: 'Slowest',
      isNumber: true,
      cell: ({ slowest }) => (
        <Link to={spanPath(orgId, slowest.traceId, slowest.spanId)} className="text-accent hover:underline">
          {millisWords(slowest.durationMs)}
        </Link>
      ),
    },
  ];
}

/** What a service does, by the names of its spans. */
export function OperationsSection({
  orgId,
  view,
  operations,
  onOperation,
}: {
  readonly orgId: string;
  readonly view: ServiceView;
  readonly operations: UseQueryResult<OperationsAnswer>;
  readonly onOperation: (operation: string | undefined) => void;
}): ReactNode {
  const columns = useMemo(() => columnsOf(orgId, view, onOperation), [orgId, view, onOperation]);
  return (
    <Section
      title="Operations"
      description="Spans by name and kind; those that took the most time together first."
      className="overflow-x-auto p-0"
    >
      <DataTable
        label="Operations"
        columns={columns}
        rowId={({ operation, kind }) => `${kind} ${operation}`}
        list={{
          rows: operations.data?.operations,
          error: operations.error === null ? undefined : asApiError(operations.error),
          retry: () => void operations.refetch(),
          more: undefined,
          isLoadingMore: false,
        }}
        empty={<EmptyState icon={Activity} title="No span of this service in this time range" />}
      />
    </Section>
  );
}
