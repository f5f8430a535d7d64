import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Input } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type CatalogueMetric, searchCatalogue } from './catalogue.ts';

const ROW_PX = 52;

function MetricButton({
  metric,
  onChoose,
}: {
  readonly metric: CatalogueMetric;
  readonly onChoose: (metric: CatalogueMetric) => void;
}): ReactNode {
  const { name, kind, unit, help, series } = metric;
  const facts = [kind === 'unknown' ? '' : kind, unit, series === undefined ? '' : `${formatCount(series)} series`];
  return (
    <button
      type="button"
      title={help === '' ? name : `${name}\n${help}`}
      className="flex h-full w-full min-w-0 flex-col justify-center rounded-md px-2 text-left hover:bg-hover"
      onClick={() => onChoose(metric)}
    >
      <span className="w-full truncate font-mono text-xs">{name}</span>
      <span className="w-full truncate text-2xs text-subtle">
        {facts.filter((fact) => fact !== '').join(' · ')}
        {help === '' ? '' : ` — ${help}`}
      </span>
    </button>
  );
}

/** The organization's metrics: search, and choose one to see it. */
export function CataloguePanel({
  metrics,
  error,
  onRetry,
  onChoose,
}: {
  readonly metrics: readonly CatalogueMetric[] | undefined;
  readonly error: ApiError | undefined;
  readonly onRetry: () => void;
  readonly onChoose: (metric: CatalogueMetric) => void;
}): ReactNode {
  const [search, setSearch] = useState('');
  const found = useMemo(() => searchCatalogue(metrics ?? [], search), [metrics, search]);
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="px-3 pt-2 pb-1">
        <Input
          type="search"
          data-autofocus
          aria-label="Search metrics"
          placeholder="Search metrics"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <p role="status" className="pt-1 text-2xs text-subtle">
          {metrics === undefined ? ' ' : `${formatCount(found.length)} of ${formatCount(metrics.length)} metrics`}
        </p>
      </div>
      {error !== undefined ? (
        <ErrorState error={error} onRetry={onRetry} />
      ) : metrics === undefined ? (
        <div className="flex flex-col gap-2 p-3">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      ) : (
        <ul ref={scroller} aria-label="Metrics" className="scrollbar-slim min-h-0 flex-1 overflow-y-auto px-1">
          <li aria-hidden style={{ height: rows.getVirtualItems()[0]?.start ?? 0 }} />
          {rows.getVirtualItems().map(({ index }) => {
            const metric = found[index];
            return metric === undefined ? null : (
              <li key={metric.name} aria-setsize={found.length} aria-posinset={index + 1} style={{ height: ROW_PX }}>
                <MetricButton metric={metric} onChoose={onChoose} />
              </li>
            );
          })}
          <li aria-hidden style={{ height: rows.getTotalSize() - (rows.getVirtualItems().at(-1)?.end ?? 0) }} />
        </ul>
      )}
    </div>
  );
}
