import type { TraceComparison } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowLeftRight } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { PageHeader } from '../../../app/page-header.tsx';
import { compareTracesPath, tracePath, tracesPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { scrollStop } from '../../../lib/scroll-stop.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { useAddressView } from '../../../lib/use-address-view.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { TraceWarnings } from '../header/trace-warnings.tsx';
import { spanName } from '../span-name.ts';
import { compareTraces } from '../trace-api.ts';
import { COMPARED_ROW_PX, ComparedRow } from './compared-row.tsx';
import { type ComparisonChoice, changeCounts, shownNodes } from './comparison-tree.ts';

/** Durations that differ by a smaller share of the longer trace are as good as equal. */
const LEAST_SHARE = 0.002;

const OVERSCAN_ROWS = 10;

interface ComparisonView {
  readonly only: ComparisonChoice;
}

function parseView(parameters: URLSearchParams): ComparisonView {
  return { only: parameters.get('only') === 'changed' ? 'changed' : 'all' };
}

function printView({ only }: ComparisonView): URLSearchParams {
  return new URLSearchParams(only === 'changed' ? { only } : {});
}

function Side({
  orgId,
  trace: { traceId, rootName, rootService, durationMs, spanCount, errorCount, startTime },
  word,
  color,
}: {
  readonly orgId: string;
  readonly trace: TraceComparison['before'];
  readonly word: string;
  readonly color: string;
}): ReactNode {
  const ms = timestampMs(startTime);
  return (
    <section aria-label={`${word} trace`} className="min-w-0 flex-1 basis-72 px-3 py-2">
      <h2 className="flex min-w-0 items-center gap-2">
        <span aria-hidden className={`size-2.5 shrink-0 rounded-[2px] ${color}`} />
        <span className="shrink-0 text-subtle text-xs">{word}</span>
        <Link
          to={tracePath(orgId, traceId)}
          className="min-w-0 truncate font-semibold text-sm underline-offset-2 hover:underline"
        >
          {spanName(rootName)}
        </Link>
        <span className="min-w-0 shrink-[2] truncate text-muted">{spanName(rootService)}</span>
      </h2>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
        <strong className="font-semibold text-text">{nanosWords(durationMs * 1e6)}</strong>
        <span>{formatCount(spanCount)} spans</span>
        <span className={errorCount > 0 ? 'text-danger' : ''}>{formatCount(errorCount)} errors</span>
        <span>
          {formatDay(ms)} {formatClockMs(ms)}
        </span>
        <span className="font-mono text-subtle">{traceId.slice(0, 8)}…</span>
      </p>
    </section>
  );
}

function Summary({
  comparison,
  leastMs,
}: {
  readonly comparison: TraceComparison;
  readonly leastMs: number;
}): ReactNode {
  const counts = useMemo(() => changeCounts(comparison.nodes, leastMs), [comparison, leastMs]);
  const words = [
    [counts.added, 'added'],
    [counts.removed, 'removed'],
    [counts.counted, 'more or less often'],
    [counts.slower, 'slower'],
    [counts.faster, 'faster'],
  ] as const;
  const told = words.filter(([count]) => count > 0);
  return (
    <p role="status" className="text-muted text-xs">
      {told.length === 0
        ? 'Both have the same form, and take about the same time.'
        : told.map(([count, word]) => `${formatCount(count)} ${word}`).join(' · ')}
    </p>
  );
}

function ComparisonTable({
  comparison: { nodes },
  only,
  leastMs,
}: {
  readonly comparison: TraceComparison;
  readonly only: ComparisonChoice;
  readonly leastMs: number;
}): ReactNode {
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLTableElement>(null);
  const attach = useCallback((element: HTMLTableElement | null) => {
    scroller.current = element;
    return scrollStop(element);
  }, []);
  const shown = useMemo(() => shownNodes(nodes, only, collapsed, leastMs), [nodes, only, collapsed, leastMs]);
  const mostMs = useMemo(
    () => nodes.reduce((most, { before, after }) => Math.max(most, before.durationMs, after.durationMs), 0),
    [nodes],
  );
  const parents = useMemo(() => new Set(nodes.map(({ parent }) => parent)), [nodes]);
  const virtualizer = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => COMPARED_ROW_PX,
    overscan: OVERSCAN_ROWS,
  });
  const toggle = (index: number): void => {
    const next = new Set(collapsed);
    if (!next.delete(index)) {
      next.add(index);
    }
    setCollapsed(next);
  };
  const template = 'grid-cols-[minmax(0,5fr)_minmax(0,6fr)_84px] max-md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_64px]';
  return (
    <table
      ref={attach}
      aria-label="Places"
      aria-rowcount={shown.length + 1}
      className="scrollbar-slim relative block min-h-0 flex-1 overflow-y-auto bg-surface text-xs focus-visible:-outline-offset-2"
    >
      <thead className="sticky top-0 z-10 block bg-canvas">
        <tr className={`grid h-7 items-center gap-x-3 border-line border-b px-3 text-left text-subtle ${template}`}>
          <th scope="col" className="block p-0 font-medium">
            Operation
          </th>
          <th scope="col" className="block p-0 font-medium">
            Durations<span className="max-md:sr-only">, first and second</span>
          </th>
          <th scope="col" className="block p-0 text-right font-medium">
            Change
          </th>
        </tr>
      </thead>
      <tbody className={`relative block ${template}`} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: place, start }) => {
          const index = shown[place] ?? 0;
          const node = nodes[index];
          return node === undefined ? null : (
            <ComparedRow
              key={index}
              node={node}
              index={index}
              top={start}
              mostMs={mostMs}
              leastMs={leastMs}
              isOpen={!collapsed.has(index)}
              hasChildren={parents.has(index)}
              onToggle={toggle}
            />
          );
        })}
      </tbody>
    </table>
  );
}

function Comparison({
  orgId,
  comparison,
}: {
  readonly orgId: string;
  readonly comparison: TraceComparison;
}): ReactNode {
  const { before, after, warnings } = comparison;
  const { view, change } = useAddressView(parseView, printView);
  const leastMs = Math.max(before.durationMs, after.durationMs) * LEAST_SHARE;
  return (
    <>
      <div className="flex flex-wrap items-center divide-x divide-line border-line border-b bg-surface">
        <Side orgId={orgId} trace={before} word="First" color="bg-series-8" />
        <Side orgId={orgId} trace={after} word="Second" color="bg-series-1" />
      </div>
      <TraceWarnings warnings={warnings} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-surface px-3 py-1.5">
        <fieldset aria-label="Which places" className="flex gap-0.5">
          {(['all', 'changed'] as const).map((only) => (
            <Button
              key={only}
              size="sm"
              variant="ghost"
              aria-pressed={view.only === only}
              onClick={() => change({ only }, true)}
            >
              {only === 'all' ? 'All' : 'What changed'}
            </Button>
          ))}
        </fieldset>
        <Summary comparison={comparison} leastMs={leastMs} />
      </div>
      <ComparisonTable comparison={comparison} only={view.only} leastMs={leastMs} />
    </>
  );
}

/** Two traces side by side, by structure. */
export function ComparePage(): ReactNode {
  const orgId = useOrgId();
  const { traceId = '', otherId = '' } = useParams();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['trace', orgId, traceId, 'compare', otherId],
    queryFn: ({ signal }) => compareTraces({ orgId, traceId }, otherId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const within = <Link to={tracesPath(orgId)}>Traces</Link>;
  const failed = error === null ? undefined : asApiError(error);
  return (
    <>
      <PageHeader title="Compare traces" within={within}>
        <Button asChild>
          <Link to={compareTracesPath(orgId, otherId, traceId)}>
            <ArrowLeftRight aria-hidden />
            Swap
          </Link>
        </Button>
      </PageHeader>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ProgressLine active={isFetching} label="Comparing" />
        {data !== undefined ? (
          <Comparison key={`${traceId} ${otherId}`} orgId={orgId} comparison={data} />
        ) : failed === undefined ? null : (
          <ErrorState error={failed} onRetry={() => void refetch()}>
            <Button asChild>
              <Link to={tracePath(orgId, traceId)}>Back to the first trace</Link>
            </Button>
          </ErrorState>
        )}
      </div>
    </>
  );
}
